import { REFUSAL_CODES, type RefusalCode } from "../../src/domain/refusal.ts";
import { sayRefusal } from "../../src/wording/refusals.ts";
import type { Attack } from "./attack.ts";
import { type Observation, stationOf, type Violation } from "./observation.ts";
import { askOracle } from "./oracle.ts";
import type { Played } from "./play.ts";

/** What came of an attack. `unproven`: it did not happen as it says, or was stopped by something else than expected. */
export type Result = "refused" | "harmless" | "unproven" | "landed" | "leaked";

export interface Verdict {
  readonly attack: Attack;
  readonly result: Result;
  /** Station where the line ended or the refusal stands. */
  readonly where: string;
  /** Refusal codes found, or why nothing happened. */
  readonly by: string;
  readonly violations: readonly Violation[];
  readonly missed: readonly string[];
  readonly durationMs: number;
}

/** Whether an attack was played as it says, and nothing of it landed. */
export function held({ result }: Pick<Verdict, "result">): boolean {
  return result === "refused" || result === "harmless";
}

export function judge(attack: Attack, { seen, missed }: Played): Verdict {
  const violations = askOracle(seen);
  const found = findRefusals(seen);
  const common = { attack, violations, missed, durationMs: seen.durationMs };
  const where = found.at(-1)?.where ?? lastStation(seen);
  const by =
    "harmless" in attack.expects
      ? attack.expects.harmless
      : [...new Set(found.map(({ code }) => code))].join(", ");
  if (violations.some(({ kind }) => kind === "leaked"))
    return { ...common, result: "leaked", where, by };
  if (violations.length > 0) return { ...common, result: "landed", where, by };
  if (missed.length > 0) return { ...common, result: "unproven", where, by };
  if ("harmless" in attack.expects) return { ...common, result: "harmless", where, by };
  const { refused } = attack.expects;
  if (found.some(({ code }) => refused.includes(code)))
    return { ...common, result: "refused", where, by };
  const expected = `expected ${refused.join(" or ")}, found ${by === "" ? "no refusal" : by}`;
  return { ...common, result: "unproven", where, by, missed: [expected] };
}

/** The first words of each refusal, as every text of the factory begins to say it. */
const SAYINGS: readonly (readonly [RefusalCode, string])[] = REFUSAL_CODES.map((code) => [
  code,
  sayRefusal({ code, subject: "" }).split(". Next: ")[0] ?? "",
]);

/** Refusals in the order of the jobs whose summary, annotations or proposal say them; comments count for their issue. */
function findRefusals(
  seen: Observation,
): readonly { readonly code: RefusalCode; readonly where: string }[] {
  const texts = [
    ...seen.jobs.map((job) => ({
      where: stationOf(job),
      text: [job.summary, ...job.annotations.map(({ message }) => message)].join("\n"),
    })),
    ...seen.issues.flatMap(({ comments }) =>
      comments.map(({ body }) => ({ where: "issue", text: body })),
    ),
  ];
  return texts
    .flatMap(({ where, text }) =>
      SAYINGS.filter(([, saying]) => text.includes(saying)).map(([code]) => ({ code, where })),
    )
    .toSorted((left, right) => Number(right.where === "issue") - Number(left.where === "issue"));
}

function lastStation({ jobs }: Observation): string {
  const last = jobs.findLast(({ startedAt }) => startedAt !== null);
  return last === undefined ? "no job" : stationOf(last);
}
