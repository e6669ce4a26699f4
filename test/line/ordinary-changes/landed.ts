import { execFileSync } from "node:child_process";
import { expect } from "vitest";
import { label, open, REPOSITORY, type World } from "../rig.ts";
import { standing } from "../standing.ts";
import type { Expected } from "./changes.ts";

function git(world: World, ...words: readonly string[]): Buffer {
  const folder = world.twin.gitDirectoryOf(REPOSITORY);
  return execFileSync("git", ["--git-dir", folder, ...words], { maxBuffer: 50_000_000 });
}

/** Mode and object of a path on the default branch; empty where there is none. */
export function entryAt(world: World, path: string): string {
  const words = ["ls-tree", "-z", "main", "--", `:(literal)${path}`];
  return (
    git(world, ...words)
      .toString()
      .split("\0")[0] ?? ""
  );
}

export function expectLanded(world: World, files: Readonly<Record<string, Expected>>): void {
  for (const [path, file] of Object.entries(files)) {
    const entry = entryAt(world, path);
    if (file === null) {
      expect(entry.includes(" blob "), `${path} is gone`).toBe(false);
      continue;
    }
    expect(entry.split(" ")[0], path).toBe(file.mode);
    expect(git(world, "cat-file", "blob", `main:${path}`).equals(file.bytes), path).toBe(true);
  }
}

/** A person merges what the factory may not, and the factory records it. */
export async function mergeByPerson(world: World, number: number): Promise<void> {
  await world.send("PUT", `/pulls/${number}/merge`, {});
  await world.idle();
}

/** An issue that asks for these changes, until they are on the default branch and nothing was refused on the way. */
export async function land(
  world: World,
  list: {
    readonly title: string;
    readonly files: Readonly<Record<string, Expected>>;
    /** Whether a person has to merge them. */
    readonly byPerson: boolean;
  },
): Promise<void> {
  const issue = await open(world, { title: list.title, body: "As listed." });
  await label(world, issue);
  const pulls = (await standing(world, issue)).pulls.filter(({ state }) => state === "open");
  if (list.byPerson) await mergeByPerson(world, pulls[0]?.number ?? 0);
  const found = await standing(world, issue);
  expect(found.stages, found.ask).toEqual(["done"]);
  expect(found.events).not.toContain("refused");
  expectLanded(world, list.files);
}
