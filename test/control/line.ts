import { expect } from "vitest";
import { decide } from "../../src/control/loop/decide.ts";
import { runControl } from "../../src/control/loop/run.ts";
import type { Beside } from "../../src/control/loop/wants.ts";
import { type FilesSeen, NO_FILES, withFiles } from "../../src/control/observed/files.ts";
import type {
  ControlInput,
  ControlResult,
  JobResult,
  Situation,
} from "../../src/control/observed/situation.ts";
import { type Contract, digestOfContract } from "../../src/domain/contract.ts";
import { digestOf, type ObjectId } from "../../src/domain/digest.ts";
import type { Evidence } from "../../src/domain/evidence.ts";
import type { CommitTree } from "../../src/domain/github/commit-tree.ts";
import type { Snapshot } from "../../src/domain/github/snapshot.ts";
import type { Polled } from "../../src/domain/incident/polled.ts";
import { stagesOf } from "../../src/domain/label.ts";
import { digestOfOrder, type LineOrder, type Order, type Worker } from "../../src/domain/order.ts";
import type { Delivery, Proposal } from "../../src/domain/proposal.ts";
import type { RefusalCode } from "../../src/domain/refusal.ts";
import type { SmokeStatus } from "../../src/domain/smoke.ts";
import type { Stage } from "../../src/domain/stage.ts";
import { NO_USAGE } from "../../src/domain/usage.ts";
import { LINE } from "../../src/line.ts";
import type { GitHub } from "../../src/ports/github.ts";
import type { Task } from "../../src/station.ts";
import { parseLedgerComment } from "../../src/wording/issue/ledger-comment.ts";
import { judgementOf, proofOf } from "../domain/proofs.ts";
import { createFakeClock } from "../fakes/clock.ts";
import { createFakeGitHub, type FakeGitHub } from "../fakes/github.ts";

/** What a test gives one task besides the run that it is in. */
export interface TaskInput {
  readonly event: ControlInput["event"];
  readonly issue?: number;
  /** Of the run: its how manieth attempt this is, and for how many further ones it has jobs. */
  readonly round?: number;
  readonly roundsLeft?: number;
  readonly order?: Order;
  readonly proposals?: readonly Delivery[];
  /** Of the run: how often it has been run. */
  readonly runAttempt?: number;
  readonly jobResults?: Partial<Record<Worker, JobResult>>;
  /** What the job that made the order announced, when it is not this order's digest. */
  readonly orderDigest?: string;
  /** Another key than the line's. */
  readonly sealKey?: string;
  readonly secrets?: ControlInput["secrets"];
  /** What another run left as its proof. */
  readonly proof?: Uint8Array;
  /** What control reads of the base when it asks. */
  readonly bytesAt?: GitHub["bytesAt"];
  /** What a source of alerts answers. */
  readonly polled?: Polled;
  /** The trees that it compares. */
  readonly treeAt?: GitHub["treeAt"];
}

export interface TestLine {
  readonly github: FakeGitHub;
  readonly sealKey: string | undefined;
  /** Begins a new workflow run. */
  nextRun(): number;
  /** Goes on with a run that was begun before: two runs of two issues take turns. */
  backTo(run: number): void;
  run(task: Task, input: TaskInput): Promise<ControlResult>;
  pass(seconds: number): void;
}

export const CONFIG = `
version: 1
checks: { lint: npm run lint, test: { run: npm test, report: junit.xml } }
trust: { default: scoped-autonomy }
approve: always
smoke: { deploy: { workflow: deploy.yml }, probes: [{ get: "https://example.com/health" }] }
`;

