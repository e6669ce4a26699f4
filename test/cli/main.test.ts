import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const MAIN = join(import.meta.dirname, "../../src/cli/main.ts");

test.each([
  [["--help"], 0],
  [["simulate", "--issues", "5", "--repositories", "1"], 0],
  [["init", "--first-day", "never"], 2],
])("%s ends as ever for a reader that is gone", (words, code) => {
  // Closed before the command has begun to speak; what it says of errors goes the same way, but for what Node itself says of them.
  const command = `"$0" "$@" > >(exec <&-) ; exit $?`;
  const ran = spawnSync("bash", ["-c", command, process.execPath, MAIN, ...words], {
    encoding: "utf8",
  });
  expect(ran.stderr).not.toMatch(/EPIPE|\n\s+at /);
  expect(ran.status).toBe(code);
});
