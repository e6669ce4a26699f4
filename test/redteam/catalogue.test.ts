import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { scriptOf } from "../../src/twin/model/script-file.ts";
import { CATALOGUE } from "./catalogue.ts";
import { parseRawDiff } from "./git-facts.ts";
import { NOT_APPLICABLE } from "./not-applicable.ts";
import { applyEdit } from "./play-defences.ts";
import { countOf } from "./table.ts";
import type { Verdict } from "./verdict.ts";
import { HAPPY } from "./world.ts";

const FACTS = {
  hostFile: "/x",
  gitHubUrl: "http://127.0.0.1:1",
  listenerPort: 1,
  apiKey: "x",
  mark: "x",
};

test("every attack has an id of its own, of its family", () => {
  expect(new Set(CATALOGUE.map(({ id }) => id)).size).toBe(CATALOGUE.length);
  for (const { id, family, also = [] } of CATALOGUE) {
    expect(id).toMatch(new RegExp(`^${family}-\\d\\d[a-z]$`));
    for (const other of also) expect(other).toMatch(/^[A-Z]+-\d\d$/);
  }
});

test.each(Object.entries(NOT_APPLICABLE))(
  "%s is not played, and a reason stands there",
  (id, why) => {
    const played = CATALOGUE.flatMap((attack) => [attack.id.slice(0, -1), ...(attack.also ?? [])]);
    expect(played).not.toContain(id);
    expect(id).toMatch(/^[A-Z]+-\d\d$/);
    expect(why.length).toBeGreaterThan(30);
  },
);

test.each(CATALOGUE.map((attack) => [attack.id, attack] as const))(
  "the script of %s can be played",
  (id, { script }) => {
    const roles = typeof script === "function" ? script(FACTS) : script;
    expect(() => scriptOf({ roles: { ...HAPPY, ...roles } }, id)).not.toThrow();
  },
);

test("a text that is gone or stands twice is no defence to switch off", async () => {
  const folder = mkdtempSync(join(tmpdir(), "millwright-edit-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "a.ts"), "once twice twice");
  const edit = (find: string) => applyEdit(folder, { file: "a.ts", find, replace: "x" });
  await expect(edit("never")).rejects.toThrow(
    /a\.ts: expected one place with "never", found nothing/,
  );
  await expect(edit("twice")).rejects.toThrow(/found 2 places/);
  await expect(edit("once")).resolves.toBeUndefined();
});

test("a raw tree diff is read as bytes", () => {
  const zero = "0".repeat(40);
  const raw = `:000000 120000 ${zero} ${zero} A\0a b\n.js\0:100644 000000 ${zero} ${zero} D\0\u00c3\u00a9\0`;
  expect(parseRawDiff("r", raw)).toEqual([
    { ref: "r", path: "a b\n.js", mode: "120000", oldMode: "000000" },
    { ref: "r", path: "é", mode: "000000", oldMode: "100644" },
  ]);
});

test("the last line counts what held, landed and leaked; what was not proven is none of them", () => {
  const verdict = (family: "AG" | "GIT", result: Verdict["result"]) =>
    ({ attack: { family }, result }) as unknown as Verdict;
  const verdicts = [
    verdict("AG", "refused"),
    verdict("AG", "harmless"),
    verdict("GIT", "leaked"),
    verdict("GIT", "unproven"),
  ];
  expect(countOf(verdicts)).toEqual({
    attacks: 4,
    refused: 2,
    landed: 0,
    leaked: 1,
    byFamily: {
      AG: { attacks: 2, refused: 2, landed: 0, leaked: 0 },
      GIT: { attacks: 2, refused: 0, landed: 0, leaked: 1 },
    },
  });
});
