import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Order } from "../../../src/domain/order.ts";
import { green, intake } from "../../control/line.ts";
import {
  type ControlJobs,
  type ControlRun,
  goodAnswers,
  made,
  useControl,
  writes,
} from "../control-job.ts";
import type { ActionRun } from "../rig.ts";

const start = useControl();

/** Refused before anything was asked of GitHub. */
function refusedAtTheDoor(run: ActionRun, reason: RegExp): void {
  const told = run.commands.filter((line) => !line.startsWith("::add-mask::"));
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(/^::error::/);
  expect(told[0]).toMatch(reason);
  expect(run).toMatchObject({ exitCode: 1, outputs: {}, summary: "" });
}

describe("the door of control refuses at once", () => {
  test.each([
    ["an unknown task", { task: "merge" }, /Input task: expected one of open, .*found "merge"/],
    ["no task", { task: "" }, /Input task: expected one of/],
    ["an issue that is no number", { issue: "7; rm" }, /Input issue: expected a number/],
    ["an identity that is none", { identity: "me" }, /Input identity: expected a numeric id/],
    ["no token", { token: "" }, /[Tt]oken/],
    ["a digest of nobody", { "proposal-digests": "=1" }, /Expected worker=value, found "=1"/],
  ])("%s", async (_, inputs, reason) => {
    const jobs = await start();
    const run = await jobs.run("open", { event: jobs.last("issues"), inputs });
    refusedAtTheDoor(run, reason);
    expect(run.requests).toEqual([]);
  });

  test("a job without an event file", async () => {
    const { rig } = await start();
    const gone = join(rig.temporary, "gone.json");
    rmSync(gone, { force: true });
    const run = await rig.run({
      name: "control",
      inputs: { task: "open", token: "t" },
      environment: { GITHUB_EVENT_PATH: gone },
    });
    refusedAtTheDoor(run, /ENOENT|event/);
    const none = await rig.run({
      name: "control",
      inputs: { task: "open", token: "t" },
      environment: { GITHUB_EVENT_PATH: undefined },
    });
    refusedAtTheDoor(none, /GITHUB_EVENT_PATH is not set/);
  });
});

/** Control looked, and wrote nothing that moves the work on. */
function wroteOnly(run: ControlRun, allowed: RegExp): void {
  expect(writes(run).filter((line) => !allowed.test(line))).toEqual([]);
}

async function toOrder(jobs: ControlJobs) {
  const event = jobs.last("issues");
  const { order } = await jobs.run("open", { event });
  if (order === undefined) throw new Error("open made no order");
  return { event, order, proposals: { "intake-normalize": intake(order) } };
}

/** Comments and labels, in words of REST or of GraphQL. */
const TELLS = new RegExp(
  [
    "^POST /graphql 200( (addComment|updateIssueComment|createLabel|(add|remove)Labels(To|From)Labelable))+$",
    "^(POST|PATCH) /issues/({issue_number}/comments|comments/)",
    "^PUT .*labels",
  ].join("|"),
);

