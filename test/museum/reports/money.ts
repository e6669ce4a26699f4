import { reports } from "../report.ts";

export const MONEY = reports({
  "OpenHands/OpenHands#8858": {
    kind: "budget overrun",
    what: "a person who let it go on set the counted cost back to nothing, so the cap held anew each time",
    here: "what an issue costs is the sum of its ledger: no retry takes anything from it",
  },
  "fullsend-ai/fullsend#6588": {
    kind: "budget overrun",
    what: "a cap that adds up what the runtime reports does nothing when the runtime reports zero",
    here: "silence is charged: a worker that delivered nothing has spent its whole share",
  },
  "OpenHands/software-agent-sdk#3703": {
    kind: "budget overrun",
    what: "runs were bounded by their steps alone: one wordy agent, or many helpers, could spend without end",
    here: "tokens, money, turns and minutes are each a bound, asked before every turn and summed over all tasks of a worker",
  },
});
