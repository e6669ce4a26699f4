import { describe, expect, test } from "vitest";
import { digestOfContract } from "../../../../src/domain/contract.ts";
import { digestOfOrder, type Order } from "../../../../src/domain/order.ts";
import { fakeId } from "../../../fakes/github.ts";
import {
  CONFIG,
  CONTRACT,
  CONTRACT_DIGEST,
  closed,
  commented,
  deliver,
  deliveries,
  doorbell,
  failed,
  green,
  kindsOf,
  ledgerOf,
  lineOrderOf,
  newLine,
  stageShown,
  type TestLine,
  toBuilding,
} from "../../line.ts";

type Building = Awaited<ReturnType<typeof toBuilding>>;

async function settleGreen(line: TestLine, building: Building) {
  const proposals = deliveries(green(line.github, building.order));
  return await line.run("settle", { ...building, proposals });
}

function published(line: TestLine): readonly string[] {
  return line.github.applied
    .map(({ effect }) => effect.kind)
    .filter((kind) => /publish|pull-request|check-run|deploy/.test(kind));
}

async function redReview(line: TestLine, building: Building) {
  const proposals = green(line.github, building.order);
  proposals.review.verdict.decision = "rework";
  return await line.run("settle", { ...building, proposals: deliveries(proposals) });
}

describe("an attempt that was sent back", () => {
  test("stands at ready, rings the doorbell, and the next attempt knows why", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    const result = await redReview(line, building);
    expect(result).toMatchObject({ next: "none", stage: "ready", ok: true });
    expect(result.refusals.map(({ code }) => code)).toEqual(["review-rework"]);
    expect(published(line)).toEqual([]);
    expect(stageShown(line.github, building.issue)).toEqual(["ready"]);
    expect(line.github.dispatches).toEqual([
      { workflow: "factory.yml", inputs: { issue: `${building.issue}` } },
    ]);
    line.nextRun();
    const event = doorbell(line.github, building.issue);
    const route = await line.run("route", { event });
    expect(route).toMatchObject({ next: "line", issue: building.issue, effects: [] });
    const claim = await line.run("claim", { event, issue: building.issue });
    expect(claim).toMatchObject({ next: "line", attempt: 2 });
    expect(lineOrderOf(claim).prior).toEqual([
      { attempt: 1, outcome: "sent back", findings: [expect.stringContaining("review-rework")] },
    ]);
    expect(claim.order?.budget.usd).toBeCloseTo(4.7);
    const second = await settleGreen(line, { ...building, order: lineOrderOf(claim) });
    expect(second).toMatchObject({ next: "release", attempt: 2 });
  });

  test("asks a person when no attempts are left, and a person's retry grants new ones", async () => {
    const line = newLine({ config: `${CONFIG}limits: { attempts: 2 }\n` });
    const building = await toBuilding(line);
    await redReview(line, building);
    line.nextRun();
    const claim = await line.run("claim", {
      event: doorbell(line.github, building.issue),
      issue: building.issue,
    });
    const result = await redReview(line, { ...building, order: lineOrderOf(claim) });
    expect(result).toMatchObject({ stage: "needs-human", next: "none" });
    expect(result.refusals.map(({ code }) => code)).toEqual([
      "attempts-exhausted",
      "review-rework",
    ]);
    expect(line.github.dispatches).toHaveLength(1);
    line.nextRun();
    const retry = commented(line.github, {
      issue: building.issue,
      by: "wil",
      body: "/factory retry",
    });
    expect(await line.run("route", { event: retry })).toMatchObject({ next: "line" });
    const third = await line.run("claim", { event: retry, issue: building.issue });
    expect(third).toMatchObject({ next: "line", attempt: 3 });
  });

  test("asks a person when the budget is spent", async () => {
    const line = newLine({ config: `${CONFIG}limits: { usdPerIssue: 0.25 }\n` });
    const result = await redReview(line, await toBuilding(line));
    expect(result).toMatchObject({ stage: "needs-human" });
    expect(result.refusals[0]).toMatchObject({ code: "budget-exhausted" });
  });

  test("asks a person when the doorbell cannot be rung", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    line.github.refuseNext("dispatch-workflow", { status: 403, reason: "not accessible" });
    const result = await redReview(line, building);
    expect(result).toMatchObject({ stage: "needs-human", next: "none" });
    expect(stageShown(line.github, building.issue)).toEqual(["needs-human"]);
    expect(kindsOf(line.github, building.issue).slice(-2)).toEqual(["sent-back", "refused"]);
  });

  test("builds again when the base moved before the factory could merge, and nothing names its tests", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    line.github.moveHead();
    const result = await settleGreen(line, building);
    expect(result).toMatchObject({ stage: "ready" });
    expect(result.refusals).toMatchObject([{ code: "base-moved" }]);
    expect(published(line)).toEqual([]);
    expect(ledgerOf(line.github, building.issue).at(-1)?.event).toMatchObject({
      findings: [`base-moved: main (${line.github.head()})`],
    });
  });
});

