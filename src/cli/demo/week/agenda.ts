import { chanceOf } from "../../simulate/chance.ts";

/** The fate of an issue, decided before the week is played. */
export type Fate =
  | "calm"
  /** The reviewer sends the first change back. */
  | "sent-back"
  /** A test fails on the first change. */
  | "red-test"
  /** Intake asks a question, and a person answers it. */
  | "asks"
  /** The merge breaks production, and is taken back. */
  | "breaks"
  /** The reviewer sends every change back, until a person is asked. */
  | "hopeless"
  /** A person rewrites the issue while it is worked on. */
  | "rewritten";

export interface PlannedIssue {
  readonly fate: Fate;
  readonly title: string;
  readonly labels: readonly string[];
}

/** What happens from outside; hours from the beginning of the week, Monday 08:00 UTC. */
export type Happening = { readonly hour: number } & (
  | { readonly kind: "issue"; readonly issue: PlannedIssue }
  | { readonly kind: "beat" | "merge-waiting" | "answer-questions" }
  | { readonly kind: "raise-andon" | "lower-andon" | "lower-incident" }
  | { readonly kind: "alert"; readonly error: string }
  | { readonly kind: "push" | "trust" }
);

/** Issues of each day, Monday first, */
const A_WEEK = [12, 12, 11, 12, 9, 4, 4] as const;
/** and two weeks before, so that something becomes fourteen days old. */
const BEFORE = [5, 3] as const;
export const BEFORE_HOURS = 14 * 24;

const THINGS = ["quotes", "labels", "pick-up", "tracking", "customs", "invoices", "returns"];
const WISHES = [
  "Say why there are none:",
  "Show the date of",
  "Sort",
  "Count",
  "Name the sender of",
];
const INITIATIVES = ["initiative:customs", "initiative:self-service", undefined, undefined];

/** Fates in the order of the issues; what is left out is calm. */
const FATES: Readonly<Record<number, Fate>> = {
  3: "sent-back",
  5: "breaks",
  12: "sent-back",
  14: "asks",
  17: "red-test",
  20: "rewritten",
  23: "sent-back",
  26: "breaks",
  31: "asks",
  34: "hopeless",
  37: "red-test",
  41: "sent-back",
  45: "red-test",
  48: "asks",
  52: "hopeless",
  56: "sent-back",
  60: "asks",
};

const FIXED: readonly Happening[] = [
  { hour: 26, kind: "alert", error: "a parcel of 0 kg was quoted" },
  { hour: 30, kind: "push" },
  { hour: 54, kind: "alert", error: "a label without a sender" },
  { hour: 57, kind: "trust" },
  // A person stops the line on Thursday afternoon, and lets it go on two and a half hours later.
  { hour: 77.5, kind: "raise-andon" },
  { hour: 80, kind: "lower-andon" },
  { hour: 100, kind: "alert", error: "a parcel of 0 kg was quoted" },
  { hour: 102, kind: "push" },
];

const BEATS_EVERY = 2;
/** When a person looks at what waits, by the hour of a working day. */
const LOOKS = [1, 4, 8] as const;

/** All that happens, in order; hours of the time before are negative. The same on each machine. */
export function agendaOfWeek(): readonly Happening[] {
  const chance = chanceOf(7);
  let count = 0;
  const on = (day: number, many: number): readonly Happening[] =>
    Array.from({ length: many }, () => {
      count += 1;
      return { hour: day * 24 + chance() * 9, kind: "issue", issue: issueOf(count) };
    });
  const hours = A_WEEK.length * 24;
  const every = (step: number, from: number, to: number) =>
    Array.from({ length: Math.floor((to - from) / step) }, (_, index) => from + index * step);
  const looks = A_WEEK.keys()
    .filter((day) => day < 5)
    .flatMap((day) => LOOKS.map((hour) => day * 24 + hour));
  const all: Happening[] = [
    ...BEFORE.flatMap((many, day) => on(day - BEFORE_HOURS / 24, many)),
    ...every(BEATS_EVERY, -BEFORE_HOURS, -BEFORE_HOURS + 48).map(beat),
    ...[4, 30].map((hour): Happening => ({ hour: hour - BEFORE_HOURS, kind: "merge-waiting" })),
    ...A_WEEK.flatMap((many, day) => on(day, many)),
    ...every(BEATS_EVERY, 0, hours).map(beat),
    ...[...looks].flatMap((hour): Happening[] => [
      { hour: hour + 0.3, kind: "answer-questions" },
      { hour: hour + 0.5, kind: "merge-waiting" },
      { hour: hour + 0.7, kind: "lower-incident" },
    ]),
    ...FIXED,
  ];
  return all.toSorted((left, right) => left.hour - right.hour);
}

function beat(hour: number): Happening {
  return { hour: hour + 0.05, kind: "beat" };
}

function issueOf(count: number): PlannedIssue {
  const wish = WISHES[count % WISHES.length] ?? "";
  const initiative = INITIATIVES[count % INITIATIVES.length];
  return {
    fate: FATES[count] ?? "calm",
    title: `${wish} ${THINGS[count % THINGS.length]} (${count})`,
    labels: initiative === undefined ? [] : [initiative],
  };
}