export function newLine(
  options: {
    readonly config?: string | null;
    readonly sealKey?: string | null;
    /** Files at the head. */
    readonly paths?: readonly string[];
  } = {},
): TestLine {
  const clock = createFakeClock();
  const github = createFakeGitHub({
    people: { ada: "admin", wil: "write", tri: "triage", rea: "read", "helper[bot]": "write" },
    config: options.config === undefined ? CONFIG : options.config,
    ...(options.paths === undefined ? {} : { paths: options.paths }),
    allows: [],
    workflows: ["factory.yml", "deploy.yml"],
    now: () => `${clock.now().slice(0, 19)}Z`,
  });
  const sealKey = options.sealKey === null ? undefined : (options.sealKey ?? "a-key".repeat(8));
  let run = 1_000_000;
  return {
    github,
    sealKey,
    pass: (seconds) => clock.advance(seconds * 1_000),
    backTo: (earlier) => {
      run = earlier;
    },
    nextRun: () => {
      clock.advance(1_000);
      run += 1;
      return run;
    },
    run: async (task, input) => {
      clock.advance(1_000);
      const station = LINE.find((one) => one.kind === "control" && one.task === task);
      github.allow(station?.kind === "control" ? station.mayWrite : []);
      const full = controlInput(task, input, { github, run, sealKey: input.sealKey ?? sealKey });
      let snapshot: Snapshot | undefined;
      let files: FilesSeen = NO_FILES;
      const trees = new Map<ObjectId, CommitTree>();
      const { bytesAt = github.bytesAt, treeAt = github.treeAt } = input;
      let beside: Beside = {};
      let now = clock.now();
      const waited = clock.waits.length;
      let looked = 0;
      const { polled } = input;
      let asked = false;
      const alerts = {
        poll: async () => {
          if (polled === undefined) throw new Error("the line was told of no source of alerts");
          asked = true;
          return polled;
        },
      };
      const result = await runControl(full, {
        clock,
        alerts,
        github: {
          observe: async (scope) => {
            // Control reads the clock once, and again after it has waited.
            if (clock.waits.length > waited + looked) now = clock.now();
            looked = clock.waits.length - waited;
            snapshot = await github.observe(scope);
            return structuredClone(snapshot);
          },
          apply: (effects) => github.apply(effects),
          textOf: (repository, path) => github.textOf(repository, path),
          bytesAt: async (commit, paths) => {
            const states = await bytesAt(commit, paths);
            const read = paths.map((path) => ({ commit, path }));
            files = withFiles(files, read, states);
            return states;
          },
          treeAt: async (commit) => {
            const tree = await treeAt(commit);
            trees.set(commit, tree);
            return tree;
          },
          pinningOf: async (issue) => {
            const pinning = await github.pinningOf(issue);
            beside = { ...beside, pinning };
            return pinning;
          },
          discussionsWith: async (label) => {
            const discussions = await github.discussionsWith(label);
            beside = { ...beside, discussions };
            return discussions;
          },
          changersOf: async (commit, paths) => {
            const changers = await github.changersOf(commit, paths);
            beside = { ...beside, changers };
            return changers;
          },
          checksOn: async (wanted) => {
            const checks = await github.checksOn(wanted);
            beside = { ...beside, checks };
            return checks;
          },
          saidOn: async (pullRequest) => {
            const owned = await github.saidOn(pullRequest);
            beside = { ...beside, owned };
            return owned;
          },
        },
      });
      if (snapshot === undefined) throw new Error("control observes before it decides");
      const { receipts } = result;
      const waits = clock.waits.slice(waited);
      const looks = { count: waits.length, ms: waits.reduce((sum, ms) => sum + ms, 0) };
      const seen = { input: full, snapshot, now, looks, files, trees, receipts, ...beside };
      assertFixedPoint(polled !== undefined && asked ? { ...seen, polled } : seen, result);
      return result;
    },
  };
}

/**
 * Two laws that hold after every task of every test: deciding again decides the same, and decides to do nothing. It is given
 * a copy, because facts and not objects decide.
 */
