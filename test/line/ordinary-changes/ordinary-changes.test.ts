import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lockfile } from "../../domain/dependencies/npm-lockfiles.ts";
import { type Registry, startRegistry } from "../../workers/verify/registry.ts";
import { CONFIG } from "../repository.ts";
import { headOf, label, open, PATIENCE_MS, REPOSITORY, raise, say, type World } from "../rig.ts";
import { standing } from "../standing.ts";
import { BYTES, type Expected, MOVES, type OrdinaryChange, STEERING, TEXTS } from "./changes.ts";
import { filesAfter, rolesFor } from "./script.ts";

const LISTS: readonly (readonly OrdinaryChange[])[] = [TEXTS, BYTES, MOVES, STEERING];
const BEFORE = Object.assign({}, ...LISTS.flat().map(({ before }) => before)) as Record<
  string,
  string
>;

let registry: Registry;
let world: World;
/** The last of the ordinary changes: a package, with the lockfile that names it. */
let withPackage: Readonly<Record<string, Expected>>;

function git(...words: readonly string[]): Buffer {
  const folder = world.twin.gitDirectoryOf(REPOSITORY);
  return execFileSync("git", ["--git-dir", folder, ...words], { maxBuffer: 50_000_000 });
}

function packageFiles(): Readonly<Record<string, Expected>> {
  const dependencies = { shouter: "1.2.3" };
  const manifest = { name: "greeter", private: true, type: "module", dependencies };
  const lock = JSON.parse(lockfile({ shouter: registry.locked("shouter") })) as {
    packages: Record<string, unknown>;
  };
  lock.packages[""] = { name: "greeter", dependencies };
  const text = (content: string): Expected => ({ bytes: Buffer.from(content), mode: "100644" });
  return {
    "package.json": text(`${JSON.stringify(manifest)}\n`),
    "package-lock.json": text(`${JSON.stringify(lock)}\n`),
    "test/shout.test.js": text(
      'import test from "node:test";\nimport assert from "node:assert/strict";\nimport { shout } from "shouter";\ntest("shouts", () => assert.equal(shout("a"), "A"));\n',
    ),
  };
}

beforeAll(async () => {
  registry = await startRegistry([
    {
      name: "shouter",
      version: "1.2.3",
      files: { "index.js": "export const shout = (text) => text.toUpperCase();\n" },
    },
  ]);
  withPackage = packageFiles();
  // The second attempt makes the same bytes again.
  const lists = [...LISTS.map(filesAfter), withPackage];
  const roles = rolesFor(lists);
  world = await raise({
    roles: {
      ...roles,
      architect: [...roles.architect, roles.architect[0]],
      coder: [...roles.coder, roles.coder.at(-1)],
    },
    files: { ...BEFORE, ".gitignore": "reports/\nnode_modules/\n" },
    config: {
      checks: CONFIG.checks,
      dependencies: { registries: [registry.url] },
      trust: { default: "scoped-autonomy" },
    },
  });
}, PATIENCE_MS);

afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
  await registry?.close();
});

/** A person merges what the factory may not, and the factory records it. */
async function mergeByPerson(number: number): Promise<void> {
  await world.send("PUT", `/pulls/${number}/merge`, {});
  await world.idle();
}

function expectLanded(files: Readonly<Record<string, Expected>>): void {
  for (const [path, file] of Object.entries(files)) {
    const [entry = ""] = git("ls-tree", "-z", "main", "--", `:(literal)${path}`)
      .toString()
      .split("\0");
    if (file === null) {
      expect(entry.includes(" blob "), `${path} is gone`).toBe(false);
      continue;
    }
    expect(entry.split(" ")[0], path).toBe(file.mode);
    expect(git("cat-file", "blob", `main:${path}`).equals(file.bytes), path).toBe(true);
  }
}

describe("thirty changes that people make every day", { timeout: PATIENCE_MS }, () => {
  test("are thirty", () => {
    expect(LISTS.flat().length + 1).toBeGreaterThanOrEqual(30);
  });

  test.each([
    ["texts and where they stand", TEXTS, false],
    ["bytes, modes and what tools make", BYTES, false],
    ["what moves and goes", MOVES, false],
    ["what steers tools and people, which a person merges", STEERING, true],
  ] as const)("%s", async (title, changes, byPerson) => {
    const issue = await open(world, { title, body: "As listed." });
    await label(world, issue);
    const pulls = (await standing(world, issue)).pulls.filter(({ state }) => state === "open");
    if (byPerson) await mergeByPerson(pulls[0]?.number ?? 0);
    const found = await standing(world, issue);
    expect(found.stages, found.ask).toEqual(["done"]);
    expect(found.events).not.toContain("refused");
    expectLanded(filesAfter(changes));
  });

  test("a lockfile, once a person approved its digest and merged", async () => {
    const before = await headOf(world);
    const issue = await open(world, { title: "Shout", body: "With the package shouter." });
    await label(world, issue);
    const asked = await standing(world, issue);
    expect(asked.stages).toEqual(["needs-human"]);
    expect(asked.ask).toContain("shouter 1.2.3");
    expect(registry.requests).toEqual([]);
    expect(await headOf(world)).toBe(before);

    const command = /\/factory approve lockfile [0-9a-f]{64}/.exec(asked.ask)?.[0] ?? "";
    await say(world, issue, command);
    const published = await standing(world, issue);
    expect(published.stages, published.ask).toEqual(["gating"]);
    expect(registry.requests).toContain("/shouter/-/shouter-1.2.3.tgz");
    const pull = published.pulls.find(({ state }) => state === "open");
    const { body } = await world.get<{ body: string }>(`/pulls/${pull?.number}`);
    expect(body).toContain("**Added packages** shouter 1.2.3");
    expect(body).toContain("published 2025-03-04, downloads not known");

    await mergeByPerson(pull?.number ?? 0);
    expect((await standing(world, issue)).stages).toEqual(["done"]);
    expectLanded(withPackage);
  });
});
