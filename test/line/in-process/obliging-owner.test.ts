import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { playIssue } from "../../../src/cli/shared/play-issue.ts";
import { PATIENCE_MS, REPOSITORY, ROOT, raise, readText } from "../rig.ts";

/** More lines than the contract's paths let anybody expect: of high risk, where medium was shown. */
const LONG = "seq 420 | sed 's/.*/export const row& = &;/' > src/rows.js";

test("the owner of a rehearsal lets a change be riskier than was shown, and it is listed", {
  timeout: PATIENCE_MS,
}, async () => {
  const edit = (file_path: string, old_string: string, new_string: string) => ({
    tool: "edit",
    input: { file_path, old_string, new_string },
  });
  const session = [
    {
      calls: [
        edit(
          "test/greet.test.js",
          'test("parts by name"',
          'test("greets nobody by no name", () => {\n  assert.equal(greet(), "Hello");\n});\n\ntest("parts by name"',
        ),
        edit(
          "src/greet.js",
          'return "Hello " + name;',
          'return name === undefined ? "Hello" : "Hello " + name;',
        ),
        { tool: "bash", input: { command: LONG } },
      ],
    },
    {
      json: {
        summary: "greet answers Hello without a name.",
        assumptions: [],
        proofs: [{ criterion: "AC1", tests: ["greets nobody by no name"] }],
      },
    },
  ];
  const { architect, reviewer } = (
    parse(await readText(join(ROOT, "test/line/scripts/happy.yml"))) as {
      roles: Record<string, unknown>;
    }
  ).roles;
  await using world = await raise({
    roles: {
      coder: [session, session],
      architect: [architect, architect],
      reviewer: [reviewer, reviewer],
    },
    config: { approve: "always" },
  });
  const played = await playIssue({
    twin: world.twin,
    repository: REPOSITORY,
    prefix: "factory:",
    issue: { title: "Nobody is greeted as undefined", body: "It should say Hello." },
    ownerTurns: [],
    obliging: true,
    onStage: () => undefined,
    signal: new AbortController().signal,
  });
  expect(played.humanActions).toEqual([
    "approved contract",
    expect.stringMatching(/^commanded \/factory approve [0-9a-f]{7}$/),
    "merged pull request",
  ]);
  expect(played.stage).toBe("done");
});
