import { readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ADDITIONS } from "./additions/all.ts";
import { copyWith } from "./additions/changed-copy.ts";
import { root } from "./bundles.ts";

/** The files that the line of AGENTS.md names for an addition; `<…>` stands for a name that its author chooses. */
function namedFor(what: string): readonly RegExp[] {
  const map = readFileSync(join(root, "AGENTS.md"), "utf8");
  const line = map.split("\n").find((text) => text.startsWith(`| ${what} |`));
  if (line === undefined) throw new Error(`AGENTS.md does not say where ${what} is added`);
  return [...line.matchAll(/`([^`]+)`/g)].map(([, path = ""]) => {
    const escaped = path.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    return new RegExp(`^${escaped.replace(/<[^>]+>/g, "[^/]+")}$`);
  });
}

describe("what is added touches the files that AGENTS.md names, and no other", () => {
  let folder: string;

  beforeAll(async () => {
    folder = await copyWith(root, ADDITIONS);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test.each(ADDITIONS)("$what", async ({ what, edits, expected }) => {
    const named = namedFor(what);
    for (const { file } of edits)
      expect(
        named.some((path) => path.test(file)),
        file,
      ).toBe(true);
    const index = ADDITIONS.findIndex((addition) => addition.what === what);
    const proof = (await import(join(folder, `proof-${index}.ts`))) as { readonly shown: unknown };
    expect(proof.shown).toEqual(expected);
  });
});
