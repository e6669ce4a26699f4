import { pathToFileURL } from "node:url";
import { findRatchetFindings } from "../../../../src/workers/proof/ratchet/find-ratchet-findings.ts";
import { syntax } from "../../syntax.ts";
import { findByPattern } from "./baseline.ts";
import { changesOf, type Fixture, type LanguageFixtures } from "./fixtures/fixture.ts";
import { FIXTURES } from "./fixtures/fixtures.ts";

// What `npm run bench:ratchet` prints: how many edits that must be found are, and how many of the found ones should be.

interface Score {
  /** Edits that lower what a test proves, and how many of them each finds. */
  readonly gamed: number;
  readonly ordinary: number;
  readonly found: number;
  readonly wronglyFound: number;
  /** Of all edits: those of which every rule and line is right, and no other is said. */
  readonly exact: number;
  readonly patternFound: number;
  readonly patternWronglyFound: number;
}

async function score(of: LanguageFixtures): Promise<Score> {
  const judged = { found: 0, wronglyFound: 0, exact: 0, patternFound: 0, patternWronglyFound: 0 };
  for (const [fixtures, ours, theirs] of [
    [of.gamed, "found", "patternFound"],
    [of.ordinary, "wronglyFound", "patternWronglyFound"],
  ] as const) {
    for (const fixture of fixtures) {
      const changes = changesOf(fixture, of);
      const findings = await findRatchetFindings(changes, syntax);
      if (findings.length > 0) judged[ours] += 1;
      if (changes.some((change) => findByPattern(change).length > 0)) judged[theirs] += 1;
      if (isExact(fixture, findings)) judged.exact += 1;
    }
  }
  return { gamed: of.gamed.length, ordinary: of.ordinary.length, ...judged };
}

function isExact(
  { finds = [], wrong }: Fixture,
  findings: readonly { readonly rule: string; readonly line: number }[],
): boolean {
  if (wrong !== undefined) return false;
  const told = findings.map(({ rule, line }) => `${rule} ${line}`).sort();
  return (
    told.join() ===
    finds
      .map(([rule, line]) => `${rule} ${line}`)
      .sort()
      .join()
  );
}

const share = (part: number, whole: number) =>
  whole === 0 ? 1 : Math.round((part / whole) * 1000) / 1000;

function figuresOf(name: string, one: Score) {
  return {
    name,
    gamed: one.gamed,
    ordinary: one.ordinary,
    exact: one.exact,
    precision: share(one.found, one.found + one.wronglyFound),
    recall: share(one.found, one.gamed),
    patternPrecision: share(one.patternFound, one.patternFound + one.patternWronglyFound),
    patternRecall: share(one.patternFound, one.gamed),
  };
}

/** Milliseconds for a test file of 2,000 lines in which one assertion changes: the median of nine. */
async function speed(): Promise<number> {
  const before = Array.from(
    { length: 400 },
    (_, index) =>
      `it("case ${index}", () => {\n  const got = quote({ weight: ${index}, to: "x" });\n  expect(got.price).toBe(${index});\n  expect(got.name).toEqual({ a: 1, b: [2, 3] });\n});\n`,
  ).join("");
  const change = {
    path: "test/large.test.ts",
    before,
    after: before.replace("toBe(7)", "toBeDefined()"),
  };
  const times: number[] = [];
  for (let round = 0; round < 9; round += 1) {
    const started = performance.now();
    await findRatchetFindings([change], syntax);
    times.push(performance.now() - started);
  }
  return Math.round(times.sort((left, right) => left - right)[4] ?? 0);
}

async function main(json: boolean): Promise<void> {
  const scores = await Promise.all(FIXTURES.map(score));
  const sum = (key: keyof Score) => scores.reduce((total, one) => total + one[key], 0);
  const all: Score = {
    gamed: sum("gamed"),
    ordinary: sum("ordinary"),
    found: sum("found"),
    wronglyFound: sum("wronglyFound"),
    exact: sum("exact"),
    patternFound: sum("patternFound"),
    patternWronglyFound: sum("patternWronglyFound"),
  };
  const languages = FIXTURES.map(({ language }, index) =>
    figuresOf(language, scores[index] ?? all),
  );
  const told = { all: figuresOf("all", all), languages, twoThousandLinesMs: await speed() };
  process.stdout.write(json ? `${JSON.stringify(told)}\n` : sayTable(told));
}

function sayTable({
  all,
  languages,
  twoThousandLinesMs,
}: {
  readonly all: ReturnType<typeof figuresOf>;
  readonly languages: readonly ReturnType<typeof figuresOf>[];
  readonly twoThousandLinesMs: number;
}): string {
  const head = ["", "gamed", "ordinary", "exact", "precision", "recall", "by pattern:", "recall"];
  const rows = [...languages, all].map((one) => [
    one.name,
    ...[one.gamed, one.ordinary, one.exact, one.precision, one.recall],
    ...[one.patternPrecision, one.patternRecall],
  ]);
  const lines = [head, ...rows].map((row) =>
    row
      .map((cell, index) => (index === 0 ? String(cell).padEnd(12) : String(cell).padStart(11)))
      .join(" "),
  );
  return `${lines.join("\n")}\n\na test file of 2,000 lines: ${twoThousandLinesMs} ms\n`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(process.argv.includes("--json"));
}
