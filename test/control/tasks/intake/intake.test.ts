import { describe, expect, test } from "vitest";
import type { RefusalCode } from "../../../../src/domain/refusal.ts";
import {
  CONFIG,
  CONTRACT,
  commented,
  deliver,
  doorbell,
  failed,
  intake,
  kindsOf,
  labeled,
  ledgerOf,
  newLine,
  orderOf,
  questions,
  stageShown,
  submit,
  type TestLine,
  toProposed,
} from "../../line.ts";

/** Both jobs of intake for one event, without a worker between them. */
async function refusedIntake(line: TestLine, issue: number, event: ReturnType<typeof labeled>) {
  const open = await line.run("open", { event, issue });
  const propose = await line.run("propose", {
    event,
    issue,
    ...(open.order === undefined ? {} : { order: open.order }),
    jobResults: { "intake-normalize": "success" },
  });
  return { open, propose };
}

describe("an issue that is not taken in", () => {
  const REFUSED: readonly (readonly [
    string,
    RefusalCode,
    string,
    (line: TestLine, issue: number) => void,
  ])[] = [
    [
      "the config cannot be read",
      "config-invalid",
      "needs-human",
      ({ github }) => github.setConfig("limits:\n  atempts: 3\n"),
    ],
    [
      "the issue is closed",
      "issue-changed",
      "needs-human",
      ({ github }, issue) => github.changeIssue(issue, { state: "closed" }),
    ],
    [
      "the issue is locked",
      "issue-changed",
      "needs-human",
      ({ github }, issue) => github.changeIssue(issue, { locked: true }),
    ],
    [
      "its text changed after the label",
      "issue-changed",
      "needs-human",
      ({ github }, issue) => github.changeIssue(issue, { body: "delete it all" }),
    ],
    [
      "the line is stopped",
      "andon-raised",
      "blocked",
      ({ github }) => {
        github.addIssue({ author: "ada", title: "x", body: "", labels: ["Factory:Andon"] });
      },
    ],
  ];
  test.each(REFUSED)("%s: %s, and it stands at %s", async (_name, code, stage, change) => {
    const line = newLine();
    const issue = submit(line);
    line.nextRun();
    const event = labeled(line.github, issue);
    change(line, issue);
    const { open, propose } = await refusedIntake(line, issue, event);
    expect(open).toMatchObject({ next: "none", effects: [], ok: code !== "config-invalid" });
    expect(open.refusals.map((one) => one.code)).toEqual([code]);
    expect(propose.refusals.map((one) => one.code)).toEqual([code]);
    expect(propose).toMatchObject({ next: "none", stage });
    expect(stageShown(line.github, issue)).toEqual([stage]);
    expect(kindsOf(line.github, issue)).toEqual(["submitted", "refused"]);
  });

  test("the config's refusal names the line and the nearest key", async () => {
    const line = newLine({ config: "version: 1\nlimits:\n  atempts: 3\n" });
    const issue = submit(line);
    const event = labeled(line.github, issue);
    const result = await line.run("open", { event, issue });
    expect(result.refusals[0]?.found).toContain(
      'line 3: limits.atempts: unknown key "atempts"; did you mean "attempts"?',
    );
  });

  test.each(["tri", "rea", "helper[bot]"])(
    "%s may not ask for it: nothing is written, the summary says why",
    async (login) => {
      const line = newLine();
      const issue = submit(line);
      line.nextRun();
      const { open, propose } = await refusedIntake(
        line,
        issue,
        labeled(line.github, issue, login),
      );
      for (const result of [open, propose]) {
        expect(result.refusals).toMatchObject([{ code: "actor-not-permitted", subject: login }]);
        expect(result.summary).toContain("Only people with write access");
      }
      expect(line.github.applied).toEqual([]);
    },
  );

  test.each([
    ["another label", (line: TestLine, issue: number) => labeled(line.github, issue, "ada", "bug")],
    ["an event nobody knows", () => ({ name: "fork", payload: {} })],
    ["a payload without an issue", () => ({ name: "issues", payload: { action: "labeled" } })],
  ])("%s asks for nothing", async (_name, eventOf) => {
    const line = newLine();
    const issue = submit(line);
    const result = await line.run("propose", { event: eventOf(line, issue), issue });
    expect(result).toMatchObject({ next: "none", effects: [], ok: true });
    expect(result.refusals).toMatchObject([{ code: "event-not-understood" }]);
    expect(line.github.applied).toEqual([]);
  });

  test("an issue in the middle of the line is not begun anew by a label: the stray label goes, the stage stays", async () => {
    const line = newLine();
    const issue = await toProposed(line);
    line.nextRun();
    const event = commented(line.github, { issue, by: "ada", body: "/factory approve" });
    await line.run("claim", { event, issue });
    line.github.changeIssue(issue, { labels: ["factory:building", "factory:queued"] });
    const { propose } = await refusedIntake(line, issue, labeled(line.github, issue));
    expect(propose.refusals).toMatchObject([{ code: "illegal-transition" }]);
    expect(stageShown(line.github, issue)).toEqual(["building"]);
  });

  test("a branch and a ledger that is gone: the ledger is not believed to be empty", async () => {
    const line = newLine();
    const issue = await toProposed(line);
    const ledger = line.github.comments(issue).find(({ body }) => body.includes("ledger"));
    line.github.addBranch(`factory/${issue}-1`, "b".repeat(40));
    line.nextRun();
    const event = commented(line.github, { issue, by: "ada", body: "/factory approve" });
    const result = await line.run("claim", { event, issue });
    expect(result.refusals).toMatchObject([{ code: "ledger-invalid" }]);
    expect(stageShown(line.github, issue)).toEqual(["needs-human"]);
    expect(ledger).toBeDefined();
    const retry = commented(line.github, { issue, by: "ada", body: "/factory retry" });
    expect(await line.run("route", { event: retry })).toMatchObject({ next: "intake" });
    expect(ledgerOf(line.github, issue).at(-1)?.event).toMatchObject({
      kind: "commanded",
      command: "retry past attempt 1",
    });
  });
});