describe("what a worker did not deliver", () => {
  test.each([
    ["gave-up", "needs-human"],
    ["secret-missing", "needs-human"],
    ["nothing-produced", "ready"],
  ] as const)("a failed proposal with %s leads to %s", async (code, stage) => {
    const line = newLine();
    const building = await toBuilding(line);
    const result = await line.run("settle", {
      ...building,
      proposals: [deliver("implement", failed(building.order, "implement", code))],
      jobResults: { implement: "success", verify: "skipped", review: "skipped" },
    });
    expect(result).toMatchObject({ stage, ok: code === "gave-up" });
    expect(result.refusals[0]).toMatchObject({ code });
    const [last] = ledgerOf(line.github, building.issue).slice(-1);
    expect(last?.usage?.usd).toBeCloseTo(0.1);
  });

  test.each([
    ["verify", "needs-human"],
    ["review", "needs-human"],
  ] as const)("nothing of %s alone leads to %s, and is said", async (missing, stage) => {
    const line = newLine();
    const building = await toBuilding(line);
    const proposals = deliveries(green(line.github, building.order)).filter(
      ({ worker }) => worker !== missing,
    );
    const result = await line.run("settle", { ...building, proposals });
    expect(result).toMatchObject({ stage, ok: false });
    expect(result.refusals).toEqual([
      { code: "worker-failed", subject: missing, found: "it returned no proposal" },
    ]);
  });

  test("what one failed with is all that the next attempt is told", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    const failure = failed(building.order, "implement", "nothing-produced");
    await line.run("settle", {
      ...building,
      proposals: [deliver("implement", failure)],
      jobResults: { verify: "skipped", review: "skipped" },
    });
    expect(ledgerOf(line.github, building.issue).at(-1)?.event).toMatchObject({
      kind: "sent-back",
      findings: ["nothing-produced: implement"],
    });
  });

  test("what the reviewer found goes with it", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    const proposals = green(line.github, building.order);
    const { verdict } = proposals.review;
    verdict.decision = "rework";
    verdict.findings = [
      { severity: "minor", path: "a.ts", line: 3, claim: "long", howItFails: "never" },
    ];
    await line.run("settle", { ...building, proposals: deliveries(proposals) });
    expect(ledgerOf(line.github, building.issue).at(-1)?.event).toMatchObject({
      findings: ["review-rework: Does what was asked.", "a.ts:3 long never"],
    });
  });

  test("what concerns tests goes with it on its own, and reaches the next order", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    const proposals = green(line.github, building.order);
    const { verdict } = proposals.review;
    verdict.decision = "rework";
    const [judged] = verdict.criteria;
    if (judged !== undefined) Object.assign(judged, { answer: "no", evidence: "e".repeat(400) });
    await line.run("settle", { ...building, proposals: deliveries(proposals) });
    const said = expect.stringMatching(/^AC1: does a test assert it\? no: e+ … e+$/);
    expect(ledgerOf(line.github, building.issue).at(-1)?.event).toMatchObject({
      kind: "sent-back",
      aboutTests: [said],
    });
    line.nextRun();
    const event = doorbell(line.github, building.issue);
    const claim = await line.run("claim", { event, issue: building.issue });
    expect(lineOrderOf(claim).prior).toMatchObject([{ attempt: 1, aboutTests: [said] }]);
  });

  test("an issue that is none is not settled", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    const event = doorbell(line.github, "", "ada");
    const { order } = building;
    expect(await line.run("settle", { event, order })).toMatchObject({
      effects: [],
      refusals: [{ code: "event-not-understood", subject: "no issue to settle" }],
    });
  });

  test("a worker whose job was lost is charged its share, and a retry goes on; a skipped one costs nothing", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    const left = building.order.budget.usd;
    const result = await line.run("settle", {
      ...building,
      jobResults: { implement: "failure", verify: "skipped", review: "skipped" },
    });
    expect(result).toMatchObject({ stage: "needs-human" });
    expect(result.refusals).toMatchObject([
      { code: "worker-failed", subject: "implement", hint: "run-failed-jobs-again" },
    ]);
    const [last] = ledgerOf(line.github, building.issue).slice(-1);
    expect(last?.usage?.usd).toBeCloseTo(left / 3);
    line.nextRun();
    const { issue } = building;
    const retry = commented(line.github, { issue, by: "wil", body: "/factory retry" });
    await line.run("route", { event: retry });
    expect(await line.run("claim", { event: retry, issue })).toMatchObject({ next: "line" });
  });

  test("a proposal of other bytes than announced is not read", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    const [first, ...rest] = deliveries(green(line.github, building.order));
    if (first === undefined) throw new Error("there is a first");
    const proposals = [{ ...first, digest: fakeId("x").padEnd(64, "0") }, ...rest];
    const result = await line.run("settle", { ...building, proposals });
    expect(result.refusals).toMatchObject([{ code: "artifact-invalid" }]);
    expect(published(line)).toEqual([]);
  });
});

