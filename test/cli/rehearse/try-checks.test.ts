import { expect, test } from "vitest";
import { tryChecks } from "../../../src/cli/rehearse/try-checks.ts";
import { Config } from "../../../src/domain/config/schema.ts";
import { createFakeRepository } from "../../fakes/repository.ts";
import { createFakeSandbox, exited } from "../../fakes/sandbox.ts";

/** What is said of a lint check that ends like this. */
async function sayOfLint(exitCode: number, output: string) {
  const repository = createFakeRepository();
  const base = repository.commit({ "a.txt": "a\n" });
  const sandbox = createFakeSandbox({ run: () => exited(exitCode, output) });
  const config = Config.parse({ checks: { lint: "make lint" } });
  const [tried] = await tryChecks({ config, base, sandbox, repository, onTried: () => undefined });
  return { keep: tried?.keep, said: tried?.said };
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
  ["blank lines", "first\nlast\n\n  \n", "last"],
  ["silence", "\n", "it said nothing"],
])("a check that fails is left out, and its error is told: %s", async (_who, output, words) => {
  expect(await sayOfLint(1, output)).toEqual({
    keep: false,
    said: `left out: exit code 1 on the base: ${words}`,
  });
});
