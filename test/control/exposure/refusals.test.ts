import { expect, test } from "vitest";
import {
  type Exposure,
  isWorkflowPath,
  refuseExposures,
  refuseUnlisted,
  startsWorkflows,
} from "../../../src/control/exposure/branch-workflows.ts";

const CI = ".github/workflows/ci.yml";
const exposure = (parts: Partial<Exposure>): Exposure => ({
  path: CI,
  event: "push",
  startedBy: "factory",
  holds: ["the secret A", "a token that may write"],
  ...parts,
});
const ACCEPTED = "no workflow with secrets that a branch of the factory starts";

test("the refusal of exposed workflows names each file once, and each event", () => {
  const path = ".github/workflows/other.yml";
  expect(
    refuseExposures([
      exposure({ path: "person's", startedBy: "person" }),
      exposure({}),
      exposure({ event: "check_run" }),
      exposure({ path, event: "unreadable" }),
    ]),
  ).toEqual({
    code: "workflow-exposed",
    subject: `${CI}, ${path}`,
    found: [
      `${CI} runs on push with the secret A, a token that may write`,
      `${CI} runs on check_run with the secret A, a token that may write`,
      `${path} runs on events that nobody can tell with the secret A, a token that may write`,
    ].join("; "),
    accepted: ACCEPTED,
    hint: { code: "guard-workflow", path: CI, event: "push" },
  });
});

test("it is cut where there are many, or long ones", () => {
  const long = exposure({ path: "x".repeat(400), holds: ["y".repeat(3_000)] });
  expect(refuseExposures([long])).toEqual({
    code: "workflow-exposed",
    subject: "x".repeat(300),
    found: `${"x".repeat(400)} runs on push with ${"y".repeat(3_000)}`.slice(0, 2_000),
    accepted: ACCEPTED,
    hint: { code: "guard-workflow", path: "x".repeat(300), event: "push" },
  });
});

test("a listing that was cut is refused", () => {
  expect(refuseUnlisted()).toEqual({
    code: "workflow-exposed",
    subject: ".github/workflows",
    found: "a repository with more files than GitHub lists",
    hint: "use-the-job-token",
  });
});

test.each([
  [CI, true],
  [".github/workflows/a.yaml", true],
  [".github/workflows/a.yml.bak", false],
  [".github/workflows/a/b.yml", false],
  [".github/workflows/.yml", false],
  ["docs/.github/workflows/ci.yml", false],
  [".github/workflows/a.json", false],
])("%s is a workflow: %j", (path, is) => {
  expect(isWorkflowPath(path)).toBe(is);
});

test("every identity but the job's token starts workflows", () => {
  expect([41_898_282, 1].map((id) => startsWorkflows({ id }))).toEqual([false, true]);
});
