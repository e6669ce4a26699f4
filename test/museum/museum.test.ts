import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ROOMS } from "./collection.ts";
import { KINDS } from "./report.ts";

const { museumPage } = (await import(
  join(import.meta.dirname, "../../scripts/documents/museum-page.mjs")
)) as { museumPage(): string };

const rows = Object.values(ROOMS).flatMap((room) => Object.entries(room));

describe("the museum", () => {
  test("has enough in it, each report once, and every kind", () => {
    const ids = rows.map(([id]) => id);
    expect(ids.length).toBeGreaterThanOrEqual(44);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(rows.map(([, { kind }]) => kind))).toEqual(new Set(KINDS));
  });

  test("names repository and number of every report, or where else it stands", () => {
    for (const [id, { link }] of rows)
      expect(id).toMatch(
        link === undefined ? /^[\w.-]+\/[\w.-]+#[1-9]\d*$/ : /^[\w.-]+\/[\w.-]+: /,
      );
  });

  test("plays each room, and has no other scenario", () => {
    const played = readdirSync(import.meta.dirname)
      .filter((name) => name.endsWith(".test.ts") && name !== "museum.test.ts")
      .map((name) => name.replace(".test.ts", ""));
    expect(played.toSorted()).toEqual(Object.keys(ROOMS).toSorted());
  });

  test("shows all of it, and says first what does not hold", () => {
    const page = museumPage();
    for (const [id, { here }] of rows) {
      expect(page).toContain(`[${id}](`);
      expect(page).toContain(here);
    }
    const short = rows.filter(([, { holds }]) => holds !== undefined);
    expect(page.match(/\*\*in part\*\*|\*\*no\*\*/g)).toHaveLength(short.length);
  });
});
