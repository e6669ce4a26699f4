import { describe, expect, test } from "vitest";
import type { ControlResult } from "../../../../src/control/observed/situation.ts";
import type { LineOrder } from "../../../../src/domain/order.ts";
import { LEDGER_MARKER } from "../../../../src/wording/issue/ledger-comment.ts";
import { CHANGES, type Change, commentOf, HARMLESS } from "../../changes.ts";
import {
  approve,
  CONTRACT,
  commented,
  deliver,
  deliveries,
  doorbell,
  green,
  intake,
  kindsOf,
  labeled,
  ledgerOf,
  lineOrderOf,
  newLine,
  orderOf,
  stageShown,
  submit,
  type TestLine,
  toBuilding,
  toProposed,
} from "../../line.ts";

type Building = Awaited<ReturnType<typeof toBuilding>>;
const TABLE = Object.entries(CHANGES).map(
  ([name, [code, change]]) => [name, code, change] as const,
);

async function settle(line: TestLine, building: Building): Promise<ControlResult> {
  const proposals = deliveries(green(line.github, building.order));
  return await line.run("settle", { ...building, proposals });
}

function merges(line: TestLine): number {
  return line.github.applied.filter(
    ({ effect, receipt }) => effect.kind === "merge-pull-request" && receipt.outcome !== "refused",
  ).length;
}

function publications(line: TestLine): number {
  return line.github.applied.filter(({ effect }) => effect.kind === "publish-commit").length;
}

/** Does it behind the look of this number: the look has not seen it, every later one has. */
function afterLook(line: TestLine, number: number, act: () => void): void {
  const observe = line.github.observe;
  let looks = 0;
  line.github.observe = async (scope) => {
    const snapshot = await observe(scope);
    looks += 1;
    if (looks === number) act();
    return snapshot;
  };
}

describe("between the claim and the settlement", () => {
  test.each(TABLE)("%s: %s, and nothing is published", async (_name, code, change) => {
    const line = newLine();
    const building = await toBuilding(line);
    change(line, building.issue);
    const result = await settle(line, building);
    expect(result.refusals[0]).toMatchObject({ code });
    expect(result).toMatchObject({ next: "none", stage: "needs-human" });
    expect(publications(line)).toBe(0);
  });

  test.each(Object.entries(HARMLESS))("%s: the line goes on", async (_name, change) => {
    const line = newLine();
    const building = await toBuilding(line);
    change(line, building.issue);
    expect(await settle(line, building)).toMatchObject({ next: "release", refusals: [] });
  });
});

describe("between the look at the world and the merge", () => {
  test.each(TABLE)("%s: %s, and nothing is merged", async (_name, code, change) => {
    const line = newLine();
    const building = await toBuilding(line);
    afterLook(line, 1, () => change(line, building.issue));
    const result = await settle(line, building);
    expect(result.refusals[0]).toMatchObject({ code });
    expect(result).toMatchObject({ next: "none", stage: "needs-human" });
    expect(merges(line)).toBe(0);
    expect(kindsOf(line.github, building.issue).at(-1)).toBe("refused");
  });

  test("the base moves: the pull request waits for a person, who is told", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    afterLook(line, 1, () => line.github.moveHead());
    const result = await settle(line, building);
    expect(result).toMatchObject({ stage: "gating", next: "none" });
    expect(result.refusals).toMatchObject([{ code: "base-moved" }]);
    expect(merges(line)).toBe(0);
    expect(kindsOf(line.github, building.issue).slice(-2)).toEqual(["published", "refused"]);
  });

  test("the branch is moved: it is not the claim of this run any more", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    afterLook(line, 1, () => line.github.moveBranch(`factory/${building.issue}-1`));
    const result = await settle(line, building);
    expect(result).toMatchObject({ next: "none" });
    expect(result.refusals[0]?.code).toMatch(/tree-mismatch|claim-lost/);
    expect(merges(line)).toBe(0);
  });

  test("the pull request is not listed yet: it is still the one of this run", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    const { observe } = line.github;
    line.github.observe = async (scope) => ({ ...(await observe(scope)), pullRequests: [] });
    expect(await settle(line, building)).toMatchObject({ next: "release", refusals: [] });
    expect(merges(line)).toBe(1);
  });

  test("after the last look: GitHub is told which head, and what it made is looked at", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    afterLook(line, 2, () => line.github.moveHead());
    const result = await settle(line, building);
    expect(result.refusals).toMatchObject([{ code: "tree-mismatch" }]);
    expect(line.github.issue(building.issue).labels).toContain("factory:andon");
    expect(result.next).toBe("none");
  });

  test("the pull request is pointed at another branch: GitHub is not asked to merge it", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    afterLook(line, 2, () => {
      const sha = line.github.head();
      line.github.changePullRequest(2, { base: { branch: "release", sha } });
    });
    const result = await settle(line, building);
    expect(result).toMatchObject({ stage: "gating", next: "none" });
    expect(merges(line)).toBe(0);
  });
});