describe("what changed meanwhile", () => {
  const CASES: readonly (readonly [
    string,
    string,
    string,
    (line: TestLine, b: Building) => void,
  ])[] = [
    [
      "the issue's text",
      "issue-changed",
      "needs-human",
      ({ github }, { issue }) => github.changeIssue(issue, { body: "else" }),
    ],
    [
      "the issue is closed",
      "issue-changed",
      "needs-human",
      ({ github }, { issue }) => github.changeIssue(issue, { state: "closed" }),
    ],
    [
      "the contract",
      "approval-stale",
      "needs-human",
      ({ github }, { issue }) => editContract(github, issue),
    ],
    [
      "the contract is gone",
      "contract-changed",
      "needs-human",
      ({ github }, { issue }) => github.deleteComment(contractOf(github, issue).id),
    ],
    [
      "the andon",
      "andon-raised",
      "needs-human",
      ({ github }) =>
        github.addIssue({ author: "ada", title: "stop", body: "", labels: ["factory:andon"] }),
    ],
    [
      "the branch was pushed to",
      "claim-lost",
      "needs-human",
      ({ github }, { issue }) => github.moveBranch(`factory/${issue}-1`),
    ],
    [
      "the branch was pushed to, beside somebody else's pull request of the same commit",
      "claim-lost",
      "needs-human",
      ({ github }, { issue }) => {
        github.moveBranch(`factory/${issue}-1`);
        github.addBranch("greet", github.branch(`factory/${issue}-1`));
        github.addPullRequest("greet");
      },
    ],
    ["another run", "order-invalid", "needs-human", (line) => line.nextRun()],
  ];
  test.each(CASES)("%s: nothing is published", async (_name, code, stage, change) => {
    const line = newLine();
    const building = await toBuilding(line);
    change(line, building);
    const result = await line.run("settle", {
      ...building,
      proposals: deliveries(green(line.github, building.order)),
    });
    expect(result.refusals[0]?.code).toBe(code);
    expect(result.next).toBe("none");
    expect(published(line)).toEqual([]);
    expect(result.stage).toBe(stage);
  });

  test("a person stopped it: the spending is still written down", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    const event = commented(line.github, {
      issue: building.issue,
      by: "wil",
      body: "/factory stop",
    });
    expect(await line.run("route", { event })).toMatchObject({ stage: "needs-human" });
    const result = await settleGreen(line, building);
    expect(result).toMatchObject({ stage: "needs-human", next: "none" });
    expect(result.refusals).toMatchObject([{ code: "stopped-by-person" }]);
    expect(published(line)).toEqual([]);
    const [last] = ledgerOf(line.github, building.issue).slice(-1);
    expect(last?.usage?.usd).toBeCloseTo(0.2);
  });

  test("an order of another run, or of other bytes, is refused", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    const order = { ...building.order, runId: 1 };
    const result = await line.run("settle", {
      ...building,
      order,
      proposals: deliveries(green(line.github, order)),
    });
    expect(result.refusals).toMatchObject([{ code: "order-invalid", subject: "its run" }]);
    expect(digestOfOrder(order)).not.toBe(digestOfOrder(building.order));
    expect(published(line)).toEqual([]);
  });
});

