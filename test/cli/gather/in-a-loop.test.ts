import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { playGather } from "../../../src/cli/gather/play-gather.ts";
import { Gathered } from "../../../src/domain/loop/gathered.ts";
import type { GathererName } from "../../../src/gatherers/names.ts";
import { holdOutput } from "../../held-output.ts";
import { root } from "../../repository/bundles.ts";

/** As a loop's command stands: a copy of the commit without git, and the document of what it may see beside it. */
const FILES = {
  "README.md": "[a](docs/a.md) [b](docs/no.md) [c](link.md) [d](made/b.md)\n",
  "docs/a.md": "# A\n",
  ".gitignore": "made/\n*.log\n",
  "made/b.md": "[a](no.md)\n",
  "node_modules/x/README.md": "[a](no.md)\n",
  "docs/x.log": "x",
};
const form = (page: string) => `### Kind\n\nslow\n\n### Page\n\n${page}\n`;
const VISIBLE = {
  version: 1,
  repository: "OWNER/NAME",
  url: "https://github.com/OWNER/NAME",
  base: "a".repeat(40),
  at: "2026-11-30T00:00:00Z",
  own: [],
  left: 0,
  history: {
    known: {
      repository: "OWNER/NAME",
      source: "ledgers",
      merges: [{ id: "#3", commit: "c".repeat(40), mergedAt: "2026-11-20T00:00:00Z", issue: 1 }],
      work: {
        known: {
          stays: [],
          attempts: [],
          escapes: [],
          people: [],
          sendBacks: [1, 2, 2].map((issue) => ({
            ...{ issue, attempt: 1, at: "2026-11-21T00:00:00Z", reasons: ["own-checks"] },
          })),
          refusals: [1, 1, 2].map((issue) => ({
            ...{ issue, at: "2026-11-22T00:00:00Z", code: "lease-lost" },
          })),
          spendings: [
            { issue: 1, at: "2026-11-22T00:00:00Z", usd: 1 },
            { issue: 2, at: "2026-11-22T00:00:00Z", usd: 3 },
            { issue: 2, at: "2025-01-01T00:00:00Z", usd: 100 },
          ],
        },
      },
      issues: {
        known: [1, 2].map((number) => ({
          ...{ number, title: "x", labels: [], closedAt: "2026-11-25T00:00:00Z" },
          ...{ openedAt: "2026-11-01T00:00:00Z", updatedAt: "2026-11-25T00:00:00Z" },
        })),
      },
      automations: {
        known: [
          { name: "nightly.yml", isDead: true, lastSuccess: "2026-10-01T00:00:00Z" },
          { name: "other.yml", isDead: false },
        ],
      },
    },
    disbelieved: [],
  },
  issues: [1, 2, 3].map((number) => ({
    ...{
      number,
      title: `Report ${number}`,
      body: form("/cart"),
      author: { login: "ada", type: "User" },
    },
    ...{ labels: [number === 3 ? "bug" : "Feedback"], updatedAt: "2026-11-29T00:00:00Z" },
  })),
};

let folder: string | undefined;
afterEach(() => folder !== undefined && rmSync(folder, { recursive: true, force: true }));

async function gather(name: GathererName, visible: object = VISIBLE, told?: object) {
  folder = mkdtempSync(join(tmpdir(), "millwright-loop-"));
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  symlinkSync("docs/a.md", join(folder, "link.md"));
  mkdirSync(join(folder, ".millwright"));
  const seen = join(folder, ".millwright/visible.json");
  writeFileSync(seen, JSON.stringify(visible));
  const options = told && join(folder, "options.json");
  if (options !== undefined) writeFileSync(options, JSON.stringify(told));
  const held = holdOutput();
  const code = await playGather(
    {
      ...{ name, repo: folder, history: undefined, options, output: undefined },
      ...{ prefix: "factory:", json: true, quiet: false, sandbox: false },
    },
    {
      ...{ millwright: root, environment: { MILLWRIGHT_VISIBLE: seen }, parts: {} },
      ...{
        placeOf: () => root,
        write: () => undefined,
        say: () => undefined,
        end: () => undefined,
      },
    },
  ).finally(held.release);
  // Standard output is one document and nothing else, as a loop reads it.
  return { code, found: Gathered.parse(JSON.parse(held.stdout())) };
}

describe("in a loop's folder", () => {
  test("documentation reads what no .gitignore leaves out, and says nothing of what may be made", async () => {
    const { code, found } = await gather("documentation");
    expect(code).toBe(0);
    expect(found.items.map(({ key }) => key)).toEqual(["link README.md docs/no.md"]);
    expect(found.measures).toMatchObject({ pages: 2, links: 4, undecided: 2 });
  });

  test("feedback reads the issues that control showed", async () => {
    const { found } = await gather("feedback");
    expect(found.items.map(({ key, evidence }) => [key, evidence.map(({ at }) => at)])).toEqual([
      [
        "feedback /cart slow",
        [1, 2].map((number) => `https://github.com/OWNER/NAME/issues/${number}`),
      ],
    ]);
  });

  test("feedback reads the discussions that control showed, by their label", async () => {
    const talk = (number: number, label: string) => ({
      ...{ number, title: "Talk", body: form("/cart"), author: "ada", labels: [label] },
      ...{ url: `https://github.com/OWNER/NAME/discussions/${number}` },
      createdAt: "2026-11-28T00:00:00Z",
    });
    const discussions = { shown: [talk(8, "FEEDBACK"), talk(9, "bug")], left: 1, unread: 2 };
    const { found } = await gather("feedback", { ...VISIBLE, discussions }, { discussions: true });
    expect(found.measures).toMatchObject({ reports: 3, "discussions-unread": 3 });
    expect(found.items[0]?.evidence[0]?.at).toBe("https://github.com/OWNER/NAME/discussions/8");
  });

  test("automation counts from the history, each figure with its ids, in its window", async () => {
    const { found } = await gather("automation");
    expect(found.items.map(({ key, evidence }) => [key, evidence[0]?.output])).toEqual([
      ["dead nightly.yml", "last success: 2026-10-01T00:00:00Z"],
      ["refusal lease-lost", "#1 #1 #2"],
      ["rework own-checks", "#1 #2 #2"],
      ["spent-unmerged", "#2 $3"],
    ]);
    expect(found.measures).toMatchObject({ usd: 4, "unmerged-usd": 3, "dead-automations": 1 });
  });

  test("what control could not tell is not counted as nothing", async () => {
    const { found } = await gather("automation", { ...VISIBLE, history: { unknown: "x" } });
    expect(found.measures.usd).toBeUndefined();
  });

  test("a document of another version is refused", async () => {
    await expect(gather("feedback", { ...VISIBLE, version: 2 })).rejects.toThrow("version");
  });
});
