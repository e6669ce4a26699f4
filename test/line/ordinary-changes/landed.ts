import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { expect } from "vitest";
import { label, open, REPOSITORY, type World } from "../rig.ts";
import { standing } from "../standing.ts";
import type { Expected } from "./changes.ts";

/** All that stands on the default branch: by its path mode, kind and object, as `ls-tree` says them. One process for a change. */
function entriesOf(world: World): ReadonlyMap<string, string> {
  const folder = world.twin.gitDirectoryOf(REPOSITORY);
  const words = ["--git-dir", folder, "ls-tree", "-r", "-z", "main"];
  const lines = execFileSync("git", words, { maxBuffer: 50_000_000 }).toString().split("\0");
  return new Map(
    lines.map((line) => [line.slice(line.indexOf("\t") + 1), line.slice(0, line.indexOf("\t"))]),
  );
}

/** Mode, kind and object of a path on the default branch; empty where there is none. */
export function entryAt(world: World, path: string): string {
  return entriesOf(world).get(path) ?? "";
}

export function expectLanded(world: World, files: Readonly<Record<string, Expected>>): void {
  const entries = entriesOf(world);
  for (const [path, file] of Object.entries(files)) {
    const [mode, kind, id] = entries.get(path)?.split(" ") ?? [];
    if (file === null) {
      expect(kind === "blob", `${path} is gone`).toBe(false);
      continue;
    }
    expect(mode, path).toBe(file.mode);
    // Git names a file by its bytes: the same name, the same bytes.
    expect({ kind, id }, path).toEqual({ kind: "blob", id: blobId(file.bytes) });
  }
}

function blobId(bytes: Buffer): string {
  return createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
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
