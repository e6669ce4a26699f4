import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as core from "@actions/core";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import * as ours from "../../../src/adapters/runner/workflow-commands.ts";

const TEXTS = [
  "",
  "plain",
  "100 % of\r\nit",
  "::error::x",
  " a:b, c ",
  "%0A",
  "\u0085\u2028 ::x",
  "##[error]y",
];

let folder: string;
let said: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "workflow-commands-"));
  said = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    said += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  process.exitCode = undefined;
  rmSync(folder, { recursive: true, force: true });
});

/** What that call says on standard output, and whether it lets the process end red. */
function saying(call: () => void) {
  said = "";
  process.exitCode = undefined;
  call();
  return { said, exitCode: process.exitCode as number | undefined };
}

function file(name: string): string {
  const path = join(folder, name);
  writeFileSync(path, "before\n");
  return path;
}

/** Each delimiter is new: named by the order in which they come. */
function named(text: string): string {
  return text.replaceAll(/ghadelimiter_[0-9a-f-]{36}/g, "MARK");
}

describe("as GitHub's own @actions/core does it", () => {
  test.each([
    ["info", core.info, ours.info],
    ["warning", core.warning, ours.warning],
    ["setSecret", core.setSecret, ours.setSecret],
    ["setFailed", core.setFailed, ours.setFailed],
  ])("%s", (_, theirs, own) => {
    for (const text of TEXTS) {
      const expected = saying(() => theirs(text));
      expect(
        saying(() => own(text)),
        JSON.stringify(text),
      ).toEqual(expected);
      expect(expected.said).not.toBe("");
    }
  });

  test("getInput", () => {
    for (const text of TEXTS) {
      vi.stubEnv("INPUT_MODEL-BASE-URL", text);
      vi.stubEnv("INPUT_TWO_WORDS", `\t${text}\n`);
      for (const name of ["model-base-url", "two words", "Two Words", "missing"]) {
        expect(ours.getInput(name), name).toBe(core.getInput(name));
      }
    }
  });

  test("setOutput", () => {
    const write = (setOutput: (name: string, value: string) => void, path: string) => {
      vi.stubEnv("GITHUB_OUTPUT", path);
      for (const text of TEXTS) setOutput("name", text);
      return named(readFileSync(path, "utf8"));
    };
    const expected = write(core.setOutput, file("theirs"));
    expect(write(ours.setOutput, file("ours"))).toBe(expected);
    expect(expected).toContain("name<<MARK\nplain\nMARK\n");
  });

  test("a summary", async () => {
    const theirs = file("theirs");
    vi.stubEnv("GITHUB_STEP_SUMMARY", theirs);
    const path = file("ours");
    for (const text of TEXTS) {
      await core.summary.addRaw(text, true).write();
      ours.addSummary(path, text);
    }
    expect(readFileSync(path, "utf8")).toBe(readFileSync(theirs, "utf8"));
  });
});

describe("a command file that the runner did not make", () => {
  test("takes no output", () => {
    vi.stubEnv("GITHUB_OUTPUT", join(folder, "gone"));
    expect(() => core.setOutput("name", "value")).toThrow();
    expect(() => ours.setOutput("name", "value")).toThrow(/ENOENT/);
    vi.stubEnv("GITHUB_OUTPUT", "");
    expect(() => ours.setOutput("name", "value")).toThrow(/GITHUB_OUTPUT is not set/);
  });

  test("takes no summary", () => {
    expect(() => ours.addSummary(join(folder, "gone"), "# Hello")).toThrow(/ENOENT/);
  });
});
