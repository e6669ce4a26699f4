import { z } from "zod";
import type { Refusal } from "./refusal.ts";

/** Stage of an issue; it has exactly one of these labels at a time. */
export const STAGES = [
  "queued",
  "needs-info",
  "proposed",
  "ready",
  "building",
  "gating",
  "smoking",
  "done",
  "needs-human",
  "blocked",
] as const;
export const Stage = z.enum(STAGES);
export type Stage = z.infer<typeof Stage>;

/** The stages of an issue if nothing is asked and nothing fails, in order. */
export const STRAIGHT_WAY: readonly Stage[] = [
  "queued",
  "proposed",
  "ready",
  "building",
  "gating",
  "smoking",
  "done",
];

/** Who moves an issue on from where it stands. An andon holds it until somebody lowers it; then the factory goes on. */
const MOVED_ON_BY: Readonly<Record<Stage, "factory" | "person" | "andon" | "nobody">> = {
  queued: "factory",
  "needs-info": "person",
  proposed: "person",
  ready: "factory",
  building: "factory",
  gating: "person",
  smoking: "factory",
  done: "nobody",
  "needs-human": "person",
  blocked: "andon",
};

/** Where a person is next. */
export const AT_PEOPLE: readonly Stage[] = STAGES.filter((one) => MOVED_ON_BY[one] === "person");
/** Where the factory is next, and nobody else. */
export const AT_FACTORY: readonly Stage[] = STAGES.filter((one) => MOVED_ON_BY[one] === "factory");
/** Of these, where an issue waits for its turn: to be read, or to be built. */
export const AT_TURN: readonly Stage[] = ["queued", "ready"];
/** Where a pull request of the issue may be open, and nobody writes to it: a person can merge it or have it looked at. */
export const AT_PULL_REQUEST: readonly Stage[] = ["ready", "gating", "needs-human"];

/** Who may cause a transition: the factory's control by its own rules, or a person with write by a command or label. */
export type Cause = "control" | "person";

export interface Transition {
  readonly from: Stage | "new";
  readonly to: Stage;
  readonly by: readonly Cause[];
  /** The condition, in a person's words. */
  readonly when: string;
}

const SUBMITTED = "a person with write put the label on the issue";
const STARTED = "a loop filed the issue, and its file lets it start as many";
const STOPPED = "a person stopped it, or the factory refused and asks a person";

/** The whole line as data. Any other transition is illegal. */
export const TRANSITIONS: readonly Transition[] = [
  { from: "new", to: "queued", by: ["person"], when: SUBMITTED },
  { from: "new", to: "queued", by: ["control"], when: STARTED },
  { from: "queued", to: "needs-info", by: ["control"], when: "nobody can say yet what done means" },
  { from: "queued", to: "proposed", by: ["control"], when: "a contract stands on the issue" },
  {
    from: "queued",
    to: "ready",
    by: ["control"],
    when: "the config asks for no approval of this contract",
  },
  {
    from: "needs-info",
    to: "queued",
    by: ["person", "control"],
    when: "the questions were answered",
  },
  { from: "proposed", to: "ready", by: ["person"], when: "a person approved this contract" },
  {
    from: "proposed",
    to: "queued",
    by: ["person"],
    when: "the issue or contract is to be read again",
  },
  {
    from: "ready",
    to: "building",
    by: ["control"],
    when: "the attempt's branch was created: the claim is held",
  },
  { from: "ready", to: "queued", by: ["person"], when: "the issue is to be read again" },
  {
    from: "ready",
    to: "smoking",
    by: ["control", "person"],
    when: "a person merged its pull request before the next attempt began",
  },
  {
    from: "building",
    to: "gating",
    by: ["control"],
    when: "evidence and verdict are green for this base and tree",
  },
  {
    from: "building",
    to: "ready",
    by: ["control"],
    when: "the attempt failed or was sent back, and attempts are left",
  },
  { from: "gating", to: "smoking", by: ["control"], when: "the pull request was merged" },
  {
    from: "gating",
    to: "ready",
    by: ["control", "person"],
    when: "the base moved, a check of the repository is red, or a person asks for rework",
  },
  {
    from: "smoking",
    to: "done",
    by: ["control"],
    when: "the smoke test was made, and no probe speaks against the merge",
  },
  {
    from: "smoking",
    to: "ready",
    by: ["control"],
    when: "its merge was taken back, production is well, and attempts are left",
  },
  {
    from: "needs-human",
    to: "queued",
    by: ["person"],
    when: "a person asks to read the issue again",
  },
  {
    from: "needs-human",
    to: "ready",
    by: ["person"],
    when: "a person asks to retry under the approved contract",
  },
  {
    from: "needs-human",
    to: "smoking",
    by: ["person", "control"],
    when: "a person merged the pull request or repaired the deploy",
  },
  { from: "needs-human", to: "done", by: ["person"], when: "a person finished it by hand" },
  {
    from: "done",
    to: "queued",
    by: ["person"],
    when: "it came back after it was done: a person asks to have it read again",
  },
  { from: "blocked", to: "queued", by: ["person", "control"], when: "what blocked it is gone" },
  ...(
    ["queued", "needs-info", "proposed", "ready", "building", "gating", "smoking"] as const
  ).flatMap((from) => [
    { from, to: "needs-human", by: ["control", "person"], when: STOPPED } satisfies Transition,
    {
      from,
      to: "blocked",
      by: ["control", "person"],
      when: "something outside the issue must happen first",
    } satisfies Transition,
  ]),
];

export function transitionsFrom(from: Stage | "new"): readonly Transition[] {
  return TRANSITIONS.filter((transition) => transition.from === from);
}

/** Undefined if legal; otherwise a refusal that lists the legal ones. Staying is legal, because repair is idempotent. */
export function refuseTransition(step: {
  readonly from: Stage | "new";
  readonly to: Stage;
  readonly by: Cause;
}): Refusal | undefined {
  if (step.from === step.to) return undefined;
  const legal = transitionsFrom(step.from).filter(({ by }) => by.includes(step.by));
  if (legal.some(({ to }) => to === step.to)) return undefined;
  const accepted = legal.map(({ to, when }) => `${to} (${when})`).join("; ");
  return {
    code: "illegal-transition",
    subject: `${step.from} → ${step.to}`,
    found: `caused by ${step.by}`,
    accepted: accepted.slice(0, 500) || "nothing: this stage is final",
  };
}

/** Whether an attempt is claimed, and neither its merge nor its release is over. */
export function isInFlight(stage: Stage): boolean {
  return stage === "building" || stage === "gating" || stage === "smoking";
}
