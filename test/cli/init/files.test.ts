import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { type Facts, wantedFiles } from "../../../src/cli/init/files.ts";
import { isCommit, pinWorkflow, readPin, repositoryOfRemote } from "../../../src/cli/init/pin.ts";
import { ciNames } from "../../../src/cli/init/workflows/ci-names.ts";
import { readConfigText } from "../../../src/control/observed/config-text.ts";
import { partsOf } from "../../../src/domain/config/scoped-checks.ts";
import { root } from "../../repository/bundles.ts";

const WORKFLOW = readFileSync(join(root, "workflow-templates/factory.yml"), "utf8");

const FACTS: Facts = {
  proposed: {
    taken: "Python",
    checks: [{ name: "test", run: "python3 -m pytest", because: "tests/" }],
    projects: [],
    toolchains: ["python3"],
    harness: [],
    notes: ["a note"],
  },
  firstDay: "staged",
  pin: { repository: "OWNER/millwright", ref: "a".repeat(40), version: "v0.1.0" },
  ciWorkflows: ["CI", 'Tests "all"'],
  templates: { workflow: WORKFLOW, forms: { "bug.yml": "name: Bug\n" } },
};

const textOf = (facts: Facts, path: string) =>
  wantedFiles(facts).find((file) => file.path === path)?.text ?? "";

function configOf(facts: Facts) {
  const read = readConfigText(textOf(facts, ".github/factory.yml"));
  if (!("config" in read)) throw new Error(JSON.stringify(read));
  return read.config;
}

describe("the files that a repository gets", () => {
  test("the workflow stands last: nothing starts before the rest is there", () => {
    const paths = wantedFiles(FACTS).map(({ path }) => path);
    expect(paths).toEqual([
      ".github/factory.yml",
      "AGENTS.md",
      ".github/ISSUE_TEMPLATE/bug.yml",
      ".github/workflows/factory.yml",
    ]);
  });

  test.each(["staged", "live"] as const)("the config of a %s day can be read", (firstDay) => {
    const config = configOf({ ...FACTS, firstDay });
    expect(config.mode).toBe(firstDay);
    expect(partsOf(config.checks.test)[0]?.run).toBe("python3 -m pytest");
    expect(config.sandbox.read).toEqual(["/opt/hostedtoolcache"]);
    expect(config.harness).toEqual(["AGENTS.md"]);
  });

  test("no toolchain is shown to the sandbox where none is needed", () => {
    const proposed = { ...FACTS.proposed, toolchains: [] };
    expect(configOf({ ...FACTS, proposed }).sandbox.read).toEqual([]);
  });

  test.each([
    [["CLAUDE.md"], false, ["CLAUDE.md"]],
    [["CONTRIBUTING.md"], true, ["AGENTS.md", "CONTRIBUTING.md"]],
    [[".github/copilot-instructions.md"], false, [".github/copilot-instructions.md"]],
  ])("beside %j: AGENTS.md %s", (harness, isWritten, shown) => {
    const facts = { ...FACTS, proposed: { ...FACTS.proposed, harness } };
    expect(wantedFiles(facts).some(({ path }) => path === "AGENTS.md")).toBe(isWritten);
    expect(configOf(facts).harness).toEqual(shown);
  });

  test("the workflow listens to the CI that there is, and calls the commit that this is", () => {
    const workflow = parse(textOf(FACTS, ".github/workflows/factory.yml"));
    expect(workflow.on.workflow_run.workflows).toEqual(["CI", 'Tests "all"']);
    expect(workflow.jobs.factory.uses).toBe(
      `OWNER/millwright/.github/workflows/factory.yml@${"a".repeat(40)}`,
    );
    const none = parse(textOf({ ...FACTS, ciWorkflows: [] }, ".github/workflows/factory.yml"));
    expect(none.on).not.toHaveProperty("workflow_run");
  });
});

const callOf = (uses: string) => `name: CI\non: pull_request\njobs:\n  a:\n    uses: ${uses}\n`;

describe("which workflows judge a pull request", () => {
  test.each([
    ["name: CI\non: pull_request\n", ["CI"]],
    ["name: CI\non: [push, pull_request]\n", ["CI"]],
    ["on: { pull_request: { branches: [main] } }\n", [".github/workflows/a.yml"]],
    ["name: Deploy\non: push\n", []],
    ["name: Danger\non: pull_request_target\n", []],
    [callOf("acme/millwright/.github/workflows/factory.yml@v0"), []],
    [callOf("acme/millwright/.github/workflows/reviews.yml@v0"), []],
    [callOf("acme/factories/.github/workflows/factory.yml@v0"), []],
    [callOf("./.github/workflows/millwright-factory.yml"), []],
    [callOf("acme/shared/.github/workflows/test.yml@v1"), ["CI"]],
    [callOf("./.github/workflows/my-factory.yml"), ["CI"]],
    ["name: [torn\n", []],
    ["", []],
  ])("%j", (text, names) => {
    expect(ciNames([{ path: ".github/workflows/a.yml", text }])).toEqual(names);
  });

  test("each name once, in order", () => {
    const text = "name: CI\non: pull_request\n";
    const file = (path: string) => ({ path, text });
    expect(ciNames([file("b.yml"), file("a.yml")])).toEqual(["CI"]);
  });
});

describe("the pin", () => {
  test.each([
    ["OWNER/millwright@v0", { repository: "OWNER/millwright", ref: "v0" }, false],
    [`a/b.c@${"0".repeat(40)}`, { repository: "a/b.c", ref: "0".repeat(40) }, true],
  ])("%s", (text, pin, fixed) => {
    expect(readPin(text)).toEqual(pin);
    expect(isCommit(readPin(text))).toBe(fixed);
  });

  test.each(["", "millwright@v0", "OWNER/millwright", "a/b@v0\nrun: x", "a/b@v 0", "a/b/c@v0"])(
    "%j is none",
    (text) => {
      expect(() => readPin(text)).toThrow(/--uses: expected OWNER\/NAME@REF/);
    },
  );

  test("every call of the template is pinned", () => {
    const pinned = pinWorkflow(WORKFLOW, { repository: "a/b", ref: "c" });
    expect(pinned).not.toMatch(/uses:.*OWNER/);
    expect(pinned).toContain("uses: a/b/.github/workflows/factory.yml@c\n");
  });

  test.each([
    ["git@github.com:OWNER/millwright.git", "OWNER/millwright"],
    ["https://github.com/OWNER/millwright", "OWNER/millwright"],
    ["git+ssh://git@github.com/OWNER/millwright.git#abc", "OWNER/millwright"],
    ["https://example.com/OWNER/millwright.git", undefined],
    ["/srv/millwright", undefined],
  ])("of a clone of %s", (url, repository) => {
    expect(repositoryOfRemote(url)).toBe(repository);
  });
});

test("a workflow that is a bomb of aliases is left out", () => {
  const rows = Array.from({ length: 12 }, (_, at) =>
    at === 0 ? "a0: &a0 [x, x]" : `a${at}: &a${at} [${`*a${at - 1}, `.repeat(9)}*a${at - 1}]`,
  );
  const text = `on: pull_request\n${rows.join("\n")}\n`;
  expect(ciNames([{ path: "bomb.yml", text }])).toEqual([]);
});

test("what init reads of this project is in the package that npx installs", () => {
  const { files } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const needed = ["src/cli/init/templates", "workflow-templates", ".github/workflows"];
  expect(needed.filter((path) => !files.includes(path))).toEqual([]);
});
