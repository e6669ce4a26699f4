import { reports } from "../report.ts";

export const MONEY = reports({
  "OpenHands/OpenHands#8858": {
    kind: "budget overrun",
    what: "when a person let the run continue, the counted cost went back to zero, so the full cap was available again each time",
    here: "the cost of an issue is the sum of its ledger, and no retry reduces it",
  },
  "fullsend-ai/fullsend#6588": {
    kind: "budget overrun",
    what: "a cap that adds up what the runtime reports does nothing when the runtime reports zero",
    here: "silence is charged. A worker that returned nothing is charged its whole share",
  },
  "OpenHands/software-agent-sdk#3703": {
    kind: "budget overrun",
    what: "runs were bounded by their steps alone: one wordy agent, or many helpers, could spend without end",
    here: "tokens, money, turns and minutes each have a limit. The worker checks them before every turn, summed over all its tasks",
  },
});
