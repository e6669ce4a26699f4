import { expect, test } from "vitest";
import { tryChecks, untriedOf } from "../../../src/cli/source/try-checks.ts";
import { Config } from "../../../src/domain/config/schema.ts";
import { createFakeRepository } from "../../fakes/repository.ts";
import { createFakeSandbox, exited } from "../../fakes/sandbox.ts";

const QUIET = {
  signal: new AbortController().signal,
  onBegin: () => undefined,
  onTried: () => undefined,
};

/** What is said of a setup that fails with this output. */
async function sayOfSetup(output: string) {
  const repository = createFakeRepository();
  const base = repository.commit({ "a.txt": "a\n" });
  const sandbox = createFakeSandbox({ run: () => exited(1, output) });
  const config = Config.parse({ checks: { setup: "bundle install", lint: "make lint" } });
  const [tried] = await tryChecks({ ...QUIET, config, base, sandbox, repository });
  return { said: tried?.said, untried: untriedOf(config, tried === undefined ? [] : [tried]) };
}

test.each([
  [
    "Bundler, after a gemspec that asks git",
    "fatal: not a git repository (or any parent up to mount point /)\nCould not reach host index.rubygems.org. Check your network connection and try\nagain.\n",
    "Could not reach host index.rubygems.org. Check your network connection and try again.",
  ],
  [
    "Cargo, which ends with the cause",
    "error: failed to get `a` as a dependency of package `x`\n\nCaused by:\n  failed to load\n\nCaused by:\n  failed to resolve address for github.com: Name or service not known\n",
    "failed to resolve address for github.com: Name or service not known",
  ],
  [
    "Composer, which ends with its usage",
    "  curl error 6 while downloading https://repo.packagist.org/packages.json: Could not resolve host: repo.packagist.org\n\ninstall [--prefer-source] [--dev]\n",
    "curl error 6 while downloading https://repo.packagist.org/packages.json: Could not resolve host: repo.packagist.org",
  ],
  [
    "Composer, which breaks its lines",
    "  [TransportException]\n  curl error 6 while downloading https://repo.example.org/some/long/path/to/x.json\n  of_the_list failed: Name or service not known\n\ninstall [--dev]\n",
    "curl error 6 while downloading https://repo.example.org/some/long/path/to/x.json of_the_list failed: Name or service not known",
  ],
  [
    "npm, which begins with its code",
    "npm error code ENOTFOUND\nnpm error errno ENOTFOUND\nnpm error network request to https://example.org/a.tgz failed, reason: getaddrinfo ENOTFOUND example.org\n",
    "npm error network request to https://example.org/a.tgz failed, reason: getaddrinfo ENOTFOUND example.org",
  ],
  [
    "uv, behind a proxy of its own",
    "error: Failed to download `a==1`\n  Caused by: invalid peer certificate: UnknownIssuer\n",
    "Caused by: invalid peer certificate: UnknownIssuer",
  ],
])("a setup that reaches nobody says so before all else: %s", async (_who, output, words) => {
  const { said, untried } = await sayOfSetup(output);
  expect(said).toBe(`exit code 1 on the base: ${words}`);
  expect(untried).toEqual([{ name: "lint", command: "make lint" }]);
});

test("a setup that sees some files alone says which, where it fails", async () => {
  const repository = createFakeRepository();
  const base = repository.commit({ "a.txt": "a\n" });
  const sandbox = createFakeSandbox({ run: () => exited(2, "error: a.c is not there\n") });
  const config = Config.parse({ checks: { setup: { run: "make", from: ["Makefile", "b/**"] } } });
  const [tried] = await tryChecks({ ...QUIET, config, base, sandbox, repository });
  expect(tried?.said).toBe(
    "exit code 2 on the base, of which it sees Makefile, b/** alone: error: a.c is not there",
  );
});

test("of a check without a network, a test about names is no cause", async () => {
  const { said } = await sayOfLint(1, "ok: ENOTFOUND is told\nerror: a slip\n");
  expect(said).toBe("exit code 1 on the base: error: a slip");
});

test("a check runs without the files that are left out", async () => {
  const repository = createFakeRepository();
  const base = repository.commit({ "a/x.txt": "a\n", "b/x.txt": "b\n", "c.txt": "c\n" });
  const sandbox = createFakeSandbox({ run: () => exited(0, ""), write: () => undefined });
  const config = Config.parse({ checks: { lint: "make lint" } });
  const without = (path: string) => path.startsWith("b/");
  await tryChecks({ ...QUIET, config, base, sandbox, repository, without });
  const calls = sandbox.calls.map(({ method, argument }) => [method, argument]);
  const written = calls.findIndex(([method]) => method === "write");
  expect(calls[written]?.[1]).toEqual([{ path: "b/x.txt", deleted: true }]);
  expect(written).toBeLessThan(calls.findIndex(([method]) => method === "run"));
});

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
    "Maven with several modules, which ends with how to go on",
    "[INFO] x\n[ERROR] Failed to execute goal a:b:1:compile (default) on project c: protoc did not exit cleanly\n[ERROR] -> [Help 1]\n[ERROR] After correcting the problems, you can resume the build with the command\n[ERROR]   mvn <args> -rf :c\n",
    "[ERROR] Failed to execute goal a:b:1:compile (default) on project c: protoc did not exit cleanly",
  ],
  [
    "Maven without a plug-in, where nothing else is told",
    "[INFO] x\n[ERROR] Failed to execute goal x: Cannot access central\n[ERROR] [Help 1] http://x\n",
    "[ERROR] Failed to execute goal x: Cannot access central",
  ],
  [
    "Maven, whose POM has a parent that is not there",
    "[INFO] Scanning\n[ERROR] [ERROR] Some problems were encountered while processing the POMs:\n[FATAL] Non-resolvable parent POM for a:b:1\n",
    "[FATAL] Non-resolvable parent POM for a:b:1",
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
    "make without the program of a recipe",
    "clang-tidy a.h\nmake: clang-tidy: No such file or directory\nmake: *** [Makefile:28: lint] Error 127\n",
    "make: clang-tidy: No such file or directory",
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
    "CMake Error at CMakeLists.txt:3 (find_package): x",
  ],
  [
    "a rule of Maven's enforcer, which says it in the next line",
    "[INFO] x\n[ERROR] Rule 0: RequireMavenVersion failed with message:\nDetected Maven Version: 3.8.7 is not in the allowed range [3.9,).\n[ERROR] [Help 1] http://x\n",
    "[ERROR] Rule 0: RequireMavenVersion failed with message: Detected Maven Version: 3.8.7 is not in the allowed range [3.9,).",
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
