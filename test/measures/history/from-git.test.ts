import { expect, test } from "vitest";
import { type GitCommit, mergesOfGit } from "../../../src/measures/history/from-git.ts";

const id = (letter: string) => letter.repeat(40);
const PERSON = "ann@example.com";
const APP = "123+coder[bot]@users.noreply.github.com";
const GITHUB = "noreply@github.com";

function commit(
  letter: string,
  parents: string,
  hour: number,
  more: Partial<GitCommit> = {},
): GitCommit {
  const at = `2026-08-01T${String(hour).padStart(2, "0")}:00:00Z`;
  return {
    ...{ id: id(letter), parents: [...parents].map(id), authoredAt: at, committedAt: at },
    ...{ author: PERSON, committer: PERSON, coAuthors: [], message: `Commit ${letter}` },
    ...more,
  };
}

/**
 * a ── b (pushed by Ann) ── m (#7 of an app, merged by Ann) ── s (#8, squashed) ── r (takes back #7) ── t (#9 takes back #8)
 *  \── x ── y ─────────────/
 */
const COMMITS: readonly GitCommit[] = [
  commit("a", "", 0),
  commit("b", "a", 1),
  commit("c", "a", 2, { author: APP, committer: APP }),
  commit("d", "c", 3, { author: APP, committer: APP, coAuthors: ["robot@example.com"] }),
  commit("e", "bd", 6, {
    committer: GITHUB,
    message: "Merge pull request #7 from OWNER/agent/1-quotes\n\nAdd quotes",
  }),
  commit("f", "e", 8, {
    ...{ author: PERSON, committer: GITHUB, coAuthors: [APP], authoredAt: "2026-08-01T05:00:00Z" },
    message: "Add labels (#8)",
  }),
  commit("1", "f", 9, {
    message: `Revert "Add quotes"\n\nThis reverts commit ${id("e")}, reversing`,
  }),
  commit("2", "1", 10, {
    committer: GITHUB,
    message: 'Revert "Add labels" (#9)\n\nReverts OWNER/notes#8',
  }),
];

const merges = (agents: readonly string[] = []) =>
  mergesOfGit({ commits: COMMITS, head: id("2"), lines: new Map(), agents });

test("each commit by which the branch went on is a change, with its pull request where GitHub named it", () => {
  expect(merges().map((one) => one.id)).toEqual([id("a"), id("b"), "#7", "#8", id("1"), "#9"]);
});

test("who wrote: the authors and co-authors of what came with it; agents are apps and who is named as one", () => {
  const writers = (agents: readonly string[]) => merges(agents).map(({ writer }) => writer);
  expect(writers([])).toEqual(["person", "person", "both", "both", "person", "person"]);
  expect(writers(["robot@example.com"])).toEqual([
    ...["person", "person", "agent", "both", "person", "person"],
  ]);
});

test("a change begins with its first commit", () => {
  const begun = Object.fromEntries(merges().map((one) => [one.id, one.begunAt]));
  expect(begun["#7"]).toBe("2026-08-01T02:00:00Z");
  expect(begun["#8"]).toBe("2026-08-01T05:00:00Z");
});

test("a person is on record who merged with a merge commit or pushed; who squashed is not known", () => {
  expect(merges().map(({ person }) => person)).toEqual([
    ...[true, true, true, undefined, true, undefined],
  ]);
});

test("taken back by git's sentence and by GitHub's, and what takes back repairs", () => {
  const told = merges().map(({ takenBackAt, repairs }) => [takenBackAt?.slice(11, 13), repairs]);
  expect(told).toEqual([
    [undefined, undefined],
    [undefined, undefined],
    ["09", undefined],
    ["10", undefined],
    [undefined, true],
    [undefined, true],
  ]);
});

test("what a branch takes back of its own never landed, and a part that is taken back leaves the rest", () => {
  const own = [
    commit("a", "", 0),
    commit("c", "a", 1),
    commit("d", "c", 2, { message: `Undo\n\nThis reverts commit ${id("c")}.` }),
    commit("b", "c", 2),
    commit("e", "ad", 3),
    commit("f", "e", 4, { message: `Undo\n\nThis reverts commit ${id("d")}.` }),
    // What it names was rewritten before it landed.
    commit("1", "f", 5, { message: `Undo\n\nThis reverts commit ${id("9")}.` }),
  ];
  const found = mergesOfGit({ commits: own, head: id("1"), lines: new Map(), agents: [] });
  expect(found.map(({ takenBackAt }) => takenBackAt)).toEqual(Array(4).fill(undefined));
  expect(found.map(({ repairs }) => repairs)).toEqual([undefined, undefined, true, undefined]);
});

test("only GitHub's own committer names a pull request, and a clock that went wrong tells no beginning", () => {
  const [one] = mergesOfGit({
    commits: [commit("a", "", 1, { message: "Fix it (#3)", authoredAt: "2026-08-02T00:00:00Z" })],
    ...{ head: id("a"), lines: new Map(), agents: [] },
  });
  expect(one).toMatchObject({ id: id("a") });
  expect(one).not.toHaveProperty("begunAt");
});
