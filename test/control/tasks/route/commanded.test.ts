import { describe, expect, test } from "vitest";
import type { LedgerEvent } from "../../../../src/domain/ledger.ts";
import { digestOfIssue } from "../../../../src/domain/order.ts";
import { LEDGER_MARKER } from "../../../../src/wording/issue/ledger-comment.ts";
import {
  commented,
  deliver,
  failed,
  ledgerOf,
  newLine,
  type TestLine,
  toBuilding,
  toProposed,
} from "../../line.ts";
import { gating, PERSON_MERGES } from "../own/gating.ts";

/** Somebody with write says it; what came of it, and what the ledger got. */
async function say(line: TestLine, issue: number, body: string) {
  line.nextRun();
  const known = line.github
    .comments(issue)
    .some((one) => one.body.startsWith(LEDGER_MARKER) && one.body.includes("sequence"));
  const before = known ? lengthOf(line, issue) : 0;
  const event = commented(line.github, { issue, by: "wil", body });
  const comment = event.payload.comment.id;
  const result = await line.run("route", { event });
  const added = () => ledgerOf(line.github, issue).slice(before);
  return { result, comment, added };
}

function lengthOf(line: TestLine, issue: number): number {
  try {
    return ledgerOf(line.github, issue).length;
  } catch {
    return 0;
  }
}

const wil = (line: TestLine) => line.github.actor("wil").id;
const commandedBy = (line: TestLine, command: string, comment: number): LedgerEvent => ({
  ...{ kind: "commanded", by: wil(line), command, comment },
});

async function needsHuman(line: TestLine): Promise<number> {
  const building = await toBuilding(line);
  const proposals = [deliver("implement", failed(building.order, "implement"))];
  await line.run("settle", { ...building, proposals });
  return building.issue;
}

/** The ledger's comment says something else than what is sealed. */
function spoil(line: TestLine, issue: number): void {
  const ledger = line.github.comments(issue).find(({ body }) => body.startsWith(LEDGER_MARKER));
  if (ledger === undefined) throw new Error("it has a ledger");
  line.github.editComment(ledger.id, ledger.body.replace('"sequence":2', '"sequence":7'));
}

