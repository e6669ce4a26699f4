import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { sayTurn, takeFavour, takeTurn } from "../../../src/cli/shared/owner-turns.ts";
import { playIssue } from "../../../src/cli/shared/play-issue.ts";
import type { Hint } from "../../../src/domain/hint.ts";
import type { SealedEntry } from "../../../src/domain/ledger.ts";
import type { RefusalCode } from "../../../src/domain/refusal.ts";
import { PATIENCE_MS, REPOSITORY, ROOT, raise, readText } from "../../line/rig.ts";

const refused = (code: RefusalCode, hint?: Hint) =>
  [
    { event: { kind: "refused", refusal: { code, subject: "x", hint } } },
  ] as unknown as SealedEntry[];
const RISKY = { code: "approve-risk", risk: "high", digest: "abcdef0123".padEnd(64, "0") } as const;
const LOCKFILE = { code: "approve-lockfile", digest: "1".repeat(64) } as const;

describe("what an obliging owner does without being told", () => {
  test.each([
    ["proposed", [], "approve"],
    ["gating", [], "merge"],
    ["needs-human", refused("risk-unapproved", RISKY), { command: "/factory approve abcdef0" }],
    ["needs-human", [...refused("risk-unapproved", RISKY), ...refused("gave-up")], undefined],
    ["needs-human", refused("dependencies-unapproved", LOCKFILE), undefined],
    ["ready", refused("risk-unapproved", RISKY), undefined],
    ["done", [], undefined],
  ] as const)("at %s, case %#", (stage, ledger, turn) => {
    expect(takeFavour(stage, ledger)).toEqual(turn);
  });
});

const EDIT = { path: "a", old_string: "b", new_string: "c" };
const OFFER = { offer: { branch: "greet", title: "Greet", edits: [EDIT] } };
const ON = { command: "/factory unblock", on: "greet" };
const COMMAND = { command: "/factory retry" };

describe("a turn of the owner", () => {
  test.each([
    ["proposed", OFFER, true],
    ["done", OFFER, false],
    ["done", ON, true],
    ["proposed", ON, true],
    ["done", COMMAND, false],
    ["needs-human", COMMAND, true],
  ] as const)("at %s, case %#", (stage, turn, fits) => {
    const turns = [turn];
    expect(takeTurn(stage, turns)).toEqual(fits ? turn : undefined);
  });

  test("is said as a person would say it", () => {
    expect(sayTurn(OFFER as never)).toBe("opens a pull request: Greet");
    expect(sayTurn(ON)).toBe("/factory unblock");
  });
});

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
