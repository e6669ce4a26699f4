import { describe, expect, test } from "vitest";
import { git } from "../../../../src/twin/github/git/git.ts";
import {
  asksOfObjects,
  createLastingAnswers,
} from "../../../../src/twin/github/git/lasting-answers.ts";
import { refTip, resolveRevision } from "../../../../src/twin/github/git/read-refs.ts";
import { createWorld } from "../world.ts";

const ID = "0123456789abcdef0123456789abcdef01234567";
const OTHER = "f".repeat(40);

describe("what git answers the same for ever", () => {
  test.each([
    { command: ["rev-parse", "--verify", `${ID}^{commit}`] },
    { command: ["cat-file", "blob", ID] },
    { command: ["cat-file", "blob", `${ID}:a folder/with\na file`] },
    { command: ["cat-file", "--batch"], input: `${ID}\n${OTHER}\n` },
    { command: ["ls-tree", "-r", ID, "--", "heads/main"] },
    { command: ["rev-list", ID, `^${OTHER}`] },
    { command: ["diff-tree", "-M", ID, OTHER] },
    { command: ["merge-tree", "--write-tree", ID, OTHER] },
    { command: ["hash-object", "-t", "commit", "-w", "--stdin"], input: "tree" },
    { command: ["check-ref-format", "refs/heads/main"] },
  ])("$command", ({ command, input }) => {
    expect(asksOfObjects(command, input ?? "")).toBe(true);
  });

  test.each([
    { command: ["rev-parse", "--verify", "refs/heads/main^{commit}"] },
    { command: ["rev-parse", "--verify", ID.slice(0, 12)] },
    { command: ["rev-parse", "--verify", `${ID}^{/words}`] },
    { command: ["cat-file", "--batch"], input: `${ID}\nHEAD\n` },
    { command: ["cat-file", "--batch"] },
    { command: ["rev-list", ID, "^refs/heads/main"] },
    { command: ["rev-list", "--all", ID, "HEAD"] },
    { command: ["update-ref", ID, OTHER] },
    { command: ["merge-tree", "--write-tree", "main", OTHER] },
    { command: ["hash-object", "-w", "a file"] },
    { command: ["for-each-ref"] },
    { command: [] },
  ])("not $command", ({ command, input }) => {
    expect(asksOfObjects(command, input ?? "")).toBe(false);
  });
});

describe("an answer", () => {
  const answers = () =>
    createLastingAnswers<string>({ most: 2, lasts: (answer) => answer !== "not yet" });

  test("is asked for once, also by two at once", async () => {
    const known = answers();
    let asked = 0;
    const ask = async () => `answer ${++asked}`;
    expect(await Promise.all([known.get("q", ask), known.get("q", ask)])).toEqual([
      "answer 1",
      "answer 1",
    ]);
    expect(await known.get("q", ask)).toBe("answer 1");
  });

  test("that may change is asked for again, and so is a failure", async () => {
    const known = answers();
    expect(await known.get("q", async () => "not yet")).toBe("not yet");
    await expect(known.get("q", () => Promise.reject(new Error("no git")))).rejects.toThrow(
      "no git",
    );
    expect(await known.get("q", async () => "now")).toBe("now");
  });

  test("gives way to younger ones", async () => {
    const known = answers();
    for (const question of ["a", "b", "c"]) await known.get(question, async () => question);
    expect(await known.get("c", async () => "again")).toBe("c");
    expect(await known.get("a", async () => "again")).toBe("again");
  });
});

describe("a ref", () => {
  test("is where it was moved to last, packed or not, and gone when it is deleted", async () => {
    await using world = await createWorld();
    const { gitDirectory } = world;
    const found = () =>
      Promise.all([
        refTip(gitDirectory, "refs/heads/main"),
        resolveRevision(gitDirectory, "refs/heads/main"),
        resolveRevision(gitDirectory, "heads/main"),
        resolveRevision(gitDirectory, "main"),
      ]);
    const all = (id: string | undefined) => [id, id, id, id];
    const first = await resolveRevision(gitDirectory, "main");
    expect(await found()).toEqual(all(first));
    await git(gitDirectory, ["pack-refs", "--all"]);
    expect(await found()).toEqual(all(first));
    const second = await world.commit({ "a.txt": "a\n" });
    expect(second).not.toBe(first);
    expect(await found()).toEqual(all(second));
    await git(gitDirectory, ["update-ref", "-d", "refs/heads/main"]);
    expect(await found()).toEqual(all(undefined));
  });

  test("of an annotated tag is the tag's own object, and peels to its commit", async () => {
    await using world = await createWorld();
    const { gitDirectory } = world;
    const commit = await world.commit({ "a.txt": "a\n" });
    const environment = { GIT_COMMITTER_NAME: "A", GIT_COMMITTER_EMAIL: "a@example.com" };
    await git(gitDirectory, ["tag", "-a", "-m", "One", "v1", commit], { environment });
    const tag = await refTip(gitDirectory, "refs/tags/v1");
    expect(await git(gitDirectory, ["cat-file", "-t", tag ?? ""])).toBe("tag");
    expect(await resolveRevision(gitDirectory, "refs/tags/v1")).toBe(commit);
  });

  test.each(["refs/heads/../../HEAD", "refs/heads/main.lock", "refs/heads", "heads/"])(
    "%s is none",
    async (name) => {
      await using world = await createWorld();
      expect(await refTip(world.gitDirectory, name)).toBeUndefined();
      expect(await resolveRevision(world.gitDirectory, name)).toBeUndefined();
    },
  );

  test("that was not there is found once it is, and so is an object", async () => {
    await using world = await createWorld();
    const { gitDirectory } = world;
    expect(await resolveRevision(gitDirectory, "refs/heads/later")).toBeUndefined();
    const commit = await world.commit({ "a.txt": "a\n" }, "later", "main");
    expect(await resolveRevision(gitDirectory, "refs/heads/later")).toBe(commit);

    const input = "an object that comes later";
    const blob = await git(gitDirectory, ["hash-object", "--stdin"], { input });
    expect(await resolveRevision(gitDirectory, blob, "blob")).toBeUndefined();
    await git(gitDirectory, ["hash-object", "-w", "--stdin"], { input });
    expect(await resolveRevision(gitDirectory, blob, "blob")).toBe(blob);
  });
});
