import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lockfile } from "../../domain/dependencies/npm-lockfiles.ts";
import { type Registry, startRegistry } from "../../workers/verify/registry.ts";
import { CONFIG } from "../repository.ts";
import { headOf, label, open, PATIENCE_MS, raise, say, type World } from "../rig.ts";
import { standing } from "../standing.ts";
import { BYTES, type Expected, MOVES, type OrdinaryChange, TEXTS } from "./changes.ts";
import { EDITS } from "./edits.ts";
import { expectLanded, land, mergeByPerson } from "./landed.ts";
import { LANGUAGES, RETOLD } from "./languages.ts";
import { filesAfter, rolesFor } from "./script.ts";
import { STEERING } from "./steering.ts";

const LISTS: readonly (readonly OrdinaryChange[])[] = [
  [...TEXTS, ...EDITS],
  BYTES,
  MOVES,
  STEERING,
];
const BEFORE = Object.assign({}, ...LISTS.flat().map(({ before }) => before)) as Record<
  string,
  string | Uint8Array
>;

let registry: Registry;
let world: World;
/** The last of the ordinary changes: a package, with the lockfile that names it. */
let withPackage: Readonly<Record<string, Expected>>;

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

// One story: the model answers issue after issue, and each change stands on those before it.
const STORY = { timeout: PATIENCE_MS, shuffle: false };
describe("sixty changes that people make every day", STORY, () => {
  test("are sixty", () => {
    const all = [...LISTS.flat(), ...LANGUAGES, ...RETOLD].map(({ name }) => name);
    expect(new Set(all).size).toBe(all.length);
    // Beside the lockfile below, a link and a submodule in `languages.test.ts`, and a suite in `many-names.long.test.ts`.
    expect(all.length + 4).toBeGreaterThanOrEqual(60);
  });

  test.each([
    ["texts and where they stand", [...TEXTS, ...EDITS], false],
    ["bytes, modes and what tools make", BYTES, false],
    ["what moves and goes", MOVES, false],
    ["what steers tools and people, which a person merges", STEERING, true],
  ] as const)("%s", async (title, changes, byPerson) => {
    await land(world, { title, files: filesAfter(changes), byPerson });
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

    await mergeByPerson(world, pull?.number ?? 0);
    expect((await standing(world, issue)).stages).toEqual(["done"]);
    expectLanded(world, withPackage);
  });
});
