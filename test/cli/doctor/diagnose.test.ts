import { describe, expect, test } from "vitest";
import { callersIn, needsOf } from "../../../src/cli/doctor/callers.ts";
import { diagnose } from "../../../src/cli/doctor/diagnose.ts";
import type { Caller, Facts } from "../../../src/cli/doctor/facts.ts";
import type { State } from "../../../src/cli/doctor/finding.ts";
import { readConfigText } from "../../../src/control/observed/config-text.ts";
import type { Settings } from "../../../src/ports/settings.ts";

const COMMIT = "a".repeat(40);
const NEEDS = { contents: "write", issues: "write", deployments: "read" };

const ACME = "acme/millwright";
/** As init writes it where it does not know the account; in two parts, because `npm run own` replaces the whole. */
const UNOWNED = ["OWNER", "millwright"].join("/");

const CALLER: Caller = {
  path: ".github/workflows/factory.yml",
  job: "factory",
  repository: ACME,
  file: "factory.yml",
  ref: COMMIT,
  permissions: NEEDS,
  secrets: ["ANTHROPIC_API_KEY"],
  hasSchedule: true,
};

const SETTINGS: Settings = {
  repository: {
    known: { defaultBranch: "main", archived: false, hasIssues: true, allowsMergeCommits: true },
  },
  actions: { known: { mayApprove: true, defaultPermission: "read" } },
  secrets: { known: ["ANTHROPIC_API_KEY", "FACTORY_SEAL_KEY"] },
  labels: { known: ["Factory:Queued"] },
  rules: { known: [{ type: "deletion" }] },
  heartbeat: { known: { at: "2026-11-29T11:41:00Z", conclusion: "success" } },
};

function configOf(text: string): Facts["config"] {
  const read = readConfigText(text);
  return "config" in read
    ? { kind: "valid", config: read.config }
    : { kind: "invalid", fault: read.refusal.found ?? "" };
}

const TESTS = "checks: { test: { run: npm test, report: { format: tap } } }\n";

const FACTS: Facts = {
  config: configOf(TESTS),
  shared: undefined,
  origins: [],
  matches: () => true,
  has: () => true,
  callers: [CALLER],
  copies: [],
  needs: { "factory.yml": NEEDS },
  own: COMMIT,
  exposures: [],
  sandbox: { known: true },
  settings: SETTINGS,
  now: "2026-11-29T12:00:00Z",
};

const states = (facts: Facts, state: State) =>
  diagnose(facts)
    .filter((finding) => finding.state === state)
    .map(({ about, found }) => `${about}: ${found}`);

test("a repository that is set up well has nothing to mend", () => {
  for (const state of ["bad", "warning", "unknown"] as const)
    expect(states(FACTS, state)).toEqual([]);
});

test("whatever is not good says why it matters, or how to see, and what to do", () => {
  const worst: Facts = {
    ...FACTS,
    config: { kind: "absent" },
    callers: [],
    sandbox: { unknown: "no bubblewrap" },
    settings: undefined,
  };
  for (const { state, mend } of diagnose(worst)) if (state !== "good") expect(mend).toBeTruthy();
});

