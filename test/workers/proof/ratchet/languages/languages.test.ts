import { expect, test } from "vitest";
import { findRatchetFindings } from "../../../../../src/workers/proof/ratchet/find-ratchet-findings.ts";
import type { Language } from "../../../../../src/workers/proof/ratchet/languages/language.ts";
import { LANGUAGES } from "../../../../../src/workers/proof/ratchet/languages/languages.ts";
import { syntax } from "../../../syntax.ts";
import { RULE_OF, type Table, type Uses, withoutText, withText } from "./uses.ts";
import { USES } from "./uses-of-languages.ts";

async function rulesOf(uses: Uses, table: Table, text: string): Promise<readonly string[]> {
  const change = { path: uses.path, before: withoutText(uses), after: withText(uses, table, text) };
  return (await findRatchetFindings([change], syntax)).map(({ rule }) => rule);
}

const ROWS = Object.entries(USES).flatMap(([language, uses]) =>
  Object.entries(uses.texts).flatMap(([table, texts]) =>
    texts.map((text) => ({ language, uses, table: table as Table, text })),
  ),
);

test.each(ROWS)("$language, $table: $text", async ({ uses, table, text }) => {
  expect(await rulesOf(uses, table, text)).toContain(RULE_OF[table][0]);
});

type Loose = { -readonly [Key in keyof Language]: Language[Key] };

/** Java and Kotlin share their tables. */
const TABLES = Map.groupBy(LANGUAGES, ({ name }) => (name === "kotlin" ? "java" : name));
const NAMES = [...TABLES].flatMap(([language, owners]) =>
  (Object.keys(RULE_OF) as Table[]).flatMap((table) =>
    [...new Set(owners.flatMap((owner) => owner[table]))].map((name) => ({
      language,
      owners: owners as readonly Loose[],
      table,
      name,
    })),
  ),
);

/** A name that no text needs is a rule that nobody can break. */
test.each(NAMES)("a text needs $name ($language, $table)", async ({ owners, table, name }) => {
  const last = name.replace(/\W+$/, "").split(/\W/).at(-1) ?? name;
  const rows = ROWS.filter((row) => row.table === table)
    .filter((row) => owners.some((owner) => owner.name === row.language))
    .toSorted(
      (left, right) => Number(right.text.includes(last)) - Number(left.text.includes(last)),
    );
  const kept = owners.map((owner) => owner[table]);
  for (const owner of owners) owner[table] = owner[table].filter((one) => one !== name);
  try {
    expect(await firstUnseen(rows)).toBeDefined();
  } finally {
    for (const [index, owner] of owners.entries()) owner[table] = kept[index] ?? [];
  }
});

async function firstUnseen(rows: typeof ROWS): Promise<string | undefined> {
  for (const { uses, table, text } of rows)
    if (!(await rulesOf(uses, table, text)).includes(RULE_OF[table][0])) return text;
  return undefined;
}

test.each([
  ["a.ts", "typescript"],
  ["a.mts", "typescript"],
  ["a.cts", "typescript"],
  ["a.tsx", "tsx"],
  ["a.ts.js", "javascript"],
  ["a.tsx.js", "javascript"],
  ["a.js", "javascript"],
  ["a.mjs", "javascript"],
  ["a.jsx", "javascript"],
])("%s is read as %s", (path, grammar) => {
  const language = LANGUAGES.find(({ name }) => name === "javascript");
  expect(language?.grammar(path)).toBe(grammar);
});
