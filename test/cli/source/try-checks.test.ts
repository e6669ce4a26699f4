import { expect, test } from "vitest";
import { tryChecks } from "../../../src/cli/source/try-checks.ts";
import { Config } from "../../../src/domain/config/schema.ts";
import { createFakeRepository } from "../../fakes/repository.ts";
import { createFakeSandbox, exited } from "../../fakes/sandbox.ts";

const QUIET = {
  signal: new AbortController().signal,
  onBegin: () => undefined,
  onTried: () => undefined,
};

/** What is said of a lint check that ends like this. */
async function sayOfLint(exitCode: number, output: string) {
  const repository = createFakeRepository();
  const base = repository.commit({ "a.txt": "a\n" });
  const sandbox = createFakeSandbox({ run: () => exited(exitCode, output) });
  const config = Config.parse({ checks: { lint: "make lint" } });
  const [tried] = await tryChecks({ ...QUIET, config, base, sandbox, repository });
  return { keep: tried?.keep, isBroken: tried?.isBroken, said: tried?.said };
}

test("a check that passes is kept", async () => {
  const { keep, said } = await sayOfLint(0, "error: none of this counts\n");
  expect(keep).toBe(true);
  expect(said).toMatch(/^passed in \d+\.\d s$/);
});

test.each([
  [
    "clippy, which ends with what it waited for",
    "    Checking shop v1.0.0\n\u001b[1m\u001b[31merror\u001b[0m: use of `print!`\n --> src/a.rs:3:5\nerror: could not compile `shop` (lib) due to 1 previous error\nwarning: build failed, waiting for other jobs to finish...\n",
    "error: use of `print!`",
  ],
  [
    "cargo",
    "error[E0308]: mismatched types\n --> src/a.rs:1:1\n",
    "error[E0308]: mismatched types",
  ],
  [
    "only what came after",
    "warning: unused\nerror: could not compile `shop`\nend\n",
    "error: could not compile `shop`",
  ],
  [
    "mypy",
    "a.py:1: error: Name “x” is not defined\nFound 1 error in 1 file\n",
    "a.py:1: error: Name “x” is not defined",
  ],
  [
    "tsc",
    "src/a.ts(1,2): error TS2304: Cannot find name 'x'.\n\nnpm error code 2\n",
    "src/a.ts(1,2): error TS2304: Cannot find name 'x'.",
  ],
  [
    "eslint",
    "/a.js\n  1:5  error  'x' is not defined\n\n✖ 1 problem (1 error)\n",
    "1:5  error  'x' is not defined",
  ],
  [
    "Python",
    "Traceback:\nModuleNotFoundError: No module named 'x'\nexited\n",
    "ModuleNotFoundError: No module named 'x'",
  ],
  [
    "words about errors",
    "handles error pages\n0 errors, 1 warning\nwould reformat a.py\n",
    "would reformat a.py",
  ],
  [
    "Maven, which ends with where to read more",
    "[INFO] Scanning\n[ERROR] COMPILATION ERROR : \n[ERROR] /ws/src/A.java:[3,5] cannot find symbol\n[ERROR] Failed to execute goal x:compile\n[ERROR] -> [Help 1]\n[ERROR] To see the full stack trace\n[ERROR] [Help 1] http://cwiki.apache.org/x\n",
    "[ERROR] /ws/src/A.java:[3,5] cannot find symbol",
  ],
  [
    "Maven without a plug-in, where nothing else is told",
    "[INFO] x\n[ERROR] Failed to execute goal x: Cannot access central\n[ERROR] [Help 1] http://x\n",
    "[ERROR] Failed to execute goal x: Cannot access central",
  ],
  [
    "npm",
    'npm error Missing script: "lint"\nnpm error\nnpm error A complete log of this run: x\n',
    'npm error Missing script: "lint"',
  ],
  [
    "Prettier, which counts what is well at the end",
    '[error] No files matching the pattern were found: "docs/**/*.md".\nAll matched files use Prettier code style!\n',
    '[error] No files matching the pattern were found: "docs/**/*.md".',
  ],
  [
    "npm around a linter",
    "> lint\n/a.js\n  1:5  error  no\n\nnpm error code ELIFECYCLE\nnpm error path /ws\n",
    "1:5  error  no",
  ],
  [
    "make around a compiler",
    "a.c:1:1: error: expected ;\nmake: *** [Makefile:3: all] Error 1\n",
    "a.c:1:1: error: expected ;",
  ],
  [
    "make",
    "make: *** No rule to make target 'lint'.  Stop.\n",
    "make: *** No rule to make target 'lint'.  Stop.",
  ],
  [
    "go",
    "# shop\n./a.go:3:2: undefined: x\nFAIL\tshop [build failed]\n",
    "./a.go:3:2: undefined: x",
  ],
  [
    "CMake",
    "-- Configuring\nCMake Error at CMakeLists.txt:3 (find_package):\n  x\n-- Done\n",
    "CMake Error at CMakeLists.txt:3 (find_package):",
  ],
  ["blank lines", "first\nlast\n\n  \n", "last"],
  [
    "Bundler, which breaks its sentences",
    "users on this machine.\nCould not reach host index.rubygems.org. Check your network connection and try\nagain.\n",
    "Could not reach host index.rubygems.org. Check your network connection and try again.",
  ],
  ["a long line that is no part of it", `${"x".repeat(90)}\nthe end\n`, "the end"],
  ["silence", "\n", "it said nothing"],
])("a check that fails is left out, and its error is told: %s", async (_who, output, words) => {
  expect(await sayOfLint(1, output)).toEqual({
    keep: false,
    isBroken: false,
    said: `exit code 1 on the base: ${words}`,
  });
});

test.each([
  ["a program that is not there", 127, "bash: line 1: tox: command not found\n", true],
  ["a file that is no program", 126, "bash: line 1: ./t: Permission denied\n", true],
  ["a linter that found something", 1, "1 problem\n", false],
])("%s: whether it gave an answer at all", async (_title, code, output, isBroken) => {
  expect(await sayOfLint(code, output)).toMatchObject({ keep: false, isBroken });
});

test("a check without the report that it promises gave no answer, and says so", async () => {
  const repository = createFakeRepository();
  const base = repository.commit({ "a.txt": "a\n" });
  const sandbox = createFakeSandbox({ run: () => exited(0, "fine\n"), readFile: () => undefined });
  const config = Config.parse({ checks: { test: { run: "make test", report: "r.xml" } } });
  const [tried] = await tryChecks({ ...QUIET, config, base, sandbox, repository });
  expect(tried).toMatchObject({ keep: false, isBroken: true });
  expect(tried?.said).toBe(
    "exit code 0, but the report r.xml is not there after the run on the base: fine",
  );
});

test("checks are named before they run, and none begins once it is stopped; the workspace goes", async () => {
  const repository = createFakeRepository();
  const base = repository.commit({ "a.txt": "a\n" });
  const stopped = new AbortController();
  const begun: string[] = [];
  const sandbox = createFakeSandbox({
    run: () => {
      stopped.abort(new Error("stopped"));
      return exited(1, "gone\n");
    },
  });
  const config = Config.parse({ checks: { lint: "make lint", build: "make" } });
  const trial = tryChecks({
    ...{ config, base, sandbox, repository, signal: stopped.signal },
    onBegin: (name) => void begun.push(name),
    onTried: () => void begun.push("a result"),
  });
  await expect(trial).rejects.toThrow("stopped");
  expect(begun).toEqual(["lint"]);
  expect(sandbox.calls.filter(({ method }) => method === "close")).toHaveLength(1);
});