describe("whose order and claim it is", () => {
  test("an order of another digest than announced is refused, whatever it says", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    const orderDigest = digestOfOrder({ ...building.order, attempt: 9 });
    const proposals = deliveries(green(line.github, building.order));
    const result = await line.run("settle", { ...building, orderDigest, proposals });
    expect(result.refusals).toMatchObject([{ code: "order-invalid", subject: "its digest" }]);
    expect(published(line)).toEqual([]);
  });

  test.each([
    [
      "another base",
      "claim-lost",
      (order: Order, { github }: TestLine) => ({ ...order, base: github.moveHead() }),
      "it was claimed on another base",
    ],
    [
      "another attempt",
      "claim-lost",
      (order: Order) => ({ ...order, attempt: 2 }),
      "the ledger names attempt 1",
    ],
    [
      "another contract",
      "contract-changed",
      (order: Order) => {
        const contract = { ...CONTRACT, goal: "Insult the person by name" };
        return { ...order, contract, contractDigest: digestOfContract(contract) };
      },
      CONTRACT_DIGEST,
    ],
  ])("an order of %s is no order for this claim: %s", async (_name, code, change, found) => {
    const line = newLine();
    const building = await toBuilding(line);
    const order = change(building.order, line);
    const proposals = deliveries(green(line.github, order));
    const result = await line.run("settle", { ...building, order, proposals });
    expect(result.refusals).toMatchObject([{ code, found }]);
    expect(published(line)).toEqual([]);
  });

  test("a claim that the ledger gives to another run is left to it", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    const order = { ...building.order, runId: line.nextRun() };
    const proposals = deliveries(green(line.github, order));
    const result = await line.run("settle", { ...building, order, proposals });
    expect(result).toMatchObject({ stage: "building", next: "none" });
    expect(result.refusals).toMatchObject([{ code: "claim-taken" }]);
    expect(published(line)).toEqual([]);
  });
});

