import { expect, test } from "vitest";
import { decideOperationalReview } from "../../../../src/control/tasks/operational-review/operational-review.ts";
import { LEDGER_MARKER } from "../../../../src/wording/issue/ledger-comment.ts";
import { REVIEW_MARKER } from "../../../../src/wording/pages/report/review-issue.ts";
import { newLine, schedule, type TestLine, toProposed } from "../../line.ts";
import { viewOf } from "../../outcome/building.ts";

async function review(line: TestLine) {
  line.nextRun();
  return line.run("operational-review", { event: schedule });
}

function bodyOf({ github }: TestLine): string {
  const last = github.applied.findLast(
    ({ effect }) => effect.kind === "open-issue" || effect.kind === "edit-issue",
  );
  return last !== undefined && "body" in last.effect ? last.effect.body : "";
}

function written({ github }: TestLine): readonly string[] {
  return github.applied
    .map(({ effect }) => effect.kind)
    .filter((kind) => kind === "open-issue" || kind === "edit-issue");
}

test("one issue, opened once and edited in place each week", async () => {
  const line = newLine();
  expect(await review(line)).toMatchObject({ ok: true });
  line.pass(7 * 86_400);
  expect(await review(line)).toMatchObject({ ok: true });
  expect(written(line)).toEqual(["open-issue", "edit-issue"]);
  expect(bodyOf(line).split("\n").at(-1)).toBe(REVIEW_MARKER);
});

test("it counts the ledgers, and its summary says the same", async () => {
  const line = newLine();
  const issue = await toProposed(line);
  line.pass(90 * 60);
  const { summary } = await review(line);
  for (const text of [bodyOf(line), summary]) {
    expect(text).toContain("1 issue waits for a person, the longest for 1 h 30 min.");
    expect(text).toContain(`[${issue}](https://github.com/OWNER/app/issues/${issue})`);
    expect(text).toContain("Unknown because nothing was merged");
    expect(text).toContain("xychart-beta");
  }
  expect(summary).not.toContain(REVIEW_MARKER);
});

test("a ledger that nobody believes is not counted, and named", async () => {
  const line = newLine();
  await toProposed(line);
  const ledger = line.github.applied.findLast(
    ({ effect }) => effect.kind === "write-comment" && effect.body.startsWith(LEDGER_MARKER),
  );
  if (ledger?.effect.kind !== "write-comment") throw new Error("expected a ledger");
  const { number: comment } = ledger.receipt as { readonly number: number };
  line.github.editComment(comment, ledger.effect.body.replace('"sequence":2', '"sequence":7'));
  await review(line);
  expect(bodyOf(line)).toMatch(/Not counted: the ledger of issue \d+/);
});

test.each<readonly [string, Parameters<typeof newLine>[0], object]>([
  ["a config that nobody can read", { config: "version: 2" }, { code: "config-invalid" }],
])("nothing is written with %s", async (_, options, refusal) => {
  const line = newLine(options);
  expect(await review(line)).toMatchObject({ effects: [], refusals: [refusal], next: "none" });
  expect(written(line)).toEqual([]);
});

test("nor for somebody who may not ask for it, nor where nobody knows the open issues", () => {
  const view = viewOf();
  const stranger = { id: 9, login: "rea", type: "User", permission: "read" } as const;
  const asked = { ...view, actor: stranger, input: { ...view.input, task: "operational-review" } };
  expect(decideOperationalReview(asked as never)).toMatchObject({ effects: [] });
  const unknown = { ...view.snapshot, openIssues: { unknown: "cut" } };
  expect(decideOperationalReview({ ...view, snapshot: unknown } as never)).toMatchObject({
    effects: [],
    refusals: [{ code: "state-unknown", subject: "the open issues", found: "cut" }],
  });
});
