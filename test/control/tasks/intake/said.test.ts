import { describe, expect, test } from "vitest";
import type { Order } from "../../../../src/domain/order.ts";
import { digestOfIssue } from "../../../../src/domain/order.ts";
import type { Refusal } from "../../../../src/domain/refusal.ts";
import { CONTRACT_MARKER } from "../../../../src/wording/issue/contract-comment.ts";
import {
  CONFIG,
  CONTRACT,
  CONTRACT_DIGEST,
  commented,
  deliver,
  doorbell,
  failed,
  intake,
  labeled,
  ledgerOf,
  newLine,
  orderOf,
  questions,
  schedule,
  stageShown,
  submit,
  type TestLine,
  toProposed,
} from "../../line.ts";

/** An issue that is being read. */
async function reading(line: TestLine, issue = submit(line)) {
  line.nextRun();
  const event = labeled(line.github, issue);
  const order = orderOf(await line.run("open", { event, issue }));
  const propose = (proposal: object) =>
    line.run("propose", {
      event,
      issue,
      order,
      proposals: [deliver("intake-normalize", proposal)],
    });
  return { issue, event, order, propose };
}

function events(line: TestLine, issue: number) {
  return ledgerOf(line.github, issue).map(({ stage, event }) => ({ stage, ...event }));
}

describe("what is said to who asks for an issue to be read", () => {
  const accepted = "the label factory:queued, or a command";
  test.each<
    readonly [
      string,
      (line: TestLine, issue: number) => { name: string; payload: unknown },
      Refusal,
    ]
  >([
    [
      "another label",
      (line, issue) => labeled(line.github, issue, "ada", "bug"),
      { code: "event-not-understood", subject: "labeled", accepted },
    ],
    [
      "a comment that is no command",
      (line, issue) => commented(line.github, { issue, by: "ada", body: "hello" }),
      { code: "event-not-understood", subject: "commented", accepted },
    ],
    [
      "a command that leads elsewhere",
      (line, issue) => commented(line.github, { issue, by: "ada", body: "/factory stop" }),
      { code: "event-not-understood", subject: "commented", accepted },
    ],
    ["the clock", () => schedule, { code: "event-not-understood", subject: "no issue to read" }],
  ])("%s", async (_, eventOf, refusal) => {
    const line = newLine();
    const issue = submit(line);
    const result = await line.run("open", { event: eventOf(line, issue), issue });
    expect(result).toMatchObject({ effects: [], refusals: [refusal], next: "none" });
  });

  test.each(["retry", "resume", "rework: more"])("%s leads back to the start", async (word) => {
    const line = newLine();
    const issue = submit(line);
    const event = commented(line.github, { issue, by: "ada", body: `/factory ${word}` });
    expect(await line.run("open", { event, issue })).toMatchObject({ next: "intake" });
  });

  test("a label in capitals is the label", async () => {
    const line = newLine();
    const issue = submit(line, "Factory:Queued");
    const event = labeled(line.github, issue, "ada", "FACTORY:queued");
    expect(await line.run("open", { event, issue })).toMatchObject({ next: "intake" });
  });

  test("a label that was taken off again", async () => {
    const line = newLine();
    const issue = submit(line);
    const event = labeled(line.github, issue);
    line.github.changeIssue(issue, { labels: [] });
    expect((await line.run("open", { event, issue })).refusals).toEqual([
      {
        code: "issue-changed",
        subject: "the label factory:queued",
        found: "it was taken off again",
      },
    ]);
  });

  test("a ring for an issue that stands elsewhere", async () => {
    const line = newLine();
    const issue = await toProposed(line);
    const event = doorbell(line.github, issue, "ada");
    expect((await line.run("open", { event, issue })).refusals).toEqual([
      { code: "illegal-transition", subject: "proposed → read", accepted: "the stage queued" },
    ]);
    const before = line.github.applied.length;
    expect(await line.run("propose", { event, issue })).toMatchObject({ effects: [], ok: true });
    expect(line.github.applied).toHaveLength(before);
  });

  test("another text than the one that was submitted", async () => {
    const line = newLine();
    const { issue, propose, order } = await reading(line);
    line.github.changeIssue(issue, { body: "something else" });
    expect((await propose(intake(order))).refusals).toEqual([
      {
        code: "issue-changed",
        subject: `issue ${issue}`,
        found: "its text is not the one that was submitted",
      },
    ]);
  });
});