describe("what GitHub refuses", () => {
  test("the tree is another: nothing was moved, a person is asked", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    const proposals = green(line.github, building.order);
    const tree = fakeId("a lie");
    proposals.verify.subject.tree = tree;
    const result = await line.run("settle", { ...building, proposals: deliveries(proposals) });
    expect(result).toMatchObject({ stage: "needs-human" });
    expect(result.refusals[0]?.code).toBe("tree-mismatch");
    expect(line.github.branch(`factory/${building.issue}-1`)).toBe(building.order.base);
    expect(published(line).filter((kind) => kind !== "publish-commit")).toEqual([]);
  });

  test("the setting that lets actions open pull requests is off: the sentence names it", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    line.github.refuseNext("open-pull-request", { status: 403, reason: "not permitted" });
    const result = await settleGreen(line, building);
    expect(result).toMatchObject({ stage: "needs-human" });
    expect(result.refusals).toMatchObject([{ code: "permission-missing" }]);
    expect(result.summary).toContain("Allow GitHub Actions to create and approve pull requests");
  });

  test("a check run is display: the merge does not wait for it, and its absence is said", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    line.github.refuseNext("write-check-run", { status: 403, reason: "checks" });
    const result = await settleGreen(line, building);
    expect(result).toMatchObject({ next: "release", ok: true });
    expect(result.refusals).toMatchObject([{ code: "permission-missing" }]);
  });

  test.each([405, 409])("the merge with %i: a person is asked at gating", async (status) => {
    const line = newLine();
    const building = await toBuilding(line);
    line.github.refuseNext("merge-pull-request", { status, reason: "not mergeable" });
    const result = await settleGreen(line, building);
    expect(result).toMatchObject({ stage: "gating", next: "none" });
    expect(result.refusals[0]).toMatchObject({ code: "merge-refused" });
    expect(kindsOf(line.github, building.issue).slice(-2)).toEqual(["published", "refused"]);
  });

  test("merged, but not what was verified: the line stands still", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    line.github.refuseNext("merge-pull-request", {
      cause: "refused-by-us",
      code: "tree-mismatch",
      did: "something-else",
      reason: "its tree is another",
    });
    const result = await settleGreen(line, building);
    expect(result).toMatchObject({ stage: "needs-human", next: "none" });
    expect(result.refusals.map(({ code }) => code)).toEqual(["tree-mismatch"]);
    expect(line.github.issue(building.issue).labels).toContain("factory:andon");
  });

  test("a merge that GitHub did not answer: a person looks, and nobody is told of another tree", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    line.github.refuseNext("merge-pull-request", { cause: "no-answer", reason: "socket hang up" });
    const result = await settleGreen(line, building);
    expect(result).toMatchObject({ stage: "needs-human", next: "none", ok: false });
    expect(result.refusals).toMatchObject([
      { code: "effect-unanswered", subject: "merge-pull-request", found: "socket hang up" },
    ]);
    expect(line.github.issue(building.issue).labels).not.toContain("factory:andon");
    expect(kindsOf(line.github, building.issue).slice(-2)).toEqual(["published", "refused"]);
  });

  test("a merge that was done although its answer was lost is found again, and never built twice", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    line.github.refuseNext("merge-pull-request", { cause: "no-answer", reason: "socket hang up" });
    await settleGreen(line, building);
    line.github.mergeByPerson(2, line.github.identity.login);
    line.nextRun();
    const { issue } = building;
    const event = commented(line.github, { issue, by: "ada", body: "/factory resume" });
    const route = await line.run("route", { event });
    expect(route).toMatchObject({ next: "release", stage: "smoking" });
    expect(route.order).toMatchObject({
      kind: "release",
      release: { mergeSha: line.github.head(), pullRequest: 2 },
    });
    expect(ledgerOf(line.github, issue).slice(-2)).toMatchObject([
      { event: { kind: "commanded", command: "resume" } },
      { event: { kind: "merged", pullRequest: 2, by: "factory" } },
    ]);
  });

  test("the deploy: merged stands in the ledger, and a person starts it", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    line.github.refuseNext("dispatch-workflow", { status: 422, reason: "no such workflow" });
    const result = await settleGreen(line, building);
    expect(result).toMatchObject({ stage: "needs-human", next: "none", ok: false });
    expect(kindsOf(line.github, building.issue).slice(-3)).toEqual([
      "published",
      "merged",
      "refused",
    ]);
    expect(stageShown(line.github, building.issue)).toEqual(["needs-human"]);
    line.nextRun();
    const event = commented(line.github, {
      issue: building.issue,
      by: "ada",
      body: "/factory resume",
    });
    const route = await line.run("route", { event });
    expect(route).toMatchObject({ next: "release", stage: "smoking" });
    expect(route.order).toMatchObject({ release: { mergeSha: line.github.head() } });
  });

  test("the ledger itself: control says that it is not ok, and nothing follows", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    // What is written ahead of the merge, and what behind it.
    line.github.refuseNext("write-comment", { status: 403, reason: "issues" });
    line.github.refuseNext("write-comment", { status: 403, reason: "issues" });
    const result = await settleGreen(line, building);
    expect(result).toMatchObject({ ok: false, next: "none" });
    expect(result.order).toBeUndefined();
  });

  test("the ledger itself, after the merge: the run that is repeated finds its own work done", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    // What is written ahead of the merge, and what behind it.
    line.github.refuseNext("write-comment", { status: 403, reason: "issues" });
    line.github.refuseNext("write-comment", { status: 403, reason: "issues" });
    await settleGreen(line, building);
    line.github.changeIssue(building.issue, { state: "closed" });
    const merges = published(line).filter((kind) => kind === "merge-pull-request").length;
    const again = await settleGreen(line, building);
    expect(again).toMatchObject({ next: "release", stage: "smoking", refusals: [], ok: true });
    expect(again.order).toMatchObject({ release: { mergeSha: line.github.head() } });
    expect(merges).toBe(1);
    expect(kindsOf(line.github, building.issue).slice(-2)).toEqual(["published", "merged"]);
  });
});