describe("each fault is found", () => {
  const withCaller = (caller: Partial<Caller>): Facts => ({
    ...FACTS,
    callers: [{ ...CALLER, ...caller }],
  });
  const withSettings = (settings: Partial<Settings>): Facts => ({
    ...FACTS,
    settings: { ...SETTINGS, ...settings },
  });
  const withShared = (reading: NonNullable<Facts["shared"]>["reading"]): Facts => ({
    ...FACTS,
    shared: { name: "acme/.github", reading },
  });
  const repository = (odd: object) =>
    withSettings({
      repository: {
        known: {
          defaultBranch: "main",
          archived: false,
          hasIssues: true,
          allowsMergeCommits: true,
          ...odd,
        },
      },
    });

  test.each<readonly [State, string, Facts]>([
    ["warning", "there is no .github/factory.yml", { ...FACTS, config: { kind: "absent" } }],
    ["bad", 'unknown key "chekcs"', { ...FACTS, config: configOf("chekcs: {}\n") }],
    ["bad", "checks.test is not set", { ...FACTS, config: configOf("version: 1\n") }],
    ["warning", "has no report", { ...FACTS, config: configOf("checks: { test: npm test }\n") }],
    [
      "warning",
      "CONVENTIONS.md is named and not there",
      {
        ...FACTS,
        config: configOf(`${TESTS}harness: [AGENTS.md, CONVENTIONS.md]\n`),
        has: (path) => path === "AGENTS.md",
      },
    ],
    [
      "warning",
      "checks.lint: pakages/a/** matches no file (npm run lint -w a)",
      {
        ...FACTS,
        config: configOf(
          `checks: { lint: [{ run: npm run lint -w a, paths: ["pakages/a/**", "packages/b/**"] }], test: { run: npm test, report: { format: tap } } }\n`,
        ),
        matches: (globs) => globs.some((glob) => glob.startsWith("packages/")),
      },
    ],
    [
      "bad",
      "acme/.github is not public",
      withShared({ kind: "refused", found: "acme/.github is not public" }),
    ],
    ["unknown", "GitHub said: 403", withShared({ kind: "unknown", found: "GitHub said: 403" })],
    ["bad", "no workflow in .github/workflows calls", { ...FACTS, callers: [] }],
    ["warning", "it calls acme/millwright at v0", withCaller({ ref: "v0" })],
    [
      "warning",
      `it calls ${UNOWNED}, and OWNER only holds a place`,
      withCaller({ repository: UNOWNED, ref: "v0" }),
    ],
    ["warning", "this Millwright is aaaaaaaaaaaa", withCaller({ ref: "b".repeat(40) })],
    ["unknown", "the job states none", withCaller({ permissions: undefined })],
    ["warning", "granted write-all", withCaller({ permissions: "write-all" })],
    ["bad", "granted read-all", withCaller({ permissions: "read-all" })],
    ["bad", "it lacks issues: write", withCaller({ permissions: { ...NEEDS, issues: "read" } })],
    ["bad", "it lacks contents: write", withCaller({ permissions: {} })],
    [
      "warning",
      "it is granted packages: write, which nothing needs",
      withCaller({ permissions: { ...NEEDS, packages: "write" } }),
    ],
    ["warning", "secrets: inherit", withCaller({ secrets: "inherit" })],
    [
      "warning",
      "the secret KEY",
      {
        ...FACTS,
        exposures: [
          { path: "ci.yml", event: "push", startedBy: "factory", holds: ["the secret KEY"] },
        ],
      },
    ],
    [
      "warning",
      "a.yml runs on push with the secret KEY; b.yml runs on push with the secret KEY",
      {
        ...FACTS,
        exposures: ["a.yml", "b.yml"].map((path) => ({
          ...{ path, event: "push", startedBy: "factory", holds: ["the secret KEY"] },
        })),
      },
    ],
    [
      "bad",
      "the secret APP",
      {
        ...withSettings({ secrets: { known: ["ANTHROPIC_API_KEY", "FACTORY_APP_KEY"] } }),
        exposures: [
          { path: "ci.yml", event: "push", startedBy: "factory", holds: ["the secret APP"] },
        ],
      },
    ],
    [
      "warning",
      "the secret REVIEW",
      {
        ...withSettings({ secrets: { known: ["ANTHROPIC_API_KEY", "FACTORY_APP_KEY"] } }),
        exposures: [
          {
            path: "ci.yml",
            event: "pull_request_review",
            startedBy: "person",
            holds: ["the secret REVIEW"],
          },
        ],
      },
    ],
    ["warning", "no bubblewrap", { ...FACTS, sandbox: { unknown: "no bubblewrap" } }],
    ["unknown", "there is no token", { ...FACTS, settings: undefined }],
    ["bad", "it is archived", repository({ archived: true })],
    ["bad", "it has no issues", repository({ hasIssues: false })],
    ["bad", "merge commits are not allowed", repository({ allowsMergeCommits: false })],
    ["unknown", "only to people who may push", repository({ allowsMergeCommits: undefined })],
    [
      "warning",
      "jobs may not open pull requests",
      withSettings({ actions: { known: { mayApprove: false, defaultPermission: "read" } } }),
    ],
    ["bad", "ANTHROPIC_API_KEY is not set", withSettings({ secrets: { known: [] } })],
    [
      "warning",
      "FACTORY_SEAL_KEY is not set",
      withSettings({ secrets: { known: ["ANTHROPIC_API_KEY"] } }),
    ],
    ["warning", "no label factory:queued", withSettings({ labels: { known: ["bug"] } })],
    [
      "bad",
      "a linear history is required",
      withSettings({ rules: { known: [{ type: "required_linear_history" }] } }),
    ],
    [
      "warning",
      "2 approving reviews are required",
      withSettings({ rules: { known: [{ type: "pull_request", approvals: 2 }] } }),
    ],
    [
      "warning",
      "these checks are required: ci",
      withSettings({ rules: { known: [{ type: "required_status_checks", checks: ["ci"] }] } }),
    ],
    [
      "bad",
      "ended success",
      withSettings({ heartbeat: { known: { at: "2026-11-27T11:00:00Z", conclusion: "success" } } }),
    ],
    [
      "bad",
      "ended failure",
      withSettings({ heartbeat: { known: { at: "2026-11-29T11:41:00Z", conclusion: "failure" } } }),
    ],
    ["unknown", "no scheduled run is listed", withSettings({ heartbeat: { known: undefined } })],
    ["unknown", "GitHub said: 403", withSettings({ secrets: { unknown: "GitHub said: 403" } })],
  ])("%s: %s", (state, says, facts) => {
    const found = states(facts, state);
    expect(
      found.some((line) => line.includes(says)),
      found.join("\n"),
    ).toBe(true);
  });
});