describe("two issues that were built on one base", () => {
  test("one lands; the other is built and verified again on what is there then", async () => {
    const line = newLine();
    const first = await toBuilding(line);
    const second = await toBuilding(line);
    expect(second.order.base).toBe(first.order.base);
    expect(await settle(line, second)).toMatchObject({ next: "release" });
    const landed = line.github.head();
    line.backTo(first.order.runId);
    const stale = await settle(line, first);
    expect(stale).toMatchObject({ stage: "ready", refusals: [{ code: "base-moved" }] });
    expect(merges(line)).toBe(1);
    line.nextRun();
    const event = doorbell(line.github, first.issue);
    const order = lineOrderOf(await line.run("claim", { event, issue: first.issue }));
    expect(order).toMatchObject({ base: landed, attempt: 2 });
    expect(await settle(line, { ...first, order })).toMatchObject({ next: "release" });
    expect(merges(line)).toBe(2);
  });

  test("one lands between the other's look and its merge: it is asked for, not merged", async () => {
    const line = newLine();
    const first = await toBuilding(line);
    const second = await toBuilding(line);
    const proposals = deliveries(green(line.github, second.order));
    line.backTo(first.order.runId);
    const observe = line.github.observe;
    let looks = 0;
    line.github.observe = async (scope) => {
      looks += 1;
      const snapshot = await observe(scope);
      if (looks === 1) {
        line.backTo(second.order.runId);
        await line.run("settle", { ...second, proposals });
        line.backTo(first.order.runId);
      }
      return snapshot;
    };
    const result = await settle(line, first);
    expect(result).toMatchObject({ stage: "gating", refusals: [{ code: "base-moved" }] });
    expect(merges(line)).toBe(1);
  });
});

describe("between the approval and the claim", () => {
  test.each<readonly [string, string, Change]>([
    [
      "the approving comment is edited",
      "event-not-understood",
      CHANGES["the approving comment is edited"]?.[1] ?? fail,
    ],
    [
      "who approved lost the right to",
      "actor-not-permitted",
      (line) => line.github.setPermission("ada", "triage"),
    ],
    ["the login is somebody else's", "actor-not-permitted", (line) => line.github.takeOver("ada")],
    [
      "the comment is gone",
      "actor-not-permitted",
      (line, issue) => line.github.deleteComment(commentOf(line, issue, "/factory approve").id),
    ],
  ])("%s: %s, and nothing is claimed", async (_name, code, change) => {
    const line = newLine();
    const issue = await toProposed(line);
    const event = approve(line, issue);
    change(line, issue);
    const result = await line.run("claim", { event, issue });
    expect(result.refusals).toMatchObject([{ code }]);
    expect(result.order).toBeUndefined();
    expect(line.github.branch(`factory/${issue}-1`)).toBeUndefined();
  });

  test("behind the look of the claim: the settlement finds it", async () => {
    const line = newLine();
    const issue = await toProposed(line);
    const event = approve(line, issue);
    afterLook(line, 1, () => {
      line.pass(5);
      line.github.editComment(commentOf(line, issue, "/factory approve").id, "no");
    });
    const order = lineOrderOf(await line.run("claim", { event, issue }));
    const result = await settle(line, { issue, event, order });
    expect(result.refusals).toMatchObject([{ code: "approval-stale" }]);
    expect(publications(line)).toBe(0);
  });

  test("a second attempt asks for the approval again", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    const proposals = green(line.github, building.order);
    proposals.review.verdict.decision = "rework";
    await line.run("settle", { ...building, proposals: deliveries(proposals) });
    CHANGES["the approving comment is deleted"]?.[1](line, building.issue);
    line.nextRun();
    const event = doorbell(line.github, building.issue);
    const result = await line.run("claim", { event, issue: building.issue });
    expect(result).toMatchObject({ next: "none", stage: "needs-human" });
    expect(result.refusals).toMatchObject([{ code: "approval-stale" }]);
  });
});

describe("an approval that nobody gave", () => {
  /** An issue whose contract the config let through; without a key anybody with the bot's token writes such a ledger. */
  async function selfApproved(line: TestLine): Promise<number> {
    line.github.setConfig("checks: { test: npm test }\napprove: never\n");
    const issue = submit(line);
    line.nextRun();
    const event = labeled(line.github, issue);
    const order = orderOf(await line.run("open", { event, issue }));
    await line.run("propose", {
      event,
      issue,
      order,
      proposals: [deliver("intake-normalize", intake(order, CONTRACT))],
    });
    expect(stageShown(line.github, issue)).toEqual(["ready"]);
    return issue;
  }

  test.each([
    ["never", "line"],
    ["when-risky", "none"],
    ["always", "none"],
  ] as const)("with `approve: %s` at the head leads to %s", async (asks, next) => {
    const line = newLine({ sealKey: null });
    const issue = await selfApproved(line);
    line.github.setConfig(`checks: { test: npm test }\napprove: ${asks}\n`);
    line.nextRun();
    const result = await line.run("claim", { event: doorbell(line.github, issue), issue });
    expect(result).toMatchObject({ next });
    if (next === "none") expect(result.refusals).toMatchObject([{ code: "approval-stale" }]);
  });
});

