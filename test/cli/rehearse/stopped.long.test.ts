import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findBubblewrap } from "../../../src/adapters/sandbox/process/find-programs.ts";
import { fingerprint } from "../../../src/cli/source/fingerprint.ts";
import { openSource } from "../../../src/cli/source/source.ts";
import { processesOf, start, until } from "../command-line.ts";
import { git } from "../git.ts";
import { scriptOf } from "./script.ts";

/** Not a bound on speed. */
const PATIENCE_MS = 600_000;

const FILES: Readonly<Record<string, string>> = {
  "issue.md": "# A weight below 0 has a price\n\nIt must not.\n",
  "script.yml": scriptOf({ "weights.mjs": "export const none = 0;\n" }),
  "factory.yml":
    "checks:\n  test:\n    run: node --test --test-reporter=tap\n    report: { format: tap }\n",
  "endless.yml": "checks:\n  lint: sleep 987; true\n  test: node --test\n",
};

let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "millwright-rehearse-stopped-")));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(at(name), text);
  git("init", "--quiet", "--initial-branch=main", at("good"));
  writeFileSync(at("good/weights.mjs"), "export const one = 1;\n");
  writeFileSync(at("good/weights.test.mjs"), 'import "node:test";\n');
  git("-C", at("good"), "add", "-A");
  git("-C", at("good"), "commit", "--quiet", "-m", "Begin");
  mkdirSync(at("home"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const digest = async () => fingerprint(await openSource(at("good"), undefined));
const hasBubblewrap = findBubblewrap() !== undefined;
const skipped = hasBubblewrap ? "" : " (skipped: bubblewrap is not here)";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** The command on the small repository, as a person starts it. */
function rehearse(config: string) {
  const options = { repo: "good", issue: "issue.md", script: "script.yml", config };
  const words = Object.entries(options).flatMap(([name, value]) => [`--${name}`, at(value)]);
  // Toolchains that are asked where they live keep settings in a home: it is not the folder that must stay empty.
  return start(["rehearse", "--json", ...words], { environment: { HOME: at("home") } });
}

// Real processes of the command, each stopped in a real job: a signal is nothing that a line in process could be sent.
test.skipIf(!hasBubblewrap).concurrent.each(SIGNALS)(
  `%s in the middle: exit code 130, no process, no folder, the original as it was${skipped}`,
  { timeout: PATIENCE_MS },
  async (signal) => {
    const before = await digest();
    using command = rehearse("factory.yml");
    const isOver = () => command.child.exitCode !== null;
    await until(
      "implement",
      () => {
        if (isOver()) throw new Error(`it ended before: ${command.said()}`);
        return processesOf(command.temporary).find((each) => each.includes("actions/implement"));
      },
      PATIENCE_MS / 2,
    );
    command.child.kill(signal);
    const { code, stdout, stderr } = await command.ended;
    expect(stderr).toContain("Nothing is left running, nothing is left behind.");
    expect(code).toBe(130);
    expect(stdout).toBe("");
    expect(processesOf(command.temporary)).toEqual([]);
    expect(readdirSync(command.temporary)).toEqual([]);
    expect(readdirSync(command.workingFolder)).toEqual([]);
    expect(await digest()).toBe(before);
  },
);

test.skipIf(!hasBubblewrap).concurrent.each(SIGNALS)(
  `%s while checks are tried: exit code 130, no stack trace, no folder, no process${skipped}`,
  { timeout: PATIENCE_MS },
  async (signal) => {
    using command = rehearse("endless.yml");
    await until("the check", () =>
      processesOf(command.temporary).find((each) => each.includes("sleep 987")),
    );
    command.child.kill(signal);
    const { code, stdout, stderr } = await command.ended;
    expect(stderr).toContain("Nothing is left running, nothing is left behind.");
    expect(stderr).not.toMatch(/^\s+at /m);
    expect([code, stdout]).toEqual([130, ""]);
    expect(processesOf(command.temporary)).toEqual([]);
    expect(readdirSync(command.temporary)).toEqual([]);
  },
);