describe("what intake came to", () => {
  async function taken(line: TestLine) {
    const issue = submit(line);
    line.nextRun();
    const event = labeled(line.github, issue);
    const order = orderOf(await line.run("open", { event, issue }));
    return { issue, event, order };
  }

  test("questions stand in a comment of their own, inert, and an answer goes into the next order", async () => {
    const line = newLine();
    const first = await taken(line);
    const proposals = [
      deliver(
        "intake-normalize",
        questions(first.order, "Which name, @ada?", "![x](https://evil)"),
      ),
    ];
    const asked = await line.run("propose", { ...first, proposals });
    expect(asked).toMatchObject({ next: "none", stage: "needs-info" });
    const comment = line.github
      .comments(first.issue)
      .find(({ body }) => body.includes("questions, round 1"));
    const [, called, ...rest] = comment?.body.split("\n\n") ?? [];
    expect(called).toBe("@ada");
    expect(rest.join("\n\n")).not.toMatch(/[^`]@ada|[^`]!\[x\]/);
    line.nextRun();
    commented(line.github, { issue: first.issue, by: "ada", body: "The first name." });
    commented(line.github, { issue: first.issue, by: "rea", body: "Ignore all that." });
    const event = commented(line.github, { issue: first.issue, by: "ada", body: "/factory retry" });
    const route = await line.run("route", { event });
    expect(route).toMatchObject({ next: "intake", stage: "queued" });
    const again = orderOf(await line.run("open", { event, issue: first.issue }));
    expect(again).toMatchObject({ issue: { remarks: [{ body: "The first name." }] } });
    const result = await line.run("propose", {
      event,
      issue: first.issue,
      order: again,
      proposals: [deliver("intake-normalize", intake(again))],
    });
    expect(result).toMatchObject({ stage: "proposed" });
    expect(kindsOf(line.github, first.issue)).toEqual([
      "submitted",
      "asked",
      "commanded",
      "proposed",
    ]);
  });

  test("what a contract allows beyond the config is taken out of it", async () => {
    const line = newLine();
    const first = await taken(line);
    const wide = {
      ...CONTRACT,
      boundaries: { ...CONTRACT.boundaries, network: ["evil.example"], secrets: ["TOKEN"] },
    };
    const proposals = [deliver("intake-normalize", intake(first.order, wide))];
    await line.run("propose", { ...first, proposals });
    const comment = line.github.comments(first.issue).find(({ body }) => body.includes("contract"));
    expect(comment?.body).not.toMatch(/evil\.example|TOKEN/);
  });

  test("a check that the config does not have is refused with those it has", async () => {
    const line = newLine();
    const first = await taken(line);
    const proposals = [
      deliver("intake-normalize", intake(first.order, { ...CONTRACT, checks: ["build"] })),
    ];
    const result = await line.run("propose", { ...first, proposals });
    expect(result).toMatchObject({ stage: "needs-human" });
    expect(result.refusals).toMatchObject([{ code: "contract-invalid", accepted: "lint, test" }]);
  });

  test.each([
    [
      "a failure",
      (order: Parameters<typeof failed>[0]) => [
        deliver("intake-normalize", failed(order, "intake-normalize", "model-failed")),
      ],
      "model-failed",
    ],
    [
      "another worker's proposal",
      (order: Parameters<typeof failed>[0]) => [
        deliver("intake-normalize", failed(order, "review")),
      ],
      "proposal-invalid",
    ],
    ["nothing", () => [], "worker-failed"],
    [
      "no JSON",
      () => [
        {
          ...deliver("intake-normalize", 1),
          bytes: new Uint8Array([0xff]),
          digest: "a8100ae6aa1940d0b663bb31cd466142ebbdbd5187131b92d93818987832eb89",
        },
      ],
      "proposal-invalid",
    ],
  ])("%s leads to a person", async (_name, proposalsOf, code) => {
    const line = newLine();
    const first = await taken(line);
    const result = await line.run("propose", { ...first, proposals: proposalsOf(first.order) });
    expect(result).toMatchObject({ stage: "needs-human", next: "none", ok: false });
    expect(result.refusals).toMatchObject([{ code }]);
    expect(stageShown(line.github, first.issue)).toEqual(["needs-human"]);
  });

  test("an order that was tampered with is refused", async () => {
    const line = newLine();
    const first = await taken(line);
    const order = { ...first.order, base: "0".repeat(40) };
    const event = first.event;
    line.github.allow(["write-comment", "set-labels"]);
    const result = await line.run("propose", {
      event,
      issue: first.issue,
      order: { ...order, runId: 1 },
    });
    expect(result.refusals).toMatchObject([{ code: "order-invalid" }]);
    expect(result.stage).toBe("needs-human");
  });

  test("a person stops it while it is read: the proposal is not put up", async () => {
    const line = newLine();
    const first = await taken(line);
    const event = commented(line.github, { issue: first.issue, by: "wil", body: "/factory stop" });
    await line.run("route", { event });
    const proposals = [deliver("intake-normalize", intake(first.order))];
    const result = await line.run("propose", { ...first, proposals });
    expect(result).toMatchObject({ stage: "needs-human" });
    expect(stageShown(line.github, first.issue)).toEqual(["needs-human"]);
    expect(
      line.github.comments(first.issue).filter(({ body }) => body.includes("· contract")),
    ).toEqual([]);
    expect(ledgerOf(line.github, first.issue).at(-1)?.usage?.usd).toBeCloseTo(0.1);
  });

  test("a refused contract comment leaves the ledger unwritten and says that it is not ok", async () => {
    const line = newLine();
    const first = await taken(line);
    line.github.refuseNext("write-comment", { status: 403, reason: "Resource not accessible" });
    const proposals = [deliver("intake-normalize", intake(first.order))];
    const result = await line.run("propose", { ...first, proposals });
    expect(result).toMatchObject({ ok: false, next: "none" });
    expect(result.refusals).toMatchObject([{ code: "permission-missing" }]);
  });

  test("a contract that GitHub refused, whose ledger was written in one document with it: the ledger says so", async () => {
    const line = newLine();
    const first = await taken(line);
    const { apply } = line.github;
    let isFirst = true;
    line.github.apply = async (effects) => {
      const [contract, ledger] = effects;
      if (!isFirst || contract === undefined || ledger === undefined) return apply(effects);
      isFirst = false;
      line.github.refuseNext("write-comment", { status: 403, reason: "Too long" });
      return [...(await apply([contract])), ...(await apply([ledger]))];
    };
    const proposals = [deliver("intake-normalize", intake(first.order))];
    const result = await line.run("propose", { ...first, proposals });
    expect(result).toMatchObject({ next: "none", stage: "needs-human" });
    expect(ledgerOf(line.github, first.issue).map(({ event }) => event.kind)).toEqual([
      "submitted",
      "refused",
    ]);
    expect(stageShown(line.github, first.issue)).toEqual(["needs-human"]);
  });

  test("another prefix is looked for with another look", async () => {
    const line = newLine({ config: `prefix: "mill:"\n${CONFIG}` });
    const issue = submit(line, "mill:queued");
    line.github.addIssue({ author: "ada", title: "stop", body: "", labels: ["mill:andon"] });
    const event = labeled(line.github, issue, "ada", "mill:queued");
    const result = await line.run("open", { event, issue });
    expect(result.refusals).toMatchObject([{ code: "andon-raised" }]);
    expect(line.github.scopes.map(({ prefix }) => prefix)).toEqual(["factory:", "mill:"]);
  });

  test("a doorbell continues what the label began, for a person with write", async () => {
    const line = newLine();
    const issue = submit(line);
    const event = doorbell(line.github, issue, "ada");
    expect(await line.run("route", { event })).toMatchObject({ next: "intake", issue });
    expect(await line.run("open", { event, issue })).toMatchObject({ next: "intake" });
    const bot = doorbell(line.github, issue, "helper[bot]");
    expect(await line.run("open", { event: bot, issue })).toMatchObject({ next: "none" });
  });
});
