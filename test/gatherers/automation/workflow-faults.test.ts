import { describe, expect, test } from "vitest";
import { workflowFaults } from "../../../src/gatherers/automation/workflow-faults.ts";

const PIN = "a".repeat(40);

function faultsOf(text: string) {
  return workflowFaults({ path: ".github/workflows/a.yml", text })?.map(
    ({ kind, line, job, said }) => `${kind} ${job}:${line} ${said}`,
  );
}

const head = (on: string) => `on: ${on}\njobs:\n  one:\n    runs-on: ubuntu-24.04\n`;

describe("what a step uses", () => {
  test.each([
    ["actions/checkout@v5", ["unpinned one:6 actions/checkout@v5"]],
    ["docker://alpine:3", ["unpinned one:6 docker://alpine:3"]],
    [`actions/checkout@${PIN}`, []],
    [`docker://alpine@sha256:${"b".repeat(64)}`, []],
    ["./actions/own", []],
    ["$/actions/control", []],
  ])("%s", (uses, faults) => {
    expect(faultsOf(`${head("push")}    steps:\n      - uses: ${uses}\n`)).toEqual(faults);
  });

  test("a called workflow, too", () => {
    const text = "on: push\njobs:\n  one:\n    uses: OWNER/NAME/.github/workflows/x.yml@main\n";
    expect(faultsOf(text)).toEqual(["unpinned one:4 OWNER/NAME/.github/workflows/x.yml@main"]);
  });
});

describe("a checkout of what a stranger wrote", () => {
  const steps = (ref: string) =>
    `    steps:\n      - uses: actions/checkout@${PIN}\n        with:\n          ref: ${ref}\n`;
  const sha = "${{ github.event.pull_request.head.sha }}";

  test.each([
    ["pull_request_target", sha, true],
    ["[push, pull_request_target]", sha, true],
    ["{ pull_request_target: { types: [opened] } }", "${{ github.head_ref }}", true],
    ["pull_request_target", "refs/pull/${{ github.event.number }}/merge", true],
    ["pull_request_target", "main", false],
    ["pull_request", sha, false],
  ])("on %s of %s: %s", (on, ref, isFault) => {
    const faults = faultsOf(`${head(on)}${steps(ref)}`);
    expect(faults).toEqual(isFault ? [`foreign-checkout one:8 ${ref}`] : []);
  });
});

describe("a permission that no step can use", () => {
  const job = (permissions: string, step: string) =>
    `${head("push")}    permissions: ${permissions}\n    steps:\n      - ${step}\n`;

  test.each([
    ["{ contents: write }", "run: make", ["unused-permission one:5 contents: write"]],
    ["{ contents: read }", "run: make", []],
    ["{ id-token: write }", "run: make", []],
    ["{ contents: write }", "run: login ${{ github.token }}", []],
    ["{ contents: write }", "{ run: gh pr list, env: { GH: '${{ secrets.GITHUB_TOKEN }}' } }", []],
    ["{ contents: write }", `uses: actions/checkout@${PIN}`, []],
    ["write-all", "run: make", []],
  ])("%s, %s", (permissions, step, faults) => {
    expect(faultsOf(job(permissions, step))).toEqual(faults);
  });

  test("of the whole workflow, where the job says nothing", () => {
    const text = `permissions: { issues: write }\n${head("push")}    steps:\n      - run: make\n`;
    expect(faultsOf(text)).toEqual(["unused-permission one:1 issues: write"]);
  });
});

test.each([["on: ["], ["a: 1\na: 2\n"]])("%j is not read", (text) => {
  expect(faultsOf(text)).toBeUndefined();
});

test.each([[""], ["jobs: x"], ["jobs: { one: 3 }"], ["jobs: { one: { steps: [1] } }"]])(
  "%j has nothing in it",
  (text) => {
    expect(faultsOf(text)).toEqual([]);
  },
);
