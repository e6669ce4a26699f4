import { describe, expect, test } from "vitest";
import type { ControlResult } from "../../../../src/control/observed/situation.ts";
import type { ChangedFile } from "../../../../src/domain/change-set.ts";
import type { Effect } from "../../../../src/domain/github/effect.ts";
import type { TwoSides } from "../../../../src/domain/github/unblock.ts";
import type { TestLine } from "../../line.ts";
import {
  ask,
  KEPT,
  mended,
  settle,
  unblockOrderOf,
  type Work,
  withPull,
  wordsOn,
} from "./unblocking.ts";

async function begun(body = "/factory unblock") {
  const { line, pull } = withPull();
  const { event, result } = await ask(line, pull, { body });
  return { line, pull, event, order: unblockOrderOf(result) };
}

/** What it cost is written down first. */
function besideCost({ effects }: ControlResult): readonly Effect[] {
  const [cost, ...others] = effects;
  expect(cost).toMatchObject({ kind: "write-comment", key: expect.stringMatching(/ended$/) });
  return others;
}

const noTests = { ...KEPT, tests: null };
const lost = {
  ...KEPT,
  tests: { ...KEPT.tests, lost: { total: 1, names: ["greets nobody"] } },
} as TwoSides["sides"]["head"];

function failing(work: Work, name: string): Work {
  const evidence = work.verify.evidence.map((piece) =>
    piece.kind === "check" && piece.name === name
      ? ({ ...piece, status: "failed", exitCode: 1 } as const)
      : piece,
  );
  return { ...work, verify: { ...work.verify, evidence } };
}

function withFile(line: TestLine, work: Work, file: ChangedFile): Work {
  const changeSet = {
    ...work.implement.changeSet,
    files: [...work.implement.changeSet.files, file],
  };
  const subject = { ...work.verify.subject, tree: line.github.treeWith(changeSet) };
  return { implement: { ...work.implement, changeSet }, verify: { ...work.verify, subject } };
}

const text = (path: string): ChangedFile => ({
  ...{ path, mode: "100644", encoding: "utf-8", content: "x\n" },
});

