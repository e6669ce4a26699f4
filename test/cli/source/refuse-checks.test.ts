import { describe, expect, test } from "vitest";
import type { ProposedConfig } from "../../../src/cli/propose-config/propose-config.ts";
import { createProgress } from "../../../src/cli/shared/progress.ts";
import { refuseEmpty, refuseUnusable } from "../../../src/cli/source/refuse-checks.ts";
import type { TriedCheck } from "../../../src/cli/source/try-checks.ts";
import type { CheckRun } from "../../../src/domain/evidence.ts";
import { toldTerminal } from "../../fakes/terminal.ts";

const SHA = "0".repeat(40);

function tried(name: CheckRun["name"], how: "good" | "fails" | "broken"): TriedCheck {
  const run: CheckRun = {
    kind: "check",
    name,
    on: "base",
    subject: { base: SHA, tree: SHA },
    command: `make ${name}`,
    status: how === "good" ? "passed" : "failed",
    exitCode: how === "good" ? 0 : 1,
    durationMs: 1,
    tail: "",
    outputBytes: 0,
  };
  return { run, keep: how === "good", isBroken: how === "broken", said: `it ${how}` };
}

function judge(...checks: readonly TriedCheck[]): string {
  const said: string[] = [];
  const terminal = toldTerminal((text, kind) => {
    if (kind === "line") said.push(text);
  });
  const progress = createProgress(terminal);
  refuseUnusable(checks, { name: "factory.yml", progress, terminal });
  return said.join("\n");
}

describe("a config that somebody wrote", () => {
  test("of which every check works says nothing more", () => {
    expect(judge(tried("setup", "good"), tried("test", "good"))).toBe("");
  });

  test("of which one fails on the base goes on and says what that means", () => {
    expect(judge(tried("lint", "fails"), tried("test", "good"))).toContain(
      "lint on the base: no change is accepted unless it passes with it",
    );
  });

  test.each<readonly [string, readonly TriedCheck[], RegExp]>([
    ["setup fails", [tried("setup", "fails")], /setup fails on the base[\s\S]*make setup/],
    [
      "a check gives no answer",
      [tried("lint", "broken"), tried("test", "good")],
      /a check gives no answer[\s\S]*lint: it broken\n {4}make lint\n[\s\S]*--no-try/,
    ],
    [
      "none passes",
      [tried("setup", "good"), tried("lint", "fails"), tried("test", "fails")],
      /no check passes on the base[\s\S]*make lint[\s\S]*make test/,
    ],
  ])("is refused before a model is asked when %s", (_title, checks, says) => {
    expect(() => judge(...checks)).toThrow(says);
    expect(() => judge(...checks)).toThrow("No model was asked.");
  });
});

describe("a proposal", () => {
  const proposal = (...names: readonly ("setup" | "test")[]): ProposedConfig => ({
    taken: undefined,
    checks: names.map((name) => ({ name, run: "x", because: "y" })),
    projects: [],
    harness: [],
    toolchains: undefined,
    notes: [],
  });

  test("of which a check is left is taken", () => {
    expect(() => refuseEmpty(proposal("test"), proposal("test"))).not.toThrow();
  });

  test.each([
    ["none was found", proposal(), "no check was found"],
    [
      "none works",
      proposal("setup", "test"),
      "none of the checks that were found works on the base",
    ],
  ])("of which nothing is left ends with what to write: %s", (_title, proposed, why) => {
    expect(() => refuseEmpty(proposal("setup"), proposed)).toThrow(why);
    expect(() => refuseEmpty(proposal(), proposed)).toThrow(
      /--config FILE[\s\S]*version: 1[\s\S]*test:/,
    );
  });
});
