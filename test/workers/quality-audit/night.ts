import { Config } from "../../../src/domain/config/schema.ts";
import type { CheckRun, Evidence } from "../../../src/domain/evidence.ts";
import { digestOfOrder, type NightlyOrder } from "../../../src/domain/order.ts";
import { type AuditProposal, Proposal, type VerifyProposal } from "../../../src/domain/proposal.ts";
import type { Measure } from "../../../src/domain/quality.ts";
import { NO_USAGE } from "../../../src/domain/usage.ts";
import type { RecentCommit } from "../../../src/ports/repository.ts";
import { runQualityAudit } from "../../../src/workers/quality-audit/run.ts";
import { createFakeClock } from "../../fakes/clock.ts";
import { type FakeTask, fakeModel } from "../../fakes/model.ts";
import { createFakeRepository } from "../../fakes/repository.ts";
import { nightlyOrder } from "../orders.ts";
import { syntax } from "../syntax.ts";

export const LINES = (count: number) => "// line\n".repeat(count);
/** What a report of mutants says of these files, each with noticed and unnoticed ones. */
export const mutation = (files: Readonly<Record<string, readonly [number, number]>>) =>
  JSON.stringify({
    schemaVersion: "1",
    files: Object.fromEntries(
      Object.entries(files).map(([path, [killed, survived]]) => [
        path,
        {
          mutants: [
            ...Array<string>(killed).fill("Killed"),
            ...Array<string>(survived).fill("Survived"),
          ].map((status, index) => ({ status, location: { start: { line: index + 1 } } })),
        },
      ]),
    ),
  });
export const MUTATION = "reports/mutation/mutation.json";
export const FILES = {
  "src/quote.ts": LINES(60),
  "src/zones.ts": LINES(40),
  "src/server.ts": LINES(50),
  "test/quote.test.ts": 'it("a", f);\nit("b", f);\n',
  "test/server.test.ts": 'it("c", f);\n',
  "README.md": "# Rates\n",
  CODEOWNERS: "* @team/all\n",
  [MUTATION]: mutation({ "src/quote.ts": [9, 1], "src/server.ts": [10, 0] }),
};
export const CONFIG = {
  checks: {
    lint: "npm run lint",
    types: "tsc",
    test: { run: "npm test", report: "reports/junit.xml" },
  },
  quality: {
    areas: [
      {
        name: "pricing",
        paths: ["src/quote.ts", "src/zones.ts"],
        owner: "@team/pricing",
        bar: "B",
      },
      { name: "service", paths: ["src/server.ts"], bar: "B" },
    ],
  },
};
/** The factory has done nothing here yet. */
const NO_WORK = { known: { changes: [], attempts: [], escaped: [] } };
const NO_NOTES: FakeTask = { role: "auditor", answer: { notes: [] } };

export interface Night {
  readonly files?: Readonly<Record<string, string>>;
  readonly config?: unknown;
  /** Changes of paths in the history; null for a shallow one. */
  readonly churn?: Readonly<Record<string, number>> | null;
  /** More of the history. */
  readonly recent?: readonly RecentCommit[];
  /** Earlier versions of the page, the newest first. */
  readonly versions?: readonly string[];
  readonly audit?: Partial<NightlyOrder["audit"]>;
  readonly evidence?: (subject: VerifyProposal["subject"]) => readonly Evidence[];
  readonly model?: readonly FakeTask[];
  readonly withoutVerify?: boolean;
}

export async function night(parts: Night = {}) {
  const repository = createFakeRepository();
  const base = repository.commit(parts.files ?? FILES);
  if (parts.churn !== null)
    repository.setRecent([...commitsOf(parts.churn ?? {}), ...(parts.recent ?? [])]);
  repository.setVersions("quality.md", parts.versions ?? []);
  const order = nightlyOrder({
    base,
    config: Config.parse(parts.config ?? CONFIG),
    audit: { openDefects: [], record: NO_WORK, ...parts.audit },
  });
  const subject = { base, tree: await repository.treeOf(base) };
  const verify: VerifyProposal = {
    version: 1,
    order: digestOfOrder(order),
    usage: NO_USAGE,
    durationMs: 1,
    worker: "verify",
    subject,
    evidence: [...(parts.evidence ?? goodEvidence)(subject)],
    changedLines: 0,
    commands: { count: 2, durationMs: 900 },
  };
  const model = fakeModel(parts.model ?? [NO_NOTES]);
  const ports = { model, repository, clock: createFakeClock(), syntax };
  const proposal = Proposal.parse(
    await runQualityAudit(order, parts.withoutVerify ? undefined : verify, ports),
  );
  return { proposal, repository, order, model, base };
}

/** A commit for each change. */
export function commitsOf(changes: Readonly<Record<string, number>>): readonly RecentCommit[] {
  const paths = Object.entries(changes).flatMap(([path, count]) => Array<string>(count).fill(path));
  return paths.map((path, index) => ({
    id: `${index}`.padStart(40, "c"),
    paths: [path],
    reverts: [],
    mends: [],
  }));
}

export async function audited(parts: Night = {}) {
  const done = await night(parts);
  if (done.proposal.worker !== "quality-audit") throw new Error(JSON.stringify(done.proposal));
  return { ...done, proposal: done.proposal };
}

export function check(subject: VerifyProposal["subject"], parts: Partial<CheckRun>): CheckRun {
  return {
    kind: "check",
    name: "lint",
    on: "base",
    subject,
    command: "npm run lint",
    status: "passed",
    exitCode: 0,
    durationMs: 1,
    tail: "",
    outputBytes: 0,
    ...parts,
  };
}

export function goodEvidence(subject: VerifyProposal["subject"]): readonly Evidence[] {
  return [
    check(subject, {}),
    check(subject, { name: "types", command: "tsc" }),
    check(subject, {
      name: "test",
      command: "npm test",
      tests: [
        { name: "test/quote.test.ts > a", status: "passed" },
        { name: "test/quote.test.ts > b", status: "passed" },
        { name: "test/server.test.ts > c", status: "passed" },
      ],
    }),
    {
      kind: "coverage",
      subject,
      source: "reports/lcov.info",
      files: [
        { path: "src/quote.ts", covered: 60, total: 60 },
        { path: "src/zones.ts", covered: 30, total: 40 },
        { path: "src/server.ts", covered: 20, total: 50 },
      ],
    },
  ];
}

export function named(measures: readonly Measure[], name: Measure["name"]) {
  return measures.find((other) => other.name === name);
}

export function figure(measures: readonly Measure[], name: Measure["name"]) {
  const measure = named(measures, name);
  return [measure?.value, measure?.source];
}

export function areaOf({ report }: AuditProposal, name: string) {
  const area = report.areas.find((other) => other.area === name);
  if (area === undefined) throw new Error(`no area ${name}`);
  return area;
}
