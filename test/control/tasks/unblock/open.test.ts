import { describe, expect, test } from "vitest";
import type { PullRequestState } from "../../../../src/domain/github/snapshot.ts";
import { ask, NO_CHECKS, unblockOrderOf, withPull, wordsOn } from "./unblocking.ts";

const RED = {
  name: "unit",
  key: "ci/unit",
  state: "failed",
  marks: [{ path: "src/a.ts", line: 3, message: "found 2" }],
  tail: ["exit 1"],
} as const;

describe("a pull request that somebody wants mended", () => {
  test.each([
    ["/factory unblock", "suggestion"],
    ["/factory unblock push", "branch"],
  ])("is pinned by %s, which says where the result goes", async (body, onto) => {
    const { line, pull } = withPull();
    const { head } = line.github.pullRequest(pull);
    const { result } = await ask(line, pull, { body, by: "wil" });
    expect(result).toMatchObject({ next: "unblock", refusals: [], ok: true });
    expect(unblockOrderOf(result)).toMatchObject({
      base: line.github.head(),
      actor: { login: "wil", permission: "write" },
      unblock: { pullRequest: pull, head: head.sha, branch: "greet", onto, red: [] },
    });
    expect(await wordsOn(line, pull)).toEqual([]);
  });

  test("is pinned by the label, which never asks for a commit on the branch", async () => {
    const { line, pull } = withPull();
    const { id, login, type } = line.github.actor("wil");
    const payload = (label: string) => ({
      action: "labeled",
      label: { name: label },
      pull_request: { number: pull },
      sender: { id, login, type },
    });
    line.nextRun();
    const event = { name: "pull_request", payload: payload("factory:unblock") };
    const result = await line.run("route", { event });
    expect(unblockOrderOf(result).unblock.onto).toBe("suggestion");
    const other = { name: "pull_request", payload: payload("factory:queued") };
    expect(await line.run("route", { event: other })).toMatchObject({ next: "none", effects: [] });
  });

  test("takes along what its red checks say, and why they are red as far as facts tell", async () => {
    const { line, pull } = withPull();
    const base = {
      commit: line.github.head(),
      states: { "ci/unit": "passed", "ci/old": "failed" },
    };
    line.github.checked({
      known: {
        ...NO_CHECKS,
        bases: [base as never],
        changed: ["src/a.ts"],
        checks: [
          { ...RED, run: { id: 5, attempt: 2 } },
          { ...RED, name: "old", key: "ci/old" },
          { ...RED, name: "once", key: "ci/once", run: { id: 6, attempt: 1 } },
          { ...RED, name: "green", key: "ci/green", state: "passed" },
        ],
      },
    });
    const { result } = await ask(line, pull);
    expect(unblockOrderOf(result).unblock.red).toEqual([
      { name: "unit", cause: "change", lines: ["src/a.ts:3: found 2", "exit 1"] },
      { name: "old", cause: "base", lines: ["src/a.ts:3: found 2", "exit 1"] },
      { name: "once", cause: "unknown", lines: ["src/a.ts:3: found 2", "exit 1"] },
    ]);
  });

  test("goes on where nobody knows how its checks stand: a conflict needs none of them", async () => {
    const { line, pull } = withPull();
    line.github.checked({ unknown: "too many" });
    expect(unblockOrderOf((await ask(line, pull)).result).unblock.red).toEqual([]);
  });

  test.each<[string, Partial<PullRequestState>, string]>([
    ["a fork's", { fork: true }, "lies in a fork"],
    ["closed", { state: "closed" }, "not open"],
    [
      "the factory's own",
      { head: { branch: "factory/quality-20261129", sha: "a".repeat(40) } },
      "own",
    ],
    ["for another branch", { base: { branch: "next", sha: "a".repeat(40) } }, "goes into"],
  ])("is refused where it is %s, and says so", async (_, change, word) => {
    const { line, pull } = withPull();
    line.github.changePullRequest(pull, change);
    const { result } = await ask(line, pull);
    expect(result.next).toBe("none");
    expect(result.order).toBeUndefined();
    const [said, ...others] = await wordsOn(line, pull);
    expect(others).toEqual([]);
    expect(said).toContain("Nothing was offered, and no branch was touched");
    expect(said).toContain(word);
  });

  test("is refused where nobody knows whether its branch lies in a fork", async () => {
    const { line, pull } = withPull();
    const { fork: _, ...known } = line.github.pullRequest(pull);
    line.github.changePullRequest(pull, { ...known, fork: undefined } as never);
    expect((await ask(line, pull)).result.next).toBe("none");
  });

  test.each(["rea", "tri", "helper[bot]"])(
    "is not begun for %s, and nothing is said",
    async (by) => {
      const { line, pull } = withPull();
      const { result } = await ask(line, pull, { by });
      expect(result).toMatchObject({ next: "none", effects: [] });
      expect(result.refusals.map(({ code }) => code)).toEqual(["actor-not-permitted"]);
      expect(await wordsOn(line, pull)).toEqual([]);
    },
  );

  test("is not begun for a comment that was edited or taken away before it was heard", async () => {
    const { line, pull } = withPull();
    const { event } = await ask(line, pull);
    line.github.editComment(event.payload.comment.id, "/factory unblock push");
    expect(await line.run("route", { event })).toMatchObject({ next: "none", effects: [] });
    line.github.deleteComment(event.payload.comment.id);
    expect(await line.run("route", { event })).toMatchObject({ next: "none", effects: [] });
  });

  test("waits while the andon is up, and says so", async () => {
    const { line, pull } = withPull();
    line.github.addIssue({ author: "ada", title: "", body: "", labels: ["factory:andon"] });
    const { result } = await ask(line, pull);
    expect(result.next).toBe("none");
    expect((await wordsOn(line, pull))[0]).toContain("The line is stopped");
  });
});
