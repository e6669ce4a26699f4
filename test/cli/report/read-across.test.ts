import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Get, GitHubRefusal } from "../../../src/cli/report/gather-export.ts";
import { readAcross } from "../../../src/cli/report/read-across.ts";
import { LEDGER_MARKER } from "../../../src/wording/issue/ledger-comment.ts";

const COUNTING = {
  window: { from: "2026-08-20T00:00:00Z", until: "2026-08-30T00:00:00Z" },
  ...{ agents: [], prefix: "factory:" },
};
let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "millwright-across-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const about = (name: string) => ({
  ...{ id: 7, full_name: name, html_url: `https://github.com/${name}`, default_branch: "main" },
});

/** A GitHub of an organisation with four repositories: two with a factory, one without, one that is hidden by half. */
const get: Get = async (path) => {
  const answer = ANSWERS[path];
  if (answer !== undefined) return { body: answer, next: undefined };
  if (/^\/repos\/acme\/(?:a|b)\//.test(path) && !path.includes("/contents/")) {
    return { body: [], next: undefined };
  }
  throw new GitHubRefusal(`GET ${path}: 404 Not Found`, 404);
};
const ANSWERS: Readonly<Record<string, unknown>> = {
  "/users/acme": { type: "Organization" },
  "/orgs/acme/repos?sort=full_name&per_page=100": ["a", "b", "c", "d"].map((name) =>
    about(`acme/${name}`),
  ),
  "/repos/acme/a": about("acme/a"),
  "/repos/acme/b": about("acme/b"),
  "/repos/acme/a/issues/comments?since=2026-08-05T00:00:00Z&per_page=100": [
    {
      ...{ user: { login: "github-actions[bot]", type: "Bot" }, body: `${LEDGER_MARKER} torn` },
      issue_url: "https://api.github.com/repos/acme/a/issues/1",
    },
  ],
  ...Object.fromEntries(
    ["a", "b", "d"].map((name) => [`/repos/acme/${name}/contents/.github/factory.yml`, {}]),
  ),
};
const world = { environment: {}, shows: () => undefined, get };

test("an organisation is its repositories with a config; the others are named, and so is one that cannot be read", async () => {
  const { across, notes } = await readAcross([{ kind: "org", name: "acme" }], COUNTING, world);
  expect(across.reviews.map(({ repository }) => repository)).toEqual(["acme/a", "acme/b"]);
  expect(across.withoutFactory).toEqual(["acme/c"]);
  expect(across.unread).toEqual([{ name: "acme/d", because: "GET /repos/acme/d: 404 Not Found" }]);
  expect(notes).toContainEqual(expect.stringMatching(/^acme\/a: not believed: #1: /));
});

test("an account that cannot be listed is named, and whatever else was asked for is read", async () => {
  const sources = [
    { kind: "repo", name: "acme/a" },
    { kind: "org", name: "ghost" },
  ] as const;
  const { across } = await readAcross(sources, COUNTING, world);
  expect(across.reviews.map(({ repository }) => repository)).toEqual(["acme/a"]);
  expect(across.unread).toEqual([{ name: "ghost", because: "GET /users/ghost: 404 Not Found" }]);
});

test("a repository counts once, by whatever sources it was named", async () => {
  const path = join(folder, "a.json");
  writeFileSync(path, JSON.stringify({ repository: about("ACME/a"), pulls: [] }));
  const broken = join(folder, "broken.json");
  writeFileSync(broken, "{");
  const sources = [
    { kind: "repo", name: "acme/A" },
    { kind: "org", name: "acme" },
    { kind: "import", path },
    { kind: "import", path: broken },
  ] as const;
  const { across } = await readAcross(sources, COUNTING, {
    ...world,
    get: (asked) => get(asked.replace("/acme/A", "/acme/a")),
  });
  expect(across.reviews.map(({ repository }) => repository)).toEqual(["acme/a", "acme/b"]);
  expect(across.unread).toEqual([
    { name: "acme/d", because: "GET /repos/acme/d: 404 Not Found" },
    { name: path, because: "ACME/a was read already" },
    { name: broken, because: expect.stringContaining("is no JSON") },
  ]);
});

test("a config that GitHub refuses to show for another reason stops the list instead of leaving a repository out", async () => {
  const { across } = await readAcross([{ kind: "org", name: "acme" }], COUNTING, {
    ...world,
    get: (path) => {
      if (!path.includes("/contents/")) return get(path);
      throw new GitHubRefusal(`GET ${path}: 403 rate limit`, 403);
    },
  });
  expect(across.reviews).toEqual([]);
  expect(across.unread).toEqual([{ name: "acme", because: expect.stringContaining("403") }]);
});