function assertFixedPoint(situation: Situation, result: ControlResult): void {
  const { effects: _, receipts: __, ...said } = result;
  // A job always says what it came to.
  expect(said.summary).toMatch(/^### control: (?!undefined\n)/);
  expect(decide(structuredClone(situation))).toEqual({ ...said, effects: [] });
}

export function controlInput(
  task: Task,
  input: TaskInput,
  place: {
    readonly github: FakeGitHub;
    readonly run: number;
    readonly sealKey: string | undefined;
  },
): ControlInput {
  return {
    task,
    run: {
      id: place.run,
      attempt: input.runAttempt ?? 1,
      repository: "OWNER/app",
      workflowFile: "factory.yml",
      serverUrl: "https://github.com",
      actor: { id: 100, login: "ada" },
    },
    event: input.event,
    ...(input.issue === undefined ? {} : { issue: input.issue }),
    ...(input.round === undefined ? {} : { round: input.round }),
    ...(input.roundsLeft === undefined ? {} : { roundsLeft: input.roundsLeft }),
    ...(input.order === undefined
      ? {}
      : { order: input.order, orderDigest: input.orderDigest ?? digestOfOrder(input.order) }),
    proposals: input.proposals ?? [],
    ...(input.proof === undefined ? {} : { proof: input.proof }),
    ...(input.secrets === undefined ? {} : { secrets: input.secrets }),
    ...(input.jobResults === undefined ? {} : { jobResults: input.jobResults }),
    ...(place.sealKey === undefined ? {} : { sealKey: place.sealKey }),
    identity: place.github.identity,
  };
}

export function deliver(worker: Worker, proposal: unknown): Delivery {
  const bytes = new TextEncoder().encode(JSON.stringify(proposal));
  return { worker, bytes, digest: digestOf(bytes) };
}

function sender(github: FakeGitHub, login: string) {
  const { id, type } = github.actor(login);
  return { id, login, type };
}

export function labeled(
  github: FakeGitHub,
  issue: number,
  login = "ada",
  label = "factory:queued",
) {
  const { title, body } = github.issue(issue);
  return {
    name: "issues",
    payload: {
      action: "labeled",
      label: { name: label },
      issue: { number: issue, title, body, extra: 1 },
      sender: sender(github, login),
      repository: {},
    },
  };
}

export function commented(
  github: FakeGitHub,
  comment: { issue: number; by: string; body: string },
) {
  const id = github.addComment({ issue: comment.issue, author: comment.by, body: comment.body });
  return {
    name: "issue_comment",
    payload: {
      action: "created",
      issue: { number: comment.issue },
      comment: { id, body: comment.body },
      sender: sender(github, comment.by),
    },
  };
}

export function doorbell(github: FakeGitHub, issue: number | string, login?: string) {
  return {
    name: "workflow_dispatch",
    payload: {
      inputs: { issue: `${issue}` },
      sender: sender(github, login ?? github.identity.login),
    },
  };
}

export function closed(github: FakeGitHub, pullRequest: number, login = "ada") {
  const pull = github.pullRequest(pullRequest);
  return {
    name: "pull_request",
    payload: {
      action: "closed",
      pull_request: { number: pull.number, merged: pull.merged, head: { ref: pull.head.branch } },
      sender: sender(github, login),
    },
  };
}

/** A dispatch of the type that alerts have. */
export function alerted(github: FakeGitHub, payload: unknown, login = "wil") {
  return {
    name: "repository_dispatch",
    payload: {
      action: "alert",
      branch: "main",
      client_payload: payload,
      sender: sender(github, login),
    },
  };
}

export const schedule = { name: "schedule", payload: { schedule: "0 3 * * *" } };

export const CONTRACT: Contract = {
  goal: "Greet people by their name",
  acceptance: [
    { id: "AC1", statement: "greet('Ada') returns 'Hello, Ada'", kind: "changes" },
    { id: "AC2", statement: "the wording is friendly", kind: "judgement" },
  ],
  nonGoals: [],
  context: { files: ["src/greet.ts"], tests: [], docs: [], decisions: [], notFound: [] },
  tools: { mcp: [], readOnly: [], mutating: [], denied: [] },
  boundaries: { paths: ["src/**", "test/**"], commands: [], network: [], secrets: [] },
  checks: ["test"],
  stop: [],
  split: [],
  reviewNote: "",
};

const common = (order: Order) => ({
  version: 1 as const,
  order: digestOfOrder(order),
  usage: { ...NO_USAGE, requests: 1, inputTokens: 10, outputTokens: 5, usd: 0.1, modelMs: 5 },
  durationMs: 100,
});

export function intake(order: Order, contract: Contract = CONTRACT): Proposal {
  return { ...common(order), worker: "intake-normalize", result: { kind: "contract", contract } };
}

export function questions(order: Order, ...asked: string[]): Proposal {
  return {
    ...common(order),
    worker: "intake-normalize",
    result: { kind: "questions", questions: asked },
  };
}

export function failed(order: Order, of: Worker, code: RefusalCode = "gave-up"): Proposal {
  return { ...common(order), worker: "failed", of, refusal: { code, subject: of } };
}

export type Implement = Extract<Proposal, { worker: "implement" }>;
export type Verify = Extract<Proposal, { worker: "verify" }>;
export type Review = Extract<Proposal, { worker: "review" }>;
export interface Green {
  readonly implement: Implement;
  readonly verify: Verify;
  readonly review: Review;
}

/** Three answers to a line order with which every rule of the gate holds. */
export function green(github: Pick<FakeGitHub, "treeWith">, order: Order): Green {
  const files: Implement["changeSet"]["files"] = [
    { path: "src/greet.ts", mode: "100644", encoding: "utf-8", content: "export const a = 1;\n" },
    { path: "test/greet.test.ts", mode: "100644", encoding: "utf-8", content: "test();\n" },
  ];
  const changeSet = { base: order.base, files };
  const subject = { base: order.base, tree: github.treeWith(changeSet) };
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
  const evidence: Evidence[] = [
    check("lint"),
    check("test"),
    {
      kind: "test-comparison",
      subject,
      source: "per-test",
      failToPass: ["greets by name"],
      passToPass: ["greets"],
      passToFail: [],
      failToFail: [],
    },
    proofOf(subject, "AC1"),
    proofOf(subject, "AC2", { status: "for-review" }),
  ];
  return {
    implement: {
      ...common(order),
      worker: "implement",
      plan: { steps: [], files: [] },
      changeSet,
      summary: "Greets by name.",
      assumptions: [],
      ran: [],
    },
    verify: {
      ...common(order),
      usage: NO_USAGE,
      worker: "verify",
      subject,
      evidence,
      changedLines: 12,
      commands: { count: 2, durationMs: 900 },
    },
    review: {
      ...common(order),
      worker: "review",
      verdict: {
        subject,
        decision: "approve",
        summary: "Does what was asked.",
        findings: [],
        assumptions: [],
        notVerified: [],
        smallestRollback: "revert the merge",
        criteria: CONTRACT.acceptance.map(({ id }) => judgementOf(id)),
        risk: "low",
      },
    },
  };
}

/** Verifies and reviews the change set as it stands now, after a test added files to it. */
export function aboutItsTree(
  github: Pick<FakeGitHub, "treeWith">,
  { implement, verify, review }: Green,
) {
  verify.subject.tree = github.treeWith(implement.changeSet);
  review.verdict.subject = verify.subject;
  for (const piece of verify.evidence) piece.subject = verify.subject;
}

export function deliveries(proposals: Partial<Green>): readonly Delivery[] {
  return Object.entries(proposals).map(([worker, proposal]) => deliver(worker as Worker, proposal));
}

export type { SmokeStatus } from "../../src/domain/smoke.ts";
export const PROBE_ID = "0123456789abcdef";

const PROBED = ["passed", "failed", "flaky", "unreachable", "red-before"] as const;

export function smoke(order: Order, status: SmokeStatus): Proposal {
  const probed = PROBED.filter((one) => one === status);
  const wasRight = status === "passed" || status === "flaky";
  return {
    ...common(order),
    usage: NO_USAGE,
    worker: "post-merge-smoke",
    mergeSha: order.kind === "release" ? order.release.mergeSha : "",
    liveSha: null,
    status,
    waitedMs: 5,
    lookedFor:
      status === "not-deployed"
        ? { where: "https://example.com/version", found: "names no commit", tries: 2 }
        : null,
    probes: probed.map((one) => ({
      id: PROBE_ID,
      url: "https://example.com/health",
      status: one,
      found: `it was ${one}`,
      durationMs: 3,
      tries: [{ status: wasRight ? "passed" : "failed", found: `it was ${one}`, durationMs: 3 }],
      before: { status: "unknown" },
    })),
  };
}

/** The issue's entries as they stand in the ledger comment; throws when it is not there or does not parse. */
export function ledgerOf(github: FakeGitHub, issue: number) {
  const comment = github
    .comments(issue)
    .find(({ body }) => body.startsWith("### Millwright · ledger"));
  const parsed = parseLedgerComment(comment?.body ?? "");
  if ("fault" in parsed) throw new Error(parsed.fault);
  return parsed.entries;
}

export function kindsOf(github: FakeGitHub, issue: number): readonly string[] {
  return ledgerOf(github, issue).map(({ event }) => event.kind);
}

export function stageShown(github: FakeGitHub, issue: number): readonly Stage[] {
  return stagesOf("factory:", github.issue(issue).labels);
}

const submitted = new WeakMap<FakeGitHub, number>();

/** An issue of ada's that carries the label, each with a text of its own: of two with one text only one is built. */
export function submit(line: TestLine, label = "factory:queued"): number {
  const earlier = submitted.get(line.github) ?? 0;
  submitted.set(line.github, earlier + 1);
  return line.github.addIssue({
    author: "ada",
    title: earlier === 0 ? "greeting" : `greeting ${earlier + 1}`,
    body: "should say the name",
    labels: [label],
  });
}

export function orderOf(result: ControlResult): Order {
  if (result.order === undefined) throw new Error(`no order: ${result.summary}`);
  return result.order;
}

export function lineOrderOf(result: ControlResult): LineOrder {
  const order = orderOf(result);
  if (order.kind !== "line") throw new Error(`an order of kind ${order.kind}`);
  return order;
}

/** From the label to a contract on the issue. */
export async function toProposed(line: TestLine, contract: Contract = CONTRACT): Promise<number> {
  const issue = submit(line);
  line.nextRun();
  const event = labeled(line.github, issue);
  const order = orderOf(await line.run("open", { event, issue }));
  await line.run("propose", {
    event,
    issue,
    order,
    proposals: [deliver("intake-normalize", intake(order, contract))],
  });
  return issue;
}

export function approve(line: TestLine, issue: number, by = "ada") {
  line.nextRun();
  return commented(line.github, { issue, by, body: "/factory approve" });
}

/** From the label to a claimed attempt. */
export async function toBuilding(line: TestLine, contract: Contract = CONTRACT) {
  const issue = await toProposed(line, contract);
  const event = approve(line, issue);
  const result = await line.run("claim", { event, issue });
  return { issue, event, order: lineOrderOf(result) };
}

/** From the label to a merge. */
export async function toSmoking(line: TestLine) {
  const building = await toBuilding(line);
  const proposals = deliveries(green(line.github, building.order));
  const result = await line.run("settle", { ...building, proposals });
  return { ...building, result };
}

export const CONTRACT_DIGEST = digestOfContract(CONTRACT);
