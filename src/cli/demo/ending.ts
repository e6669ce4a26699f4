import { z } from "zod";
import { Writer } from "../../domain/evidence/naming.ts";
import { SmokeStatus } from "../../domain/smoke.ts";
import type { BesidePlayed } from "../shared/beside.ts";
import type { DemoResult } from "../story/result.ts";

const Status = z.enum(["proven", "judged", "unproven", "unreviewed", "denied", "unquoted"]);

/** How a scenario ends when everything works. Unnamed parts may have any value. */
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
  /** What the smoke test came to, and whether the merge was seen live. */
  smoke: SmokeStatus.optional(),
  live: z.boolean().optional(),
  /** Whom each comment calls that asks for a person. */
  asked: z.array(z.string()).optional(),
  /** Paths that were put back. */
  takenBack: z.array(z.string()).optional(),
  /** How each issue that was asked at the same time ends, with one pull request and one ledger. */
  beside: z.array(z.string()).optional(),
  /** What came of the alerts. */
  alerts: z
    .strictObject({
      issues: z.number().int(),
      returns: z.number().int(),
      state: z.enum(["open", "closed"]),
      /** The most edits of the comment that counts. */
      mostEdits: z.number().int(),
    })
    .optional(),
  /** What came of each wish that a pull request of a person be mended, by their numbers. */
  mended: z.array(z.enum(["suggestion", "branch", "refused"])).optional(),
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
    | "issue"
    | "pullRequest"
    | "refusals"
    | "asked"
    | "sentBack"
    | "criteria"
    | "tests"
    | "smoke"
    | "beside"
    | "alerts"
    | "mended"
    | "nights"
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
    missed("asked", ending.asked?.join("; "), result.asked.join("; ")),
    missed("smoke", ending.smoke, result.smoke?.status),
    missed("live", ending.live?.toString(), `${result.smoke?.live ?? false}`),
    ...criteria,
    missed("corrections", ending.corrections?.join(", "), corrections.join(", ")),
    missed("takenBack", ending.takenBack?.join(", "), result.tests?.takenBack.join(", ") ?? ""),
    missed("mended", ending.mended?.join(", "), result.mended?.map((one) => one.result).join(", ")),
    missed("beside", ending.beside?.join(", "), (result.beside ?? []).map(sayBeside).join(", ")),
    ...missedOfAlerts(ending.alerts, result.alerts),
    ...missedNights(ending, result),
  ].flatMap((line) => line ?? []);
}

/** Its stage, and whatever there is twice or not at all. */
function sayBeside({ stage, pullRequests, ledgers }: BesidePlayed): string {
  const counts = { "pull requests": pullRequests, ledgers };
  const wrong = Object.entries(counts).flatMap(([what, count]) =>
    count === 1 ? [] : [` with ${count} ${what}`],
  );
  return `${stage}${wrong.join("")}`;
}

function missedOfAlerts(
  wanted: Ending["alerts"],
  found: DemoResult["alerts"],
): readonly (string | undefined)[] {
  if (wanted === undefined) return [];
  const edits = found?.edits ?? 0;
  return [
    missed("alerts.issues", `${wanted.issues}`, `${found?.issues ?? 0}`),
    missed("alerts.returns", `${wanted.returns}`, `${found?.returns ?? 0}`),
    missed("alerts.state", wanted.state, found?.state),
    edits > wanted.mostEdits
      ? `alerts.edits: expected at most ${wanted.mostEdits}, found ${edits}`
      : undefined,
  ];
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
