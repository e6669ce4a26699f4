import { z } from "zod";
import { Writer } from "../../domain/evidence/naming.ts";
import type { DemoResult } from "../shared/result.ts";

const Status = z.enum(["proven", "judged", "unproven", "unreviewed", "denied", "unquoted"]);

/** How a scenario ends when everything does what it should. What is not named may be anything. */
export const Ending = z.strictObject({
  stage: z.string(),
  merged: z.boolean().optional(),
  /** How many attempts were sent back. */
  sentBack: z.number().int().optional(),
  /** Codes of the refusals, in the order in which they came. */
  refusals: z.array(z.string()).default([]),
  /** What became of criteria, by their ids. */
  criteria: z
    .record(z.string(), z.strictObject({ status: Status.optional(), by: Writer.optional() }))
    .default({}),
  /** What came of each correction that the coder asked for. */
  corrections: z.array(z.enum(["corrected", "kept", "not-asked"])).optional(),
  /** Paths that were put back. */
  takenBack: z.array(z.string()).optional(),
  /** Of each night the grades of areas, and the fingerprints of what it filed. */
  nights: z
    .array(z.strictObject({ grades: z.record(z.string(), z.string()), filed: z.array(z.string()) }))
    .optional(),
});
export type Ending = z.infer<typeof Ending>;

/** Where a run did not end as it should: `stage: expected done, found needs-human`. Empty: it did. */
export function missedEnds(
  ending: Ending,
  result: Pick<
    DemoResult,
    "issue" | "pullRequest" | "refusals" | "sentBack" | "criteria" | "tests" | "nights"
  >,
): readonly string[] {
  const codes = result.refusals.map(({ code }) => code);
  const criteria = Object.entries(ending.criteria).flatMap(([id, wanted]) => {
    const found = result.criteria.find((criterion) => criterion.id === id);
    return [
      missed(`${id}.status`, wanted.status, found?.status),
      missed(`${id}.by`, wanted.by, found?.by ?? undefined),
    ];
  });
  const corrections = result.tests?.corrections.map(({ decision }) => decision) ?? [];
  return [
    missed("stage", ending.stage, result.issue.stage),
    missed("merged", ending.merged?.toString(), `${result.pullRequest?.merged ?? false}`),
    missed("sentBack", ending.sentBack?.toString(), `${result.sentBack.length}`),
    missed("refusals", ending.refusals.join(", "), codes.join(", ")),
    ...criteria,
    missed("corrections", ending.corrections?.join(", "), corrections.join(", ")),
    missed("takenBack", ending.takenBack?.join(", "), result.tests?.takenBack.join(", ") ?? ""),
    ...missedNights(ending, result),
  ].flatMap((line) => line ?? []);
}

function missedNights(
  ending: Ending,
  { nights = [] }: Pick<DemoResult, "nights">,
): readonly (string | undefined)[] {
  return (ending.nights ?? []).flatMap(({ grades, filed }, index) => {
    const night = nights[index];
    const name = `night ${index + 1}`;
    return [
      ...Object.entries(grades).map(([area, grade]) =>
        missed(`${name}: ${area}`, grade, night?.grades[area]),
      ),
      missed(`${name}: filed`, filed.join(", "), Object.values(night?.filed ?? {}).join(", ")),
    ];
  });
}

function missed(
  what: string,
  wanted: string | undefined,
  found: string | undefined,
): string | undefined {
  if (wanted === undefined || wanted === found) return undefined;
  return `${what}: expected ${wanted || "none"}, found ${found || "none"}`;
}