test.each<[string, readonly string[], RegExp]>([
  ["nothing", [], /^`millwright init`$/],
  ["a workflow of that name", [".github/workflows/factory.yml"], /^Rename .* commit that; then/],
  [
    "what init wrote, without the workflow",
    [".github/factory.init.json"],
    /^Take .* back from git/,
  ],
])("where nothing calls Millwright and %s is there, init has something to do", (_, paths, mend) => {
  const findings = diagnose({ ...FACTS, callers: [], has: (path) => paths.includes(path) });
  expect(findings.find(({ about }) => about === "workflow")?.mend).toMatch(mend);
});

describe("who calls Millwright", () => {
  const workflow = (job: string, more = "") =>
    `on: { schedule: [] }\n${more}jobs:\n  one: ${job}\n`;
  const uses = `uses: OWNER/millwright/.github/workflows/factory.yml@${COMMIT}`;
  const found = (text: string) => callersIn(CALLER.path, text, ["factory.yml"]);

  test("a file of its own repository is one where that holds it, and needs no pin", () => {
    for (const place of ["$", "."]) {
      const text = workflow(`{ uses: "${place}/.github/workflows/factory.yml", permissions: {} }`);
      const [caller] = callersIn(CALLER.path, text, ["factory.yml"], { own: ["factory.yml"] });
      expect(caller).toMatchObject({ isOwn: true, file: "factory.yml" });
      expect(found(text)).toEqual([]);
      const findings = diagnose({ ...FACTS, callers: [caller ?? CALLER] });
      expect(findings.find(({ about }) => about.startsWith("pin of"))?.state).toBe("good");
    }
  });

  test.each([
    [workflow(`{ ${uses}, permissions: { issues: write, contents: none } }`), { issues: "write" }],
    [workflow(`{ ${uses} }`, "permissions: read-all\n"), "read-all"],
    [workflow(`{ ${uses}, permissions: {} }`, "permissions: write-all\n"), {}],
    [workflow(`{ ${uses} }`), undefined],
  ])("%j is granted %j", (text, permissions) => {
    expect(found(text)).toEqual([
      expect.objectContaining({ job: "one", ref: COMMIT, permissions, hasSchedule: true }),
    ]);
  });

  test.each([
    [workflow("{ uses: OWNER/other/.github/workflows/factory.yml@v0 }")],
    [workflow("{ uses: OWNER/millwright/.github/workflows/unknown.yml@v0 }")],
    [workflow("{ uses: ./.github/workflows/factory.yml }")],
    [workflow("{ runs-on: ubuntu-24.04, steps: [] }")],
    ["jobs: [\n"],
    ["- a\n"],
    [""],
  ])("%j calls nothing", (text) => {
    expect(found(text)).toEqual([]);
  });

  test("a template says what its called file needs", () => {
    const text = workflow(`{ ${uses}, permissions: { issues: write } }`);
    expect(needsOf(text)).toEqual({ issues: "write" });
  });
});

describe("copies of the workflows", () => {
  const pin = { repository: "tools/millwright", ref: COMMIT };
  const copy = (name: string, ...calls: readonly string[]) => ({
    path: `.github/workflows/millwright-${name}.yml`,
    pins: [pin],
    calls: calls.map((called) => `.github/workflows/millwright-${called}.yml`),
  });
  const said = (copies: Facts["copies"]) =>
    diagnose({ ...FACTS, copies }).find(({ about }) => about === "copied workflows");

  test.each([
    ["good", "2 of them, all of tools/millwright@", [copy("factory", "line"), copy("line")]],
    [
      "bad",
      "millwright-factory.yml calls .github/workflows/millwright-line.yml, which is not there",
      [copy("factory", "line")],
    ],
    [
      "bad",
      `and tools/millwright@${"b".repeat(40)}`,
      [copy("factory"), { ...copy("line"), pins: [{ ...pin, ref: "b".repeat(40) }] }],
    ],
  ])("are %s: %s", (state, found, copies) => {
    expect(said(copies)).toMatchObject({ state, found: expect.stringContaining(found) });
  });

  test("are not spoken of where there is none", () => {
    expect(said([])).toBeUndefined();
  });

  test("are what a caller calls, at the commit of their actions", () => {
    const text = `jobs:\n  one: { uses: ./.github/workflows/millwright-factory.yml, permissions: {} }\n`;
    const copies = new Map([["millwright-factory.yml", pin]]);
    expect(callersIn(CALLER.path, text, ["factory.yml"], { copies })).toEqual([
      expect.objectContaining({ ...pin, file: "factory.yml", isCopy: true }),
    ]);
    expect(callersIn(CALLER.path, text, ["factory.yml"])).toEqual([]);
  });
});