describe("the door of control writes nothing but words", () => {
  test("for a proposal that is not the file its job announced", async () => {
    const jobs = await start();
    const { proposals, ...given } = await toOrder(jobs);
    const inputs = { "proposal-digests": `intake-normalize=${"0".repeat(64)}` };
    const run = await jobs.run("propose", { ...given, proposals, inputs });
    expect(run.outputs.next).toBe("none");
    wroteOnly(run, TELLS);
    expect(run.summary).toContain("intake-normalize");
    expect(jobs.world.events.filter(({ name }) => name === "workflow_dispatch")).toEqual([]);
  });

  test.each([
    ["of other bytes", (order: Order) => ({ order }), { "order-digest": "0".repeat(64) }],
    ["that is not there", () => ({}), { "order-digest": "0".repeat(64), handover: "/nowhere" }],
  ])("for an order %s", async (_, hand, inputs) => {
    const jobs = await start();
    const { event, order, proposals } = await toOrder(jobs);
    const run = await jobs.run("propose", { event, proposals, ...hand(order), inputs });
    expect(run.outputs.next).toBe("none");
    expect(run.exitCode).toBe(1);
    expect(run.commands).toContain("::warning::The order of this run cannot be read.");
    wroteOnly(run, TELLS);
  });

  test("for a proposal with a key that nobody knows", async () => {
    const jobs = await start();
    const { event, order, proposals } = await toOrder(jobs);
    const hostile = { ...proposals["intake-normalize"], merge: true };
    const given = { event, order, proposals: { "intake-normalize": hostile } };
    const run = await jobs.run("propose", given);
    expect(run.outputs.next).toBe("none");
    wroteOnly(run, TELLS);
  });

  test("for an approval by somebody without write", async () => {
    const jobs = await start();
    const { event, order, proposals } = await toOrder(jobs);
    await jobs.run("propose", { event, order, proposals });
    const route = "POST /repos/{owner}/{repo}/issues/{issue_number}/comments";
    const of = { issue_number: jobs.issue, body: "/factory approve" };
    await jobs.world.ask(jobs.world.people.stranger.token, route, of);
    const run = await jobs.run("claim", { event: jobs.last("issue_comment") });
    expect(run.outputs.next).toBe("none");
    expect(run.order).toBeUndefined();
    wroteOnly(run, TELLS);
  });

  test("for an order of another run's claim", async () => {
    const jobs = await start();
    const { event, order, proposals } = await toOrder(jobs);
    await jobs.run("propose", { event, order, proposals });
    const approved = await jobs.comment("/factory approve");
    const claim = await jobs.run("claim", { event: approved, runId: 8 });
    if (claim.order === undefined) throw new Error(claim.summary);
    const answers = { ...green({ treeWith: () => "1".repeat(40) }, claim.order) };
    const settle = { event: approved, order: claim.order, proposals: answers };
    const other = await jobs.run("settle", { ...settle, runId: 9 });
    expect(other.outputs.next).toBe("none");
    wroteOnly(other, TELLS);
    const wrongTree = await jobs.run("settle", { ...settle, runId: 8 });
    expect(wrongTree.outputs.next).toBe("none");
    const published =
      /POST \/(pulls|check-runs|git\/commits)|PUT .*merge|PATCH \/git|createPullRequest|createCheckRun|mergePullRequest/;
    expect(writes(wrongTree).filter((line) => published.test(line))).toEqual([]);
  });
});

describe("the door of control", () => {
  test("asks a person for the setting without which it may not open a pull request", async () => {
    const jobs = await start(undefined, false);
    const { event, order, proposals } = await toOrder(jobs);
    await jobs.run("propose", { event, order, proposals });
    const approved = await jobs.comment("/factory approve");
    const claim = await jobs.run("claim", { event: approved, runId: 8 });
    const answers = await goodAnswers(jobs, made(claim.order));
    const given = { event: approved, order: made(claim.order), proposals: answers, runId: 8 };
    const settle = await jobs.run("settle", given);
    // Asking is an outcome, no failure: the run stays green.
    expect(settle.exitCode, settle.summary).toBe(0);
    expect(settle.outputs.next).toBe("none");
    expect(settle.summary).toMatch(/Allow GitHub Actions to create and approve pull requests/);
    expect(writes(settle)).toContain("POST /graphql 200 createPullRequest");
    expect(writes(settle).join()).not.toMatch(/\/merge|mergePullRequest/);
  });
});

describe("the door of control ends red", () => {
  test("where GitHub does not know its token, in one line without it", async () => {
    const jobs = await start();
    const run = await jobs.run("open", {
      event: jobs.last("issues"),
      inputs: { token: "ghs_unknown" },
    });
    expect(run).toMatchObject({ exitCode: 1, outputs: {} });
    expect(run.commands.at(-1)).toMatch(/^::error::.*(401|Bad credentials)/);
    expect(JSON.stringify(run)).not.toContain("ghs_unknown");
  });
});