describe("an approval that the ledger gives to somebody", () => {
  test("without a comment of theirs is none, whatever the config asks for", async () => {
    const line = newLine({ sealKey: null });
    line.github.setConfig("checks: { test: npm test }\napprove: never\n");
    const issue = submit(line);
    line.nextRun();
    const event = labeled(line.github, issue);
    const order = orderOf(await line.run("open", { event, issue }));
    await line.run("propose", {
      event,
      issue,
      order,
      proposals: [deliver("intake-normalize", intake(order, CONTRACT))],
    });
    const { id, body } = commentOf(line, issue, LEDGER_MARKER);
    const approved = ledgerOf(line.github, issue).find(
      ({ event: { kind } }) => kind === "approved",
    );
    if (approved?.event.kind !== "approved") throw new Error("nothing was approved");
    const { by } = approved.event;
    const forged = body
      .split("\n")
      .map((text) =>
        text.includes('"approved"') ? text.replace(`"by":${by}`, `"by":${by + 1}`) : text,
      );
    line.github.editComment(id, forged.join("\n"));
    line.nextRun();
    const result = await line.run("claim", { event: doorbell(line.github, issue), issue });
    expect(result).toMatchObject({ next: "none" });
    expect(result.refusals).toMatchObject([{ code: "approval-stale" }]);
  });
});

describe("a run that is repeated", () => {
  test("obeys a command once: it follows what the ledger says instead", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    line.nextRun();
    const stop = commented(line.github, {
      issue: building.issue,
      by: "ada",
      body: "/factory stop",
    });
    expect(await line.run("route", { event: stop })).toMatchObject({ stage: "needs-human" });
    line.nextRun();
    const retry = commented(line.github, {
      issue: building.issue,
      by: "ada",
      body: "/factory retry",
    });
    expect(await line.run("route", { event: retry })).toMatchObject({
      next: "line",
      stage: "ready",
    });
    const before = ledgerOf(line.github, building.issue).length;
    for (const event of [stop, retry]) {
      line.pass(30 * 86_400);
      const again = await line.run("route", { event });
      expect(again).toMatchObject({ next: "line", stage: "ready", effects: [] });
    }
    expect(ledgerOf(line.github, building.issue)).toHaveLength(before);
  });

  test("of a settlement that was stopped publishes nothing", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    CHANGES["the issue is edited"]?.[1](line, building.issue);
    await settle(line, building);
    line.github.changeIssue(building.issue, { body: "should say the name" });
    const again = await settle(line, building);
    expect(again).toMatchObject({ next: "none", refusals: [{ code: "claim-lost" }] });
    expect(publications(line)).toBe(0);
  });

  test("of a label finds that the label is gone", async () => {
    const line = newLine();
    const issue = await toProposed(line);
    const event = labeled(line.github, issue);
    const result = await line.run("open", { event, issue });
    expect(result.refusals).toMatchObject([{ code: "issue-changed" }]);
    expect(result.order).toBeUndefined();
  });
});

describe("an order of somewhere else", () => {
  test.each([
    ["another run", { runId: 7 }],
    ["another kind", { kind: "intake" as const }],
  ])("of %s is refused", async (_name, change) => {
    const line = newLine();
    const building = await toBuilding(line);
    const order = { ...building.order, ...change } as LineOrder;
    const result = await settle(line, { ...building, order });
    expect(result.refusals[0]).toMatchObject({ code: "order-invalid" });
    expect(publications(line)).toBe(0);
  });

  test.each(["id", "name", "defaultBranch", "visibility"] as const)(
    "whose repository has another %s is refused",
    async (key) => {
      const line = newLine();
      const building = await toBuilding(line);
      const other = {
        id: 78,
        name: "OWNER/other",
        defaultBranch: "trunk",
        visibility: "public",
      } as const;
      const repository = { ...building.order.repository, [key]: other[key] };
      const result = await settle(line, { ...building, order: { ...building.order, repository } });
      expect(result.refusals[0]).toMatchObject({
        code: "order-invalid",
        subject: "its repository",
      });
      expect(publications(line)).toBe(0);
    },
  );

  test("a settlement that is rung for another issue is refused", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    const issue = submit(line);
    const result = await settle(line, { ...building, issue });
    expect(result.refusals[0]).toMatchObject({ code: "order-invalid", subject: "its issue" });
    expect(publications(line)).toBe(0);
  });
});

function fail(): never {
  throw new Error("the table has no such row");
}