describe("what intake leaves behind", () => {
  test("a contract to approve", async () => {
    const line = newLine();
    const { issue, propose, order } = await reading(line);
    const result = await propose(intake(order));
    const comments = line.github.comments(issue);
    const issueDigest = digestOfIssue(line.github.issue(issue));
    expect(result).toMatchObject({ stage: "proposed", next: "none" });
    expect(events(line, issue)).toEqual([
      { stage: "queued", kind: "submitted", by: line.github.actor("ada").id, issue: issueDigest },
      {
        stage: "proposed",
        kind: "proposed",
        contract: CONTRACT_DIGEST,
        issue: issueDigest,
        // It is written with the entry, and known by its digest.
        comment: 0,
        version: 1,
        scope: ["src/greet.ts"],
      },
    ]);
    expect(result.effects[0]?.key).toBe(`contract/${issue}/1/${CONTRACT_DIGEST.slice(0, 16)}`);
    const ledger = comments.find(({ body }) => body.includes("· ledger"));
    expect(ledger?.body).toContain("/factory approve");
    expect(ledgerOf(line.github, issue).at(-1)?.usage?.usd).toBeCloseTo(0.1);
  });

  test("what the contract leads to, by the config and by what others took", async () => {
    const line = newLine();
    const { issue, propose, order } = await reading(line);
    await propose(intake(order));
    const contract = line.github
      .comments(issue)
      .find(({ body }) => body.startsWith(CONTRACT_MARKER));
    expect(contract?.body).toContain("**merges it by itself**, if its gate passes");
    expect(contract?.body).toContain("No issue was merged lately");
    expect(line.github.scopes.at(-1)?.ledgers).toMatchObject({ newest: true });
  });

  test("a contract that the config approves: the line goes on by itself", async () => {
    const line = newLine({ config: CONFIG.replace("approve: always", "approve: never") });
    const { issue, propose, order } = await reading(line);
    const result = await propose(intake(order));
    expect(result).toMatchObject({ stage: "ready", next: "line" });
    expect(stageShown(line.github, issue)).toEqual(["ready"]);
    expect(events(line, issue).slice(1)).toMatchObject([
      { stage: "ready", kind: "proposed" },
      { stage: "ready", kind: "approved", by: line.github.identity.id, comment: 0 },
    ]);
    const ledger = line.github.comments(issue).find(({ body }) => body.includes("· ledger"));
    expect(ledger?.body).not.toContain("> /factory approve");
  });

  test("a second version in the same comment, or a new one where a person deleted it", async () => {
    const line = newLine();
    const issue = await toProposed(line);
    const again = async (goal: string) => {
      line.nextRun();
      const event = commented(line.github, { issue, by: "ada", body: "/factory rework: more" });
      await line.run("route", { event });
      const order = orderOf(await line.run("open", { event, issue }));
      const contract = { ...CONTRACT, goal };
      const proposals = [deliver("intake-normalize", intake(order, contract))];
      await line.run("propose", { event, issue, order, proposals });
      const last = events(line, issue).at(-1);
      return last?.kind === "proposed" ? last : undefined;
    };
    const contracts = () =>
      line.github.comments(issue).filter(({ body }) => body.startsWith(CONTRACT_MARKER));
    const [first] = contracts();
    const second = await again("Greet people by their first name");
    expect(second).toMatchObject({ version: 2, comment: first?.id });
    expect(contracts()).toHaveLength(1);
    line.github.deleteComment(second?.comment ?? 0);
    const third = await again("Greet people by their last name");
    expect(third).toMatchObject({ version: 3, comment: 0 });
    expect(contracts().map(({ id }) => id)).not.toContain(first?.id);
    expect(contracts()).toHaveLength(1);
    const [submitted, ...others] = events(line, issue).filter(({ kind }) => kind === "submitted");
    expect([submitted?.kind, others]).toEqual(["submitted", []]);
  });

  test("questions, each round in a comment of its own", async () => {
    const line = newLine();
    const { issue, propose, order } = await reading(line);
    const result = await propose(questions(order, "Which?", "Why?"));
    expect(result).toMatchObject({ stage: "needs-info", next: "none" });
    expect(events(line, issue).slice(1)).toEqual([
      { stage: "needs-info", kind: "asked", questions: 2 },
    ]);
    expect(stageShown(line.github, issue)).toEqual(["needs-info"]);
    expect(result.effects.map(({ key }) => key)).toEqual([
      `questions/${issue}/1`,
      expect.stringMatching(/^ledger/),
      expect.stringMatching(/^labels/),
    ]);
    expect(ledgerOf(line.github, issue).at(-1)?.usage?.usd).toBeCloseTo(0.1);
    line.nextRun();
    const event = commented(line.github, { issue, by: "ada", body: "/factory retry" });
    await line.run("route", { event });
    const next = orderOf(await line.run("open", { event, issue }));
    const proposals = [deliver("intake-normalize", questions(next, "And?"))];
    const second = await line.run("propose", { event, issue, order: next, proposals });
    expect(second.effects[0]).toMatchObject({
      key: `questions/${issue}/2`,
      marker: "### Millwright · questions, round 2",
    });
  });

  test("a check that the config has not, with those it has, or that it has none", async () => {
    const refused = async (config: string, name: string) => {
      const line = newLine({ config });
      const { propose, order } = await reading(line);
      return (await propose(intake(order, { ...CONTRACT, checks: [name] }))).refusals;
    };
    const refusal = {
      code: "contract-invalid",
      found: "the config has no check of that name",
      hint: "add-the-check",
    };
    expect(await refused(CONFIG, "build")).toEqual([
      { ...refusal, subject: "the check build", accepted: "lint, test" },
    ]);
    expect(await refused("approve: always\n", "build")).toEqual([
      { ...refusal, subject: "the check build", accepted: "no check: the config names none" },
    ]);
  });

  test("the andon blocks it; whatever else is refused asks a person, and what it cost is told", async () => {
    const line = newLine();
    const { issue, propose, order } = await reading(line);
    line.github.addIssue({ author: "ada", title: "", body: "", labels: ["factory:andon"] });
    expect(await propose(intake(order))).toMatchObject({ stage: "blocked" });
    expect(ledgerOf(line.github, issue).at(-1)?.usage?.usd).toBeCloseTo(0.1);
    const other = newLine();
    const failing = await reading(other);
    const gaveUp = failed(failing.order as Order, "intake-normalize");
    expect(await failing.propose(gaveUp)).toMatchObject({ stage: "needs-human" });
    expect(ledgerOf(other.github, failing.issue).at(-1)?.usage?.usd).toBeCloseTo(0.1);
  });
});