describe("where a person merges", () => {
  async function gating(line: TestLine) {
    const building = await toBuilding(line);
    const result = await settleGreen(line, building);
    expect(result).toMatchObject({ stage: "gating", next: "none", refusals: [] });
    return building;
  }

  test("the pull request is open, the ask has three lines, and nothing is merged", async () => {
    const line = newLine({ sealKey: null });
    const { issue } = await gating(line);
    expect(line.github.pullRequest(2)).toMatchObject({ merged: false, state: "open" });
    expect(line.github.checkRuns[0]).toMatchObject({ conclusion: "action_required" });
    const ledger = line.github.comments(issue).find(({ body }) => body.includes("ledger"));
    const ask = ledger?.body.split("\n").filter((text) => text.startsWith("> ")) ?? [];
    expect(ask).toHaveLength(4);
    expect(ask.join("\n")).toContain("https://github.com/OWNER/app/pull/2");
    expect(ask.join("\n")).toContain("FACTORY_SEAL_KEY");
  });

  test("their merge is followed by the smoke test", async () => {
    const line = newLine({ sealKey: null });
    const { issue } = await gating(line);
    line.nextRun();
    line.github.mergeByPerson(2, "wil");
    const event = closed(line.github, 2, "wil");
    const result = await line.run("route", { event });
    expect(result).toMatchObject({ next: "release", stage: "smoking", issue });
    expect(result.order).toMatchObject({
      release: { mergeSha: line.github.head(), pullRequest: 2 },
    });
    expect(ledgerOf(line.github, issue).at(-1)?.event).toMatchObject({
      kind: "merged",
      by: "person",
    });
    expect(line.github.dispatches).toEqual([]);
    const again = await line.run("route", { event });
    expect(again).toMatchObject({ next: "none", effects: [] });
  });

  test("a moved base does not matter to them", async () => {
    const line = newLine({ config: CONFIG.replace("scoped-autonomy", "open-pr") });
    const building = await toBuilding(line);
    line.github.moveHead();
    expect(await settleGreen(line, building)).toMatchObject({ stage: "gating" });
  });

  test("a pull request that a person closed is left alone: the next attempt opens one of its own", async () => {
    const line = newLine({ sealKey: null });
    const { issue } = await gating(line);
    line.nextRun();
    line.github.changePullRequest(2, { state: "closed" });
    const body = "/factory rework: say goodbye, too";
    const event = commented(line.github, { issue, by: "ada", body });
    expect(await line.run("route", { event })).toMatchObject({ next: "line", stage: "ready" });
    const claim = await line.run("claim", { event, issue });
    expect(claim).toMatchObject({ next: "line", attempt: 2 });
    expect(lineOrderOf(claim).continues).toBeUndefined();
    expect(lineOrderOf(claim).prior.at(-1)?.findings).toEqual(["say goodbye, too"]);
  });
});

function contractOf(github: TestLine["github"], issue: number) {
  const found = github
    .comments(issue)
    .find(({ body }) => body.startsWith("### Millwright · contract"));
  if (found === undefined) throw new Error("there is a contract");
  return found;
}

function editContract(github: TestLine["github"], issue: number): void {
  const { id, body } = contractOf(github, issue);
  github.editComment(id, body.replace("Greet people", "Insult people"));
}

describe("a run that a person runs again because a worker's job was lost", () => {
  async function lost(times = 1) {
    const line = newLine();
    const building = await toBuilding(line);
    const { verify, ...others } = deliveriesByName(line, building);
    for (let attempt = 1; attempt <= times; attempt += 1) {
      const result = await line.run("settle", {
        ...building,
        runAttempt: attempt,
        proposals: Object.values(others),
        jobResults: { verify: "failure" },
      });
      expect(result).toMatchObject({ stage: "needs-human", next: "none" });
    }
    const proposals = [...Object.values(others), verify];
    const again = (change = {}) =>
      line.run("settle", { ...building, runAttempt: times + 1, proposals, ...change });
    return { line, building, again };
  }
  function deliveriesByName(line: TestLine, building: Building) {
    const [implement, verify, review] = deliveries(green(line.github, building.order));
    if (implement === undefined || verify === undefined || review === undefined) {
      throw new Error("three workers deliver");
    }
    return { implement, verify, review };
  }

  test.each([1, 2])("goes on where it stood, after %i losses, and merges once", async (times) => {
    const { line, building, again } = await lost(times);
    expect(await again()).toMatchObject({ next: "release", attempt: 1 });
    expect(stageShown(line.github, building.issue)).toEqual(["smoking"]);
    expect(line.github.dispatches).toHaveLength(1);
    expect((await again({ runAttempt: times + 2 })).next).not.toBe("line");
    const merges = line.github.applied.filter(({ effect }) => effect.kind === "merge-pull-request");
    expect(merges).toHaveLength(1);
  });

  test("does not go on in its first attempt, nor where another run holds the issue by now", async () => {
    const first = await lost();
    expect(await first.again({ runAttempt: 1 })).toMatchObject({
      refusals: [{ code: "claim-lost", found: "the issue stands at needs-human" }],
    });
    const { line, building, again } = await lost();
    const run = line.nextRun() - 1;
    const { issue } = building;
    const event = commented(line.github, { issue, by: "ada", body: "/factory retry" });
    await line.run("route", { event });
    await line.run("claim", { event, issue });
    line.backTo(run);
    const { refusals, stage } = await again();
    expect(refusals).toMatchObject([{ code: "claim-lost", found: "the ledger names attempt 2" }]);
    expect([stage, published(line)]).toEqual(["building", []]);
  });
});
