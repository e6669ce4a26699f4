import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { readLoopArguments } from "../../../src/cli/loop/arguments.ts";
import { lintLoops, listLoops } from "../../../src/cli/loop/loop.ts";

const CRON = "17 4 * * 1";
const LOOP = (front: string) => `---\n${front}\ngather: { command: x }\n---\nFind it.\n`;
const CALLER = (cron: string) => `
on: { schedule: [{ cron: "${cron}" }], workflow_dispatch: {} }
permissions: {}
jobs: { loop: { uses: OWNER/millwright/.github/workflows/loop.yml@v0 } }
`;

function checkoutWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "millwright-loops-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

function tell(
  play: typeof lintLoops,
  files: Readonly<Record<string, string>>,
  json = false,
): { readonly code: number; readonly said: string } {
  let said = "";
  const repo = checkoutWith(files);
  const asked = {
    what: "lint",
    name: undefined,
    repo,
    visible: undefined,
    json,
    quiet: false,
  } as const;
  const code = play(asked, (text) => {
    said += text;
  });
  return { code, said };
}

const TIDY = ".github/factory/loops/tidy.md";
const OTHER = ".github/factory/loops/other.md";
const WORKFLOW = ".github/workflows/factory-loops.yml";

const JUDGED = LOOP(
  `on: { schedule: "${CRON}" }\nroles: { judge: {} }\nbudget: { usd: 1, minutes: 5 }`,
);
const WITH_KEY = CALLER(CRON).replace(
  "loop.yml@v0 }",
  'loop.yml@v0, secrets: { ANTHROPIC_API_KEY: "${{ secrets.KEY }}" } }',
);

describe("loop lint", () => {
  test("a judge whose caller hands on the key fits", () => {
    const files = { [TIDY]: JUDGED, [WORKFLOW]: WITH_KEY };
    expect(tell(lintLoops, files).said).toBe("loop files: 1, faults: 0\n");
  });

  test("says nothing where files and workflow fit", () => {
    const files = { [TIDY]: LOOP(`on: { schedule: "${CRON}" }`), [WORKFLOW]: CALLER(CRON) };
    expect(tell(lintLoops, files)).toEqual({ code: 0, said: "loop files: 1, faults: 0\n" });
  });

  test.each([
    [
      "a key that nobody knows",
      { [TIDY]: LOOP("guard: []") },
      `${TIDY}: line 2: guard: unknown key "guard"; did you mean "guards"?`,
    ],
    [
      "a line that no workflow has",
      { [TIDY]: LOOP(`on: { schedule: "${CRON}" }`), [WORKFLOW]: CALLER("1 1 * * *") },
      `${TIDY}: on.schedule: no workflow that calls loop.yml has the line "${CRON}"`,
    ],
    [
      "a line that no loop has",
      { [TIDY]: LOOP("on: {}"), [WORKFLOW]: CALLER(CRON) },
      `${WORKFLOW}: no loop has the schedule "${CRON}"`,
    ],
    [
      "no workflow at all",
      { [TIDY]: LOOP(`on: { schedule: "${CRON}" }`) },
      "no workflow calls loop.yml",
    ],
    [
      "an event that no workflow runs on",
      { [TIDY]: LOOP(`on: { schedule: "${CRON}", event: push }`), [WORKFLOW]: CALLER(CRON) },
      `${TIDY}: on.event: no workflow that calls loop.yml runs on push`,
    ],
    [
      "a judge that no workflow gives a key",
      { [TIDY]: JUDGED, [WORKFLOW]: CALLER(CRON) },
      `${TIDY}: roles.judge: no workflow that calls loop.yml hands on ANTHROPIC_API_KEY`,
    ],
    [
      "two of one line",
      {
        [TIDY]: LOOP(`on: { schedule: "${CRON}" }`),
        [OTHER]: LOOP(`on: { schedule: "${CRON}" }`),
        [WORKFLOW]: CALLER(CRON),
      },
      `${OTHER} and ${TIDY} have the same schedule "${CRON}"`,
    ],
  ])("%s", (_what, files, said) => {
    const result = tell(lintLoops, files);
    expect(result.code).toBe(1);
    expect(result.said).toContain(said);
  });

  test("the config says where loops are", () => {
    const files = {
      ".github/factory.yml": "loops: .github/loops/**/*.md\n",
      ".github/loops/deep/tidy.md": LOOP("on: {}"),
      [OTHER]: "not looked at",
    };
    const { code, said } = tell(lintLoops, files, true);
    expect([code, JSON.parse(said)]).toEqual([0, { ok: true, loops: 1, faults: [] }]);
  });
});

test("loop list says what starts each, when it ends and what guards it", () => {
  const front = `on: { schedule: "${CRON}" }\nuntil: a = 0\nguards: [{ measure: size, worse: higher }]`;
  expect(tell(listLoops, { [TIDY]: LOOP(front), [OTHER]: LOOP("on: {}") })).toEqual({
    code: 0,
    said: `other: only where a person asks\ntidy: ${CRON}, until a = 0, guarded by size\n`,
  });
  expect(tell(listLoops, {}).said).toBe("no loop files\n");
});

test.each([
  ["run", undefined, "the name of the loop is missing"],
  ["lint", "tidy", 'lint takes no name, found "tidy"'],
] as const)("%s %s is wrong usage", (what, name, said) => {
  expect(() => readLoopArguments({ what, name }, {}, "/")).toThrow(said);
});
