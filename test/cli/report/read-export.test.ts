import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { optionsOf } from "../../../src/cli/command/declare.ts";
import { declareReport, readReportArguments } from "../../../src/cli/report/arguments.ts";
import { readHistory } from "../../../src/cli/report/read-history.ts";
import { appendEntry, type SealedEntry } from "../../../src/domain/ledger.ts";
import { reviewOf } from "../../../src/measures/review/review.ts";
import { renderLedgerComment } from "../../../src/wording/issue/ledger-comment.ts";
import { LIFE } from "../../wording/ledgers.ts";
import { writePaged } from "../../wording/paged.ts";

const KEY = "5".repeat(64);
const BOT = { login: "github-actions[bot]", type: "Bot" };
let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "millwright-export-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function ledger(issue: number): readonly SealedEntry[] {
  const context = { place: { repositoryId: 7, issue }, key: KEY };
  const claimed = {
    kind: "claimed",
    attempt: 1,
    branch: `factory/${issue}-1`,
    base: "0".repeat(40),
  } as const;
  return appendEntry(
    [],
    { at: "2026-08-20T10:00:00Z", run: 1, stage: "building", event: claimed },
    context,
  );
}

const comment = (issue: number, entries: readonly SealedEntry[], user = BOT) => ({
  ...{ user, issue_url: `https://api.github.com/repos/OWNER/notes/issues/${issue}` },
  body: renderLedgerComment({
    ...{ entries, issue, stage: "building" },
    links: { repository: "https://github.com/OWNER/notes" },
  }),
});

const WHOLE = {
  repository: {
    ...{ id: 7, full_name: "OWNER/notes", html_url: "https://github.com/OWNER/notes" },
    default_branch: "main",
  },
  pulls: [],
  comments: [
    comment(1, ledger(1)),
    // Sealed for another issue, and copied here.
    comment(2, ledger(1)),
    comment(3, ledger(3), { login: "eve", type: "User" }),
  ],
};

async function read(content: unknown, environment: Record<string, string> = {}) {
  const path = join(folder, "export.json");
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  const words = ["--import", path, "--until", "2026-08-30T00:00:00Z"];
  const asked = readReportArguments(optionsOf(declareReport(), words), {
    from: "/",
    now: new Date(),
  });
  const found = await readHistory(asked.sources[0], asked, { environment, shows: () => undefined });
  return { ...found, review: reviewOf(found.history, asked.window) };
}

test("with the key a ledger counts where its seals are right, and only an app writes ledgers", async () => {
  const { review, notes } = await read(WHOLE, { FACTORY_SEAL_KEY: KEY });
  expect(review.funnel.attempts).toMatchObject({ value: 1, from: ["#1 attempt 1"] });
  expect(notes).toEqual([expect.stringMatching(/^not believed: #2: /)]);
});

test("a ledger on pages counts whole, and not at all without one of them", async () => {
  const context = { place: { repositoryId: 7, issue: 3 }, key: KEY };
  const entries = LIFE.reduce<readonly SealedEntry[]>(
    (ledger, { sequence: _, seal: __, ...entry }) => appendEntry(ledger, entry, context),
    [],
  );
  const { pages, ledger: last } = writePaged(entries, [2, 5]);
  const comments = [...pages, last].map((one) => ({ ...comment(3, entries), ...one }));
  const { history, notes } = await read({ ...WHOLE, comments }, { FACTORY_SEAL_KEY: KEY });
  expect(notes).toEqual([]);
  expect(history.work).toMatchObject({ known: { attempts: [{ issue: 3, attempt: 1 }] } });
  expect(history.merges).toHaveLength(1);
  const without = await read({ ...WHOLE, comments: comments.slice(1) });
  expect(without.notes).toContain("not believed: #3: page 1, comment 501 is not in the export");
});

test("without the key the report says that nobody checked", async () => {
  const { review, notes } = await read(WHOLE);
  expect(review.funnel.attempts).toMatchObject({ value: 2 });
  expect(notes).toEqual([expect.stringMatching(/^the seals of the ledgers were not checked/)]);
});

test("without ledgers the funnel and the costs are unknown", async () => {
  const { review } = await read({ ...WHOLE, comments: [] });
  expect(review.funnel.attempts).toEqual({ unit: "count", unknown: "no-ledgers" });
  expect(review.vigilance.stops).toEqual({ untold: "no-events" });
});

test("runs of schedules tell how automations fare", async () => {
  const run = (conclusion: string, day: number) => ({
    path: ".github/workflows/nightly.yml",
    ...{ conclusion, created_at: `2026-08-0${day}T03:00:00Z` },
  });
  const runs = [run("failure", 4), run("failure", 3), run("failure", 2), run("success", 1)];
  const { review } = await read({ ...WHOLE, runs });
  expect(review.vigilance.automations).toMatchObject({
    known: [{ name: "nightly.yml", isDead: true, lastSuccess: "2026-08-01T03:00:00Z" }],
  });
  expect(review.attention.map(({ kind }) => kind)).toContain("dead-automation");
});

test.each([
  ["no JSON", "{", /is no JSON/],
  ["no pulls", { repository: WHOLE.repository }, /: pulls: /],
  ["another field than GitHub's", { ...WHOLE, pulls: [{ number: "1" }] }, /: pulls\.0\.number: /],
] as const)("%s is refused, with the place", async (_, content, message) => {
  await expect(read(content)).rejects.toThrow(message);
});