describe("what mends a pull request", () => {
  test("is offered on a branch of its own, which begins at the head and merges the base in", async () => {
    const { line, pull, event, order } = await begun();
    const result = await settle(line, { event, order, work: mended(line, order) });
    expect(result).toMatchObject({ next: "none", refusals: [], ok: true });
    const [claim, publish, ...others] = besideCost(result);
    expect(others.map(({ kind }) => kind)).toEqual(["write-comment"]);
    expect(claim).toMatchObject({
      kind: "claim-branch",
      branch: `factory/unblock-${pull}-${order.runId}`,
      sha: order.unblock.head,
    });
    expect(publish).toMatchObject({
      kind: "publish-commit",
      parents: [order.unblock.head, order.base],
    });
    const [said] = await wordsOn(line, pull);
    expect(said).toContain("Mended, and every test of both sides passes");
    expect(said).toContain("git merge --ff-only FETCH_HEAD");
    expect(said).toContain(
      "| new tests | 1 | 1 |\n| tests that pass here | 3 | 3 |\n| tests lost | none | none |\n| hunks dropped | none | none |",
    );
  });

  test("is a commit on its own branch where somebody with write said so, and no branch is made", async () => {
    const { line, event, order } = await begun("/factory unblock push");
    const work = mended(line, order, { mergeBase: order.base });
    const result = await settle(line, { event, order, work });
    const [publish, ...others] = besideCost(result);
    expect(others.map(({ kind }) => kind)).toEqual(["write-comment"]);
    expect(publish).toMatchObject({ branch: "greet", parents: [order.unblock.head] });
  });

  test("is offered once: the same job again finds what it made", async () => {
    const { line, pull, event, order } = await begun();
    const given = { event, order, work: mended(line, order) };
    await settle(line, given);
    const again = await settle(line, given);
    expect(again).toMatchObject({ refusals: [], ok: true });
    expect(await wordsOn(line, pull)).toHaveLength(1);
  });

  test.each<[string, (line: TestLine, work: Work) => Work, string]>([
    ["a test of one side is lost", (_, work) => sides(work, { head: lost }), "greets nobody"],
    ["nobody can tell of a side", (_, work) => sides(work, { base: noTests }), "unproven"],
    ["a check fails", (_, work) => failing(work, "lint"), "lint"],
    [
      "a check did not run",
      (_, work) => ({
        ...work,
        verify: { ...work.verify, evidence: work.verify.evidence.slice(1) },
      }),
      "lint",
    ],
    [
      "the conflict lies in a protected path",
      (_, work) => sides(work, {}, { conflicts: ["AGENTS.md"] }),
      "AGENTS.md",
    ],
    [
      "a protected path was edited beyond it",
      (line, work) =>
        withFile(line, sides(work, {}, { edited: ["package.json"] }), text("package.json")),
      "package.json",
    ],
    [
      "the pull request changes a workflow",
      (line, work) => withFile(line, work, text(".github/workflows/ci.yml")),
      "ci.yml",
    ],
    [
      "verify looked at another head",
      (_, work) => sides(work, {}, { head: "9".repeat(40) }),
      "both sides",
    ],
    [
      "nobody looked for both sides",
      (_, work) => {
        const { twoSides: _two, ...verify } = work.verify;
        return { ...work, verify };
      },
      "both sides",
    ],
  ])("is not offered where %s, and no branch is touched", async (_, spoil, word) => {
    const { line, pull, event, order } = await begun();
    const work = spoil(line, mended(line, order));
    const result = await settle(line, { event, order, work });
    expect(besideCost(result).map(({ kind }) => kind)).toEqual(["write-comment"]);
    const [said] = await wordsOn(line, pull);
    expect(said).toContain("Nothing was offered, and no branch was touched");
    expect(said).toContain(word);
  });

  test("what the pull request itself changes in a protected path is its author's, and the comment says what that means", async () => {
    const { line, pull, event, order } = await begun();
    const work = withFile(line, mended(line, order), text("AGENTS.md"));
    const result = await settle(line, { event, order, work });
    expect(result).toMatchObject({ refusals: [], ok: true });
    expect((await wordsOn(line, pull))[0]).toContain("this proof rests on that: `AGENTS.md`");
  });

  test("is not offered on a head that moved meanwhile", async () => {
    const { line, pull, event, order } = await begun("/factory unblock push");
    line.github.changePullRequest(pull, { head: { branch: "greet", sha: "8".repeat(40) } });
    const result = await settle(line, { event, order, work: mended(line, order) });
    expect(result.refusals.map(({ code }) => code)).toEqual(["base-moved"]);
    expect(besideCost(result).map(({ kind }) => kind)).toEqual(["write-comment"]);
  });

  test("is said where GitHub refuses the commit, too", async () => {
    const { line, pull, event, order } = await begun("/factory unblock push");
    line.github.refuseNext("publish-commit", {
      status: 422,
      reason: "Update is not a fast forward",
    });
    const result = await settle(line, { event, order, work: mended(line, order) });
    expect(result.ok).toBe(false);
    expect((await wordsOn(line, pull)).at(-1)).toContain("Nothing was offered");
  });

  test.each(["implement", "verify"] as const)(
    "is nothing without %s, which is said",
    async (name) => {
      const { line, pull, event, order } = await begun();
      const { [name]: _, ...rest } = mended(line, order);
      await settle(line, { event, order, work: rest });
      expect((await wordsOn(line, pull))[0]).toContain(name);
    },
  );

  test("is not written on another pull request than the one that was asked on", async () => {
    const { line, event, order } = await begun();
    const other = {
      ...event,
      payload: { ...event.payload, issue: { number: 999, pull_request: {} } },
    };
    const result = await settle(line, { event: other, order, work: mended(line, order) });
    expect(result).toMatchObject({ effects: [] });
    expect(result.refusals.map(({ code }) => code)).toEqual(["order-invalid"]);
  });
});

function sides(work: Work, change: Partial<TwoSides["sides"]>, more: Partial<TwoSides> = {}): Work {
  const { twoSides } = work.verify;
  if (twoSides === undefined) throw new Error("no sides");
  const all = { ...twoSides, ...more, sides: { ...twoSides.sides, ...change } };
  return { ...work, verify: { ...work.verify, twoSides: all } };
}
