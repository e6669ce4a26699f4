import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  type OpenedRepository,
  openRepository,
} from "../../../src/adapters/repository/repository.ts";
import { createGitFixture, type GitFixture } from "./fixture.ts";

const file = (content: string) => ({ mode: "100644", content });

let fixture: GitFixture;
let scratch: string;
let opened: OpenedRepository | undefined;

async function open(directory = fixture.directory): Promise<OpenedRepository> {
  opened = await openRepository(directory, { scratch });
  return opened;
}

beforeEach(() => {
  fixture = createGitFixture();
  scratch = mkdtempSync(join(tmpdir(), "scratch-"));
});
afterEach(async () => {
  await opened?.close();
  rmSync(scratch, { recursive: true });
  fixture.remove();
});

/** A commit on top of another with the tree of a third, and a message. */
function say(message: string, parent: string, tree = parent): string {
  return fixture.git(["commit-tree", `${tree}^{tree}`, "-p", parent, "-m", message]);
}

describe("recent", () => {
  test("is the commits of the last 90 days before the commit with their paths, whatever these are called", async () => {
    fixture.commit({ a: file("0"), old: file("0") }, "2026-01-01T00:00:00Z");
    const odd = "0".repeat(40);
    const first = fixture.commit({ a: file("1"), [odd]: file("0") }, "2026-10-01T00:00:00Z");
    const last = fixture.commit({ a: file("2"), "b\nc": file("1") }, "2026-11-01T00:00:00Z");
    const recent = await (await open()).recent(last);
    expect(recent?.map(({ id, paths }) => [id, [...paths].sort()])).toEqual([
      [last, [odd, "a", "b\nc"]],
      [first, [odd, "a", "old"]],
    ]);
  });

  test("tells what a commit takes back by git's sentence, and what it mends by its trailers", async () => {
    const bad = fixture.commit({ a: file("1") });
    const back = say(`Revert "x"\n\nThis reverts commit ${bad}.`, bad);
    const mend = say(`Mend\n\nFixes: ${bad.slice(0, 12)} ("x")\nFixes: #12`, back);
    const last = say(`I say: This reverts commit ${bad}.\nFixes:${bad}`, mend);
    const recent = await (await open()).recent(last);
    expect(recent?.map(({ reverts, mends }) => [reverts, mends])).toEqual([
      [[], []],
      [[], [bad.slice(0, 12)]],
      [[bad], []],
      [[], []],
    ]);
  });

  test("tells of a merge that is taken back the commits that it brought", async () => {
    const base = fixture.commit({ a: file("1") });
    const [first, second] = ["first", "second"].map((name) => say(name, base)) as [string, string];
    const side = say("more", first);
    const tree = `${base}^{tree}`;
    const mergeOf = (parent: string, other: string) =>
      fixture.git(["commit-tree", tree, "-p", parent, "-p", other, "-m", "m"]);
    const good = mergeOf(base, second);
    const bad = mergeOf(good, side);
    const back = say(`Take back\n\nReverts: ${bad}\nVerified-Tree: ${base}`, bad);
    const gone = "d".repeat(40);
    const last = say(
      `Revert "m"\n\nThis reverts commit ${bad}, reversing\nThis reverts commit ${gone}.`,
      back,
    );
    const recent = await (await open()).recent(last);
    const found = new Map(recent?.map(({ id, reverts }) => [id, [...reverts].sort()]));
    expect(found.get(back)).toEqual([first, side].sort());
    expect(found.get(last)).toEqual([first, side, gone].sort());
    expect(found.get(second)).toEqual([]);
  });

  test("leaves merges out", async () => {
    const base = fixture.commit({ a: file("1") });
    const side = say("side", base);
    const merge = fixture.git(["commit-tree", `${base}^{tree}`, "-p", base, "-p", side, "-m", "m"]);
    const recent = await (await open()).recent(merge);
    expect(recent?.map(({ id }) => id).sort()).toEqual([base, side].sort());
  });

  test("and earlier versions are unknown where the history is cut", async () => {
    fixture.commit({ a: file("1") });
    const last = fixture.commit({ a: file("2") });
    const shallow = join(scratch, "shallow");
    fixture.git(["clone", "-q", "--depth=1", `file://${fixture.directory}`, shallow]);
    const repository = await open(shallow);
    expect(await repository.recent(last)).toBeUndefined();
    expect(await repository.ancestor(last, 0)).toBeUndefined();
    expect(await repository.versions(last, "a", 3)).toEqual([]);
  });
});

describe("ancestor", () => {
  test("is the newest commit by first parents that is at least so many days older", async () => {
    const oldest = fixture.commit({ a: file("1") }, "2025-10-01T00:00:00Z");
    const older = fixture.commit({ a: file("2") }, "2025-11-01T00:00:00Z");
    const last = fixture.commit({ a: file("3") }, "2026-11-01T00:00:00Z");
    const repository = await open();
    expect(await repository.ancestor(last, 365)).toBe(older);
    expect(await repository.ancestor(last, 366)).toBe(oldest);
    expect(await repository.ancestor(last, 400)).toBeUndefined();
    expect(await repository.ancestor(older, 1)).toBe(oldest);
  });
});

test("versions are those of the file alone, the newest first, without those in which it was gone", async () => {
  fixture.commit({ a: file("1"), b: file("1") });
  fixture.commit({ b: file("1") });
  fixture.commit({ a: file("2"), b: file("1") });
  const last = fixture.commit({ a: file("2"), b: file("2") });
  const repository = await open();
  const texts = async (most: number) =>
    (await repository.versions(last, "a", most)).map((bytes) => Buffer.from(bytes).toString());
  expect(await texts(9)).toEqual(["2", "1"]);
  expect(await texts(1)).toEqual(["2"]);
  await expect(repository.versions("HEAD", "a", 1)).rejects.toThrow(/object id/);
});
