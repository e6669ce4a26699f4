import { afterEach, expect, test } from "vitest";
import { createClock } from "../../../src/adapters/clock/clock.ts";
import { openRepository } from "../../../src/adapters/repository/repository.ts";
import { readPackaged } from "../../../src/adapters/syntax/grammar-files.ts";
import { createSyntax } from "../../../src/adapters/syntax/syntax.ts";
import { createWeb } from "../../../src/adapters/web/web.ts";
import type { ChangedFile } from "../../../src/domain/change-set.ts";
import { Config } from "../../../src/domain/config/schema.ts";
import { digestOfDependencies } from "../../../src/domain/dependencies/files.ts";
import { Proposal } from "../../../src/domain/proposal.ts";
import { runVerify } from "../../../src/workers/verify/run.ts";
import { createGitFixture, type GitFixture } from "../../adapters/repository/fixture.ts";
import { describeInside, useSandboxes } from "../../adapters/sandbox/sandboxes.ts";
import { lockfile } from "../../domain/dependencies/npm-lockfiles.ts";
import { lineOrder } from "../orders.ts";
import { PUBLISHED_AT, type Registry, startRegistry } from "./registry.ts";
import { of } from "./world.ts";

const syntax = createSyntax(readPackaged(import.meta.url));

const TEST = "node --test --test-isolation=none --test-reporter=tap 'test/**/*.test.mjs'";
const SPIED = "test ! -e node_modules/shouter/ran && test ! -e .millwright-fetched";

function file(path: string, content: string): ChangedFile {
  return { path, mode: "100644", encoding: "utf-8", content };
}

const manifest = (dependencies: Readonly<Record<string, string>>) =>
  JSON.stringify({ name: "greeter", version: "1.0.0", dependencies });
const rooted = (
  dependencies: Readonly<Record<string, string>>,
  packages: Record<string, Record<string, unknown>>,
) => {
  const lock = JSON.parse(lockfile(packages)) as { packages: Record<string, unknown> };
  lock.packages[""] = { name: "greeter", version: "1.0.0", dependencies };
  return JSON.stringify({ ...lock, version: "1.0.0" });
};

describeInside("an approved lockfile in bubblewrap", () => {
  const { create } = useSandboxes();
  const fixtures: GitFixture[] = [];
  const registries: Registry[] = [];
  afterEach(async () => {
    for (const fixture of fixtures.splice(0)) fixture.remove();
    for (const registry of registries.splice(0)) await registry.close();
  });

  async function registry() {
    const started = await startRegistry([
      {
        name: "shouter",
        version: "1.2.3",
        files: { "index.js": "export const shout = (text) => text.toUpperCase();\n" },
        scripts: { postinstall: "touch ran" },
      },
    ]);
    registries.push(started);
    return started;
  }

  async function verify(
    started: Registry,
    given: { readonly entry?: Record<string, unknown>; readonly approved?: boolean } = {},
  ) {
    const fixture = createGitFixture();
    fixtures.push(fixture);
    const text = (content: string) => ({ mode: "100644", content });
    const base = fixture.commit({
      "package.json": text(manifest({})),
      "package-lock.json": text(rooted({}, {})),
      "src/greet.mjs": text("export const greet = () => 'hello';\n"),
      "test/greet.test.mjs": text(
        "import test from 'node:test'; import { greet } from '../src/greet.mjs'; test('greets', () => greet());\n",
      ),
    });
    const entry = given.entry ?? started.locked("shouter");
    const wants = { shouter: "^1.2.0" };
    const files = [
      file("package-lock.json", rooted(wants, { shouter: entry })),
      file("package.json", manifest(wants)),
      file(
        "src/greet.mjs",
        "import { shout } from 'shouter'; export const greet = () => shout('hello');\n",
      ),
      file(
        "test/loud.test.mjs",
        "import test from 'node:test'; import assert from 'node:assert'; import { greet } from '../src/greet.mjs'; test('is loud', () => assert.equal(greet(), 'HELLO'));\n",
      ),
    ];
    const changeSet = { base, files };
    const repository = await openRepository(fixture.directory);
    try {
      const order = lineOrder({
        base,
        config: Config.parse({
          checks: { lint: SPIED, test: { run: TEST, report: { format: "tap" } } },
          dependencies: { registries: [started.url] },
        }),
        ...(given.approved === false
          ? {}
          : { approvedDependencies: [digestOfDependencies(changeSet) ?? ""] }),
      });
      const sandbox = await create({ isolation: "bubblewrap" });
      const ports = { repository, sandbox, clock: createClock(), web: createWeb(), syntax };
      return { changeSet, proposal: Proposal.parse(await runVerify(order, { changeSet }, ports)) };
    } finally {
      await repository.close();
    }
  }

  test("is fetched by the worker, installed without network and scripts, and its tests run", async () => {
    const started = await registry();
    const { proposal, changeSet } = await verify(started);
    if (proposal.worker !== "verify") throw new Error(JSON.stringify(proposal));
    const ran = of(proposal.evidence, "check").map(({ name, on, status }) => [name, on, status]);
    expect(ran).toContainEqual(["lint", "change", "passed"]);
    expect(ran).toContainEqual(["test", "change", "passed"]);
    expect(of(proposal.evidence, "test-comparison")).toMatchObject([{ failToPass: ["is loud"] }]);
    expect(of(proposal.evidence, "dependencies")).toMatchObject([
      {
        digest: digestOfDependencies(changeSet),
        lockfiles: ["package-lock.json"],
        added: [
          {
            name: "shouter",
            version: "1.2.3",
            host: new URL(started.url).host,
            publishedAt: PUBLISHED_AT,
            weeklyDownloads: null,
            lookAlike: null,
            installScript: true,
          },
        ],
      },
    ]);
    expect(started.requests).toEqual(["/shouter/-/shouter-1.2.3.tgz", "/shouter"]);
  });

  test("is asked for from nobody and runs nothing before a person approved it", async () => {
    const started = await registry();
    const { proposal, changeSet } = await verify(started, { approved: false });
    expect(proposal).toMatchObject({
      worker: "failed",
      refusal: {
        code: "dependencies-unapproved",
        hint: { code: "approve-lockfile", digest: digestOfDependencies(changeSet) },
      },
    });
    expect(started.requests).toEqual([]);
  });

  test.each([
    [
      "other bytes than the lockfile names",
      { integrity: `sha512-${"A".repeat(86)}==` },
      "dependencies-refused",
    ],
    ["nothing", { version: "9.9.9" }, "dependencies-unfetched"],
  ])("is refused where the registry gives %s", async (_, changes, code) => {
    const started = await registry();
    const resolved = `${started.url}/shouter/-/shouter-${"version" in changes ? changes.version : "1.2.3"}.tgz`;
    const entry = { ...started.locked("shouter"), resolved, ...changes };
    const { proposal } = await verify(started, { entry });
    expect(proposal).toMatchObject({ worker: "failed", refusal: { code } });
  });

  test("that does not fit its manifest is a check that failed, with npm's own words", async () => {
    const started = await registry();
    const entry = { ...started.locked("shouter"), name: "shouter" };
    const { proposal } = await verify(started, {
      entry: { ...entry, version: "1.2.3", dependencies: { missing: "1.0.0" } },
    });
    expect(proposal).toMatchObject({
      worker: "failed",
      refusal: {
        code: "check-failed",
        subject: expect.stringContaining("npm ci --offline --ignore-scripts") as unknown,
        found: expect.stringMatching(/missing/) as unknown,
      },
    });
  });
});
