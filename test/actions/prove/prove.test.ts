import { cpSync, readFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { PullRequestProof } from "../../../src/domain/evidence/change-proof.ts";
import { createGitFixture } from "../../adapters/repository/fixture.ts";
import { describeInside } from "../../adapters/sandbox/sandboxes.ts";
import { createRig, type Rig } from "../rig.ts";

const endings: (() => void)[] = [];
afterEach(() => {
  for (const end of endings.splice(0)) end();
});

const TEST =
  "node --test --test-isolation=none --test-reporter=junit --test-reporter-destination=junit.xml 'test/*.test.mjs'";
const CONFIG = stringify({ version: 1, checks: { test: { run: TEST, report: "junit.xml" } } });
const spec = (...cases: readonly string[]) =>
  ['import { test } from "node:test";', 'import assert from "node:assert/strict";']
    .concat('import { quote } from "../src/quote.mjs";', cases)
    .join("\n");
const OLD = 'test("old", () => assert.equal(quote("SE"), 900));';
const NEW = 'test("new", () => assert.equal(quote("NO"), 1140));';
const BASE = {
  ".github/factory.yml": CONFIG,
  "src/quote.mjs": "export const quote = () => 900;\n",
  "test/quote.test.mjs": spec(OLD),
};
const HEAD = {
  ...BASE,
  "src/quote.mjs": "export const quote = (country) => (country === 'NO' ? 1140 : 900);\n",
  "test/quote.test.mjs": spec(OLD, NEW),
};

type Files = Readonly<Record<string, string>>;

/** A checkout of two commits, and GitHub's event of a pull request from one to the other. */
function offer(base: Files, head: Files): { readonly rig: Rig; readonly event: unknown } {
  const rig = createRig();
  const fixture = createGitFixture();
  endings.push(rig.remove, fixture.remove);
  const [from, to] = [base, head].map((files) =>
    fixture.commit(
      Object.fromEntries(
        Object.entries(files).map(([path, content]) => [path, { mode: "100644", content }]),
      ),
    ),
  );
  cpSync(fixture.directory, rig.workspace, { recursive: true });
  const event = {
    pull_request: { number: 7, head: { sha: to }, base: { sha: from } },
    repository: { full_name: "OWNER/app" },
  };
  return { rig, event };
}

const run = ({ rig, event }: ReturnType<typeof offer>, name = "pull_request") =>
  rig.run({ name: "prove", event: { name, payload: event } });

function proofIn(outputs: Readonly<Record<string, string>>): PullRequestProof {
  return PullRequestProof.parse(JSON.parse(readFileSync(outputs.proof ?? "", "utf8")));
}

describeInside("the door of prove", () => {
  test("proves what the pull request of the event adds, by the config of its base", async () => {
    const without = { ...HEAD, ".github/factory.yml": "version: 1\n" };
    const done = await run(offer(BASE, without));
    expect(done).toMatchObject({ exitCode: 0, outputs: { outcome: "proven" }, commands: [] });
    const { pullRequest, repository, proof } = proofIn(done.outputs);
    expect({ pullRequest, repository }).toEqual({ pullRequest: 7, repository: "OWNER/app" });
    expect(proof.tests?.lists.failToPass.names).toEqual([expect.stringContaining("new")]);
    expect(done.summary).toContain("**Proven**: 1 test fails without this change");
    expect(done.files).toEqual(["millwright/proof.json"]);
  });

  test("says why where the base names no tests, also when the pull request does", async () => {
    const without = { ...BASE, ".github/factory.yml": "version: 1\n" };
    const done = await run(offer(without, HEAD));
    expect(done).toMatchObject({ exitCode: 0, outputs: { outcome: "not-measured" } });
    expect(proofIn(done.outputs).proof.refusal?.subject).toBe("checks.test");
  });
});

describe("the door of prove, before anything runs", () => {
  test("says why where the config at the base cannot be read", async () => {
    const broken = { ...BASE, ".github/factory.yml": "version: 1\nchekcs: {}\n" };
    const done = await run(offer(broken, HEAD));
    expect(done).toMatchObject({ exitCode: 0, outputs: { outcome: "not-measured" } });
    expect(proofIn(done.outputs).proof.refusal).toMatchObject({ code: "config-invalid" });
  });

  test.each([
    ["pull_request_target", (event: unknown) => event],
    ["push", (event: unknown) => event],
    ["pull_request", () => ({ pull_request: { number: 7 } })],
  ])("an event %s that is not of a pull request ends red: %#", async (name, change) => {
    const { rig, event } = offer(BASE, HEAD);
    const done = await run({ rig, event: change(event) }, name);
    expect(done.exitCode).toBe(1);
    expect(done.commands.join()).toContain(`The event ${name} names no pull request`);
    expect(done.outputs).toEqual({});
  });
});
