import { execFileSync, spawnSync } from "node:child_process";
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createRunner, workflowFileOf } from "../../../src/adapters/runner/runner.ts";
import { createFakeRunner } from "../../fakes/runner.ts";
import { runnerSuite } from "../../ports/runner.suite.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "runner-"));
  writeFileSync(join(folder, "event.json"), '{"action":"labeled"}');
  for (const file of ["output", "summary"]) writeFileSync(join(folder, file), "");
  for (const [name, value] of Object.entries({
    INPUT_ORDER: "order.json",
    GITHUB_EVENT_PATH: join(folder, "event.json"),
    GITHUB_EVENT_NAME: "issues",
    GITHUB_OUTPUT: join(folder, "output"),
    GITHUB_STEP_SUMMARY: join(folder, "summary"),
    GITHUB_RUN_ID: "1001",
    GITHUB_RUN_ATTEMPT: "1",
    GITHUB_REPOSITORY: "OWNER/example",
    GITHUB_WORKFLOW_REF: "OWNER/example/.github/workflows/factory.yml@refs/heads/main",
    GITHUB_SERVER_URL: "http://127.0.0.1:1",
    GITHUB_API_URL: "http://127.0.0.1:1/api",
    GITHUB_ACTOR: "owner",
    GITHUB_ACTOR_ID: "7",
  })) {
    vi.stubEnv(name, value);
  }
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

runnerSuite("actions", async () => ({ runner: createRunner(), path: join(folder, "new/file") }));
runnerSuite("fake", async () => ({
  path: "/fake/file",
  runner: createFakeRunner({
    inputs: { order: "order.json" },
    event: { name: "issues", payload: { action: "labeled" } },
  }),
}));

describe("createRunner", () => {
  test("writes outputs with a delimiter that nobody can guess", () => {
    createRunner().output("digest", "EOF ghadelimiter_");
    expect(readFileSync(join(folder, "output"), "utf8")).toMatch(
      /^digest<<(ghadelimiter_[0-9a-f-]{36})\nEOF ghadelimiter_\n\1\n$/,
    );
  });

  test("cuts a summary at the bound of the runner", async () => {
    const runner = createRunner();
    await runner.summary("# Hello");
    await runner.summary("x".repeat(1_200_000));
    const text = readFileSync(join(folder, "summary"), "utf8");
    expect(text).toMatch(/^# Hello\n/);
    expect(Buffer.byteLength(text)).toBeLessThan(1_048_576);
    expect(text).toContain("(cut: 1200000 bytes in all)");
  });

  test("does without a summary where there is none", async () => {
    vi.stubEnv("GITHUB_STEP_SUMMARY", "");
    await expect(createRunner().summary("# Hello")).resolves.toBeUndefined();
  });

  test("reads no link, no folder and no pipe", async () => {
    const runner = createRunner();
    symlinkSync("/etc/passwd", join(folder, "link"));
    execFileSync("mkfifo", [join(folder, "pipe")]);
    for (const name of ["link", "pipe", "."]) {
      await expect(runner.readFile(join(folder, name), 1_000_000), name).rejects.toThrow();
    }
  });

  test("leaves no half of a file", async () => {
    const path = join(folder, "proposal.json");
    await createRunner().writeFile(path, "{}");
    await createRunner().writeFile(path, "[]");
    expect(readFileSync(path, "utf8")).toBe("[]");
    expect(readdirSync(folder).filter((name) => name.includes("part"))).toEqual([]);
  });

  test.each(["GITHUB_RUN_ID", "GITHUB_WORKFLOW_REF", "GITHUB_ACTOR_ID"])(
    "names %s when it is missing",
    (name) => {
      vi.stubEnv(name, "");
      const runner = createRunner();
      expect(() => runner.run).toThrow(name);
    },
  );

  test("refuses a payload that is not JSON in UTF-8", async () => {
    writeFileSync(join(folder, "event.json"), Buffer.from([0x22, 0xff, 0x22]));
    await expect(createRunner().event()).rejects.toThrow();
  });

  test("logs, masks and fails as the runner understands it", () => {
    const module = join(import.meta.dirname, "../../../src/adapters/runner/runner.ts");
    const program = `
      import { createRunner } from ${JSON.stringify(module)};
      const runner = createRunner();
      runner.info("::add-mask::x");
      runner.info("plain");
      runner.warning("careful\\n::error::x");
      runner.quote("one\\r::error::two");
      runner.secret("word");
      runner.secret("");
      runner.fail("sorry");`;
    const { stdout, status } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
      encoding: "utf8",
    });
    expect(status).toBe(1);
    expect(stdout.split("\n")).toEqual([
      "| ::add-mask::x",
      "plain",
      "::warning::careful ::error::x",
      "| one",
      "| ::error::two",
      "::add-mask::word",
      "::error::sorry",
      "",
    ]);
  });
});

describe("workflowFileOf", () => {
  test.each([
    ["OWNER/a/.github/workflows/factory.yml@refs/heads/main", "factory.yml"],
    ["OWNER/a/.github/workflows/x.y.yaml@refs/pull/1/merge", "x.y.yaml"],
  ])("%s", (reference, expected) => {
    expect(workflowFileOf(reference)).toBe(expected);
  });

  test.each([
    "",
    "factory.yml",
    "OWNER/a/.github/workflows/a/b.yml@x",
    "OWNER/a/.github/workflows/b.yml",
  ])("refuses %j", (reference) => {
    expect(() => workflowFileOf(reference)).toThrow(/names no workflow file/);
  });
});
