import type { ChangedFile, ChangeSet } from "../../domain/change-set.ts";
import type { Contract } from "../../domain/contract.ts";
import type { Evidence, Subject } from "../../domain/evidence.ts";
import { digestOfOrder, type Order, type ReleaseOrder, type Worker } from "../../domain/order.ts";
import type { Proposal, ReviewProposal } from "../../domain/proposal.ts";
import type { ProbeResult } from "../../domain/smoke.ts";
import { NO_USAGE } from "../../domain/usage.ts";

/** What the workers of a line answer. Each is asked with an order alone, so that the same order gets the same answer. */
export interface Crowd {
  /** Whether the reviewer sends this order's change back. */
  sendsBack(order: Order): boolean;
  /** What the note of this order says. */
  says(order: Order): string;
  /** Whether production is broken by what this order looks for. */
  isBroken(order: ReleaseOrder): boolean;
  /** Tree of the base with the files on it, which answers this order. */
  treeOf(change: ChangeSet, order: Order): Promise<string>;
}

const CRITERION = "AC1";
const TEST = "notes say what was asked";

const CONTRACT: Contract = {
  goal: "Write down what was asked",
  acceptance: [{ id: CRITERION, statement: "the note says what was asked", kind: "changes" }],
  nonGoals: [],
  context: { files: [], tests: [], docs: [], decisions: [], notFound: [] },
  tools: { mcp: [], readOnly: [], mutating: [], denied: [] },
  boundaries: { paths: ["src/**", "test/**"], commands: [], network: [], secrets: [] },
  checks: ["test"],
  stop: [],
  split: [],
  reviewNote: "",
};

export async function answerTo(worker: Worker, order: Order, crowd: Crowd): Promise<Proposal> {
  switch (worker) {
    case "intake-normalize":
      return { ...head(order), worker, result: { kind: "contract", contract: CONTRACT } };
    case "implement":
      return {
        ...head(order),
        worker,
        plan: { steps: [], files: [] },
        changeSet: changeOf(order, crowd),
        summary: "Writes the note.",
        assumptions: [],
        ran: [],
      };
    case "verify":
      return await verify(order, crowd);
    case "review":
      return await review(order, crowd);
    case "post-merge-smoke":
      return smoke(order, crowd);
    default:
      throw new Error(`nobody works as ${worker} in chaos`);
  }
}

function head(order: Order) {
  const usage = { ...NO_USAGE, requests: 1, inputTokens: 10, outputTokens: 5, usd: 0.01 };
  return { version: 1 as const, order: digestOfOrder(order), usage, durationMs: 100 };
}

/** One note and its test for each issue; a further attempt after a review says it in other words. */
function changeOf(order: Order, crowd: Crowd): ChangeSet {
  if (order.kind === "revert") return order.revert.changeSet;
  if (order.kind !== "line") throw new Error(`a change for an order of kind ${order.kind}`);
  const number = order.issue.number;
  const text = crowd.says(order);
  const file = (path: string, content: string): ChangedFile => {
    return { path, mode: "100644", encoding: "utf-8", content };
  };
  return {
    base: order.base,
    files: [
      file(`src/note-${number}.js`, `export const note = "${text}";\n`),
      file(`test/note-${number}.test.js`, "test();\n"),
    ],
  };
}

/** Whether a reviewer or production has sent an earlier attempt back: a run that died says nothing of a change. */
export function wasSentBack(order: Order): boolean {
  return order.kind === "line" && order.prior.some(({ findings }) => findings.length > 0);
}

async function subjectOf(order: Order, crowd: Crowd): Promise<Subject> {
  return { base: order.base, tree: await crowd.treeOf(changeOf(order, crowd), order) };
}

async function verify(order: Order, crowd: Crowd): Promise<Proposal> {
  const subject = await subjectOf(order, crowd);
  const check = (name: string): Evidence => ({
    kind: "check",
    name,
    on: "change",
    subject,
    command: `npm run ${name}`,
    status: "passed",
    exitCode: 0,
    durationMs: 10,
    tail: "fine",
    outputBytes: 4,
  });
  return {
    ...head(order),
    usage: NO_USAGE,
    worker: "verify",
    subject,
    evidence: [check("lint"), check("test"), ...(order.kind === "line" ? proofs(subject) : [])],
    changedLines: 2,
    commands: { count: 2, durationMs: 20 },
  };
}

function proofs(subject: Subject): Evidence[] {
  return [
    {
      kind: "test-comparison",
      subject,
      source: "per-test",
      failToPass: [TEST],
      passToPass: [],
      passToFail: [],
      failToFail: [],
    },
    {
      kind: "criterion",
      subject,
      criterion: CRITERION,
      as: "changes",
      status: "proven",
      tests: [{ name: TEST, base: "failed", change: "passed" }],
      reasons: [],
    },
  ];
}

async function review(order: Order, crowd: Crowd): Promise<ReviewProposal> {
  const isBack = crowd.sendsBack(order);
  const number = order.kind === "line" ? order.issue.number : 0;
  const test = `test/note-${number}.test.js`;
  const findings = [
    {
      severity: "major",
      path: `src/note-${number}.js`,
      line: 1,
      claim: "It could be said better.",
      howItFails: "Nobody understands it.",
    } as const,
  ];
  return {
    ...head(order),
    worker: "review",
    verdict: {
      subject: await subjectOf(order, crowd),
      decision: isBack ? "rework" : "approve",
      summary: isBack ? "Not yet." : "Does what was asked.",
      findings: isBack ? findings : [],
      assumptions: [],
      notVerified: [],
      smallestRollback: "revert the merge",
      criteria: [
        {
          id: CRITERION,
          answer: "yes",
          evidence: "seen",
          quotes: [{ path: test, line: 1, text: "test();" }],
          misquoted: 0,
        },
      ],
      risk: "low",
    },
  };
}

function smoke(order: Order, crowd: Crowd): Proposal {
  if (order.kind !== "release") throw new Error(`a smoke test for an order of kind ${order.kind}`);
  const { mergeSha, parent } = order.release;
  const isProbed = order.config.smoke.probes.length > 0;
  const status = crowd.isBroken(order) ? "failed" : "passed";
  const found = status === "failed" ? "status 500" : "status 200";
  const before =
    parent === undefined
      ? ({ status: "unknown" } as const)
      : ({ status: "passed", commit: parent, seen: "in-this-job" } as const);
  const tries = Array.from({ length: status === "failed" ? 3 : 1 }, () => {
    return { status, found, durationMs: 3 } as const;
  });
  const probe: ProbeResult = {
    id: "0123456789abcdef",
    url: "https://example.com/health",
    ...{ status, found, durationMs: 3, tries, before },
  };
  return {
    ...head(order),
    usage: NO_USAGE,
    worker: "post-merge-smoke",
    mergeSha,
    liveSha: isProbed ? mergeSha : null,
    status: isProbed ? status : "nothing-to-probe",
    waitedMs: 5,
    lookedFor: null,
    probes: isProbed ? [probe] : [],
  };
}