describe("the ledger knows a person's command word for word", () => {
  test("stop: labels first, then one line and what is asked", async () => {
    const line = newLine();
    const issue = await toProposed(line);
    const before = line.github.applied.length;
    const { result, comment, added } = await say(line, issue, "/factory stop");
    expect(result).toMatchObject({ stage: "needs-human", next: "none", refusals: [] });
    expect(result.summary).toMatch(/^### control: [^\n]*stopped/);
    expect(added()).toMatchObject([
      { stage: "needs-human", event: commandedBy(line, "stop", comment) },
    ]);
    expect(added()).toHaveLength(1);
    const kinds = line.github.applied.slice(before).map(({ effect }) => effect.kind);
    expect(kinds.slice(0, 2)).toEqual(["set-labels", "write-comment"]);
  });

  test("stop of an issue that is not in the line is answered in the summary alone", async () => {
    const line = newLine();
    const issue = line.github.addIssue({ author: "ada", title: "x", body: "", labels: [] });
    const { result } = await say(line, issue, "/factory stop");
    expect(result.refusals).toEqual([
      { code: "illegal-transition", subject: "an issue that is not in the line" },
    ]);
    expect(line.github.applied).toEqual([]);
  });

  test("stop over a ledger that nobody trusts is answered with its fault", async () => {
    const line = newLine();
    const issue = await toProposed(line);
    spoil(line, issue);
    line.github.changeIssue(issue, { labels: ["factory:queued"] });
    const { result } = await say(line, issue, "/factory stop");
    expect(result.refusals).toMatchObject([{ code: "ledger-invalid" }]);
    expect(result).toMatchObject({ stage: "needs-human", next: "none" });
  });

  test.each(["retry", "resume"])("%s: by its own word", async (word) => {
    const line = newLine();
    const issue = await needsHuman(line);
    const { result, comment, added } = await say(line, issue, `/factory ${word}`);
    expect(result).toMatchObject({ stage: "ready", next: "line", refusals: [] });
    expect(added().map(({ stage, event }) => ({ stage, event }))).toEqual([
      { stage: "ready", event: commandedBy(line, word, comment) },
    ]);
  });

  test("retry past branches that the ledger does not know names the highest", async () => {
    const line = newLine();
    const issue = await needsHuman(line);
    line.github.addBranch(`factory/${issue}-4`);
    line.github.addBranch(`factory/${issue}-3`);
    const { comment, added } = await say(line, issue, "/factory retry");
    expect(added().at(-1)?.event).toEqual(commandedBy(line, "retry past attempt 4", comment));
  });

  test.each([
    ["no branch that it does not know", [], "retry past attempt 1"],
    ["one", [6], "retry past attempt 6"],
  ] as const)("retry over a broken ledger begins another: %s", async (_, branches, command) => {
    const line = newLine();
    const issue = await needsHuman(line);
    for (const attempt of branches) line.github.addBranch(`factory/${issue}-${attempt}`);
    spoil(line, issue);
    const { result, comment } = await say(line, issue, "/factory retry");
    expect(result).toMatchObject({ stage: "queued", next: "intake" });
    const { title, body } = line.github.issue(issue);
    expect(ledgerOf(line.github, issue).map(({ stage, event }) => ({ stage, event }))).toEqual([
      {
        stage: "queued",
        event: { kind: "submitted", by: wil(line), issue: digestOfIssue({ title, body }) },
      },
      { stage: "queued", event: commandedBy(line, command, comment) },
    ]);
  });

  test("rework of an attempt: the command, then what it said, in 150 characters", async () => {
    const line = newLine({ config: PERSON_MERGES });
    const issue = await gating(line);
    const { result, comment, added } = await say(
      line,
      issue,
      `/factory rework: ${"ä".repeat(151)}`,
    );
    expect(result).toMatchObject({ stage: "ready", next: "line", refusals: [] });
    expect(added().map(({ stage, event }) => ({ stage, event }))).toEqual([
      { stage: "ready", event: commandedBy(line, "rework", comment) },
      {
        stage: "ready",
        event: {
          kind: "sent-back",
          attempt: 1,
          findings: ["ä".repeat(150)],
          mistakes: [{ cause: "person-asked" }],
        },
      },
    ]);
  });

  test("rework after its pull request was closed: the closing is written down first", async () => {
    const line = newLine({ config: PERSON_MERGES });
    const issue = await gating(line);
    line.github.changePullRequest(2, { state: "closed" });
    const { result, added } = await say(line, issue, "/factory rework: say hello");
    expect(result).toMatchObject({ stage: "ready", next: "line" });
    expect(added().map(({ stage, event }) => [stage, event.kind])).toEqual([
      ["needs-human", "refused"],
      ["ready", "commanded"],
      ["ready", "sent-back"],
    ]);
    expect(added()[0]?.event).toMatchObject({
      refusal: { code: "pull-request-closed", subject: "pull request 2" },
    });
  });

  test("rework before an attempt: the contract is made anew", async () => {
    const line = newLine();
    const issue = await toProposed(line);
    const { result, comment, added } = await say(line, issue, "/factory rework: shorter");
    expect(result).toMatchObject({ stage: "queued", next: "intake" });
    expect(added().map(({ stage, event }) => ({ stage, event }))).toEqual([
      { stage: "queued", event: commandedBy(line, "rework", comment) },
    ]);
  });
});

describe("a command that cannot be followed", () => {
  test.each(["retry", "resume"])("%s without a merge says what is missing", async (word) => {
    const line = newLine({ config: PERSON_MERGES });
    const issue = await gating(line);
    const { result } = await say(line, issue, `/factory ${word}`);
    expect(result.refusals).toEqual([
      {
        code: "illegal-transition",
        subject: `${word} at gating`,
        found: "no merge of its pull request",
        hint: "merge-or-rework",
      },
    ]);
    expect(result).toMatchObject({ stage: "gating", next: "none" });
  });

  test("rework over a ledger that nobody trusts is answered with its fault", async () => {
    const line = newLine({ config: PERSON_MERGES });
    const issue = await gating(line);
    spoil(line, issue);
    const { result } = await say(line, issue, "/factory rework: say hello");
    expect(result.refusals[0]).toMatchObject({ code: "ledger-invalid" });
    expect(result).toMatchObject({ next: "none" });
  });

  test("rework while it is built leaves the attempt alone, and says when it can be said", async () => {
    const line = newLine();
    const { issue } = await toBuilding(line);
    const { result } = await say(line, issue, "/factory rework: say hello");
    expect(result.refusals).toMatchObject([{ code: "illegal-transition" }]);
    expect(result).toMatchObject({ stage: "building", next: "none" });
  });
});

describe("a merge that nobody wrote down", () => {
  test.each(["gating", "needs-human"] as const)("is recorded by a retry at %s", async (stage) => {
    const line = newLine({ config: PERSON_MERGES });
    const issue = await gating(line);
    if (stage === "needs-human") await say(line, issue, "/factory stop");
    line.github.mergeByPerson(2, "ada");
    const { result, comment, added } = await say(line, issue, "/factory retry");
    expect(result).toMatchObject({ stage: "smoking", next: "release", refusals: [] });
    expect(added().map((entry) => [entry.stage, entry.event.kind])).toEqual([
      [stage, "commanded"],
      ["smoking", "merged"],
    ]);
    expect(added()[0]?.event).toEqual(commandedBy(line, "retry", comment));
    expect(added()[1]?.event).toMatchObject({ pullRequest: 2, by: "person" });
    expect(result.summary).toMatch(/^### control: [^\n]*merge/);
  });

  test("is built by nobody where no run wrote down its tree, and it is the head no more", async () => {
    const line = newLine();
    const issue = await needsHuman(line);
    const pull = line.github.addPullRequest(`factory/${issue}-1`);
    line.github.mergeByPerson(pull, "ada");
    line.github.moveHead();
    const { result } = await say(line, issue, "/factory retry");
    expect(result).toMatchObject({ stage: "needs-human", next: "none" });
    expect(result.refusals).toEqual([
      {
        code: "state-unknown",
        subject: `pull request ${pull}`,
        found: "it is merged, and no run wrote down which tree it verified",
        hint: "open-a-new-issue",
      },
    ]);
  });
});

test("of two ledgers a person deletes one: no command chooses between them", async () => {
  const line = newLine();
  const issue = await needsHuman(line);
  const ledger = line.github.comments(issue).find(({ body }) => body.startsWith(LEDGER_MARKER));
  const author = line.github.identity.login;
  const second = line.github.addComment({ issue, author, body: ledger?.body ?? "" });
  for (const word of ["retry", "resume", "rework: say hello"]) {
    const { result } = await say(line, issue, `/factory ${word}`);
    expect(result).toMatchObject({ stage: "needs-human", next: "none" });
    expect(result.refusals).toEqual([
      {
        code: "ledger-invalid",
        subject: `comment ${ledger?.id}`,
        found: `comment ${second} claims to be the ledger, too`,
        hint: "delete-the-other-ledger",
      },
    ]);
  }
});

test("an attempt whose run ended is written down with its run and its share", async () => {
  const line = newLine();
  const { issue, order } = await toBuilding(line);
  line.github.endRun(order.runId);
  line.pass(3 * 3_600);
  const { result, comment, added } = await say(line, issue, "/factory retry");
  expect(result).toMatchObject({ stage: "ready", next: "line" });
  expect(added()).toMatchObject([
    {
      stage: "needs-human",
      event: {
        kind: "refused",
        refusal: {
          code: "worker-failed",
          subject: "attempt 1",
          found: `run ${order.runId} ended and wrote down nothing of it; its share of the budget is charged`,
          hint: "look-at-the-last-run",
        },
      },
      usage: { usd: expect.closeTo(1.633, 2), requests: 0 },
    },
    { stage: "ready", event: commandedBy(line, "retry", comment) },
  ]);
});
