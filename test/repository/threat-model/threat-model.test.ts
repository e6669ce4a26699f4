import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { FAMILIES } from "../../redteam/attack.ts";
import { CATALOGUE } from "../../redteam/catalogue.ts";
import { root } from "../bundles.ts";
import {
  attacksOn,
  DOCUMENT,
  entries,
  files,
  invariants,
  readProof,
  withSections,
} from "./sections.ts";

const { testTitles } = (await import(join(root, "scripts/documents/test-titles.mjs"))) as {
  testTitles(source: string): ReadonlySet<string>;
};
const document = readFileSync(join(root, DOCUMENT), "utf8");

test("the threat model says what line, attacks and tests say; -u writes it", async () => {
  await expect(withSections(document)).toMatchFileSnapshot(join(root, DOCUMENT));
});

test("canary: a section that somebody edited is noticed, one that is gone is an error", () => {
  expect(withSections(document.replace("| claim (control)", "| claim (worker)"))).toBe(document);
  expect(() => withSections(document.replaceAll("catalogue -->", ""))).toThrow(/no place/);
});

describe("the catalogue", () => {
  /** How many entries each family of threats has. */
  const SIZES = {
    AG: 24,
    IN: 10,
    EV: 12,
    WF: 15,
    RT: 14,
    NET: 8,
    GIT: 20,
    OUT: 12,
    DEP: 6,
    QA: 11,
    PER: 5,
    GOV: 9,
  };

  test.each(FAMILIES)("has every entry of %s, in order", (family) => {
    const ids = Object.keys(entries).filter((id) => id.startsWith(`${family}-`));
    const numbers = Array.from({ length: SIZES[family] }, (_, index) => `${index + 1}`);
    expect(ids).toEqual(numbers.map((number) => `${family}-${number.padStart(2, "0")}`));
  });

  test.each(Object.entries(entries))(
    "%s is played, held, cannot apply, or is said to be open",
    (id, entry) => {
      const said = [...attacksOn(id), ...entry.by, entry.cannot, entry.open];
      expect(said.filter((one) => one !== undefined)).not.toEqual([]);
      expect(entry.by.filter((name) => files[name] === undefined)).toEqual([]);
    },
  );

  test("knows what every attack plays", () => {
    const played = CATALOGUE.flatMap(({ id, also = [] }) => [id.slice(0, -1), ...also]);
    expect(played.filter((id) => entries[id] === undefined)).toEqual([]);
  });

  test("names files of tests that exist, and none in vain", () => {
    expect(Object.values(files).filter((path) => !existsSync(join(root, path)))).toEqual([]);
    const named = new Set(Object.values(entries).flatMap(({ by }) => by));
    expect(Object.keys(files).filter((name) => !named.has(name))).toEqual([]);
  });
});

describe("what never breaks", () => {
  test("has its nine invariants and seven rules", () => {
    const numbered = (letter: string, count: number) =>
      Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);
    expect(Object.keys(invariants)).toEqual([...numbered("I", 9), ...numbered("R", 7)]);
  });

  test.each(Object.entries(invariants))("%s is held by tests that exist", (_id, { by }) => {
    for (const proof of by) {
      const { path, name } = readProof(proof);
      expect(path).toMatch(/^test\/.*\.ts$/);
      const titles = [...testTitles(readFileSync(join(root, path), "utf8"))];
      expect(titles.filter((title) => title.includes(name ?? ""))).not.toEqual([]);
    }
  });
});
