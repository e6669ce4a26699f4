import type { Mistake } from "../../../src/domain/lesson/mistake.ts";
import { areasBy } from "../../../src/measures/history/areas.ts";
import type { History, MadeMistake } from "../../../src/measures/history/history.ts";

/** Midnight of a day of August 2026; days beyond are those of September. */
export function onDay(day: number): string {
  return `${new Date(Date.UTC(2026, 7, day)).toISOString().slice(0, 19)}Z`;
}

export const LINT: Mistake = { cause: "check-red", place: { kind: "check", name: "lint" } };

export function made(issue: number, day: number, mistake: Mistake = LINT): MadeMistake {
  return { ...mistake, issue, attempt: 1, at: onDay(day) };
}

/** A history of mistakes, and of as many attempts that went well, one each day from the second on. */
export function historyOf(mistakes: readonly MadeMistake[], well: number): History {
  const begun = mistakes.map(({ issue, attempt, at }) => ({ issue, attempt, at }));
  const others = Array.from({ length: well }, (_, index) => ({
    ...{ issue: 1_000 + index, attempt: 1, at: onDay(2 + (index % 25)) },
  }));
  return {
    repository: "OWNER/notes",
    source: "ledgers",
    merges: [],
    deployments: { untold: "no-deployments" },
    work: {
      known: {
        ...{ stays: [], sendBacks: [], refusals: [], spendings: [], escapes: [], people: [] },
        attempts: [...begun, ...others],
        mistakes,
      },
    },
    issues: { untold: "no-issues" },
    stops: { untold: "no-events" },
    owners: { untold: "no-owners" },
    trust: { untold: "no-config-history" },
    automations: { untold: "no-schedules" },
    areaOf: areasBy([]),
  };
}
