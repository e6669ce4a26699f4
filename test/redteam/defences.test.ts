import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { CATALOGUE } from "./catalogue.ts";
import { DEFENCES } from "./defence-table.ts";

const ROOT = new URL("../../", import.meta.url);

/** Cheap: that a row can be played. `npm run redteam -- --defences` plays it. */
describe.each(DEFENCES)("$id", ({ edits, attacks }) => {
  test.each(edits)("$file holds what is taken away exactly once", ({ file, find, replace }) => {
    expect(readFileSync(new URL(file, ROOT), "utf8").split(find)).toHaveLength(2);
    expect(replace).not.toBe(find);
  });

  test("its attacks are in the catalogue", () => {
    const known = CATALOGUE.map(({ id }) => id);
    expect(attacks.length).toBeGreaterThan(0);
    expect(known).toEqual(expect.arrayContaining([...attacks]));
  });
});

test("every defence has an id of its own", () => {
  const ids = DEFENCES.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
