import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findBubblewrap } from "../../../src/adapters/sandbox/process/find-programs.ts";
import { fingerprint } from "../../../src/cli/source/fingerprint.ts";
import { openSource } from "../../../src/cli/source/source.ts";
import { createConductor } from "../../line/in-process/conductor.ts";
import { git } from "../git.ts";
import { typed } from "../typed.ts";
import { scriptOf } from "./script.ts";

/** Not a bound on speed. */
const PATIENCE_MS = 600_000;

let folder: string;
const at = (name: string) => join(folder, name);

const CHECKS =
  "checks:\n  test:\n    run: node --test --test-reporter=tap\n    report: { format: tap }\n";
const CHANGE = { "weights.mjs": "export const none = 0;\n" };

const FILES: Readonly<Record<string, string>> = {
  "issue.md": "# A weight below 0 has a price\n\nIt must not.\n",
  "empty.md": "\n \n",
  "long.md": `# Long\n\n${"word ".repeat(14_000)}`,
  "script.yml": scriptOf(CHANGE),
  "unknown-role.yml": "version: 1\nroles:\n  codr: [{ text: hello }]\n",
  "torn.yml": "version: 1\nroles: [\n",
  "early.yml": JSON.stringify({
    version: 1,
    roles: { auditor: [{ json: { notes: [] } }] },
  }),
  "factory.yml": CHECKS,
  "staged.yml": `mode: staged\n${CHECKS}`,
  "no-program.yml": `checks:\n  lint: no-such-linter .\n  test:\n    run: node --test\n    report: { format: tap }\n`,
  "unknown-key.yml": "version: 1\nchecks:\n  tset: npm test\n",
  "wrong-type.yml": "version: 1\nlimits:\n  wip: many\n",
  "no-check.yml": "- a\n",
};

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "millwright-rehearse-usage-")));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(at(name), text);
  git("init", "--quiet", "--initial-branch=main", at("good"));
  writeFileSync(at("good/weights.mjs"), "export const one = 1;\n");
  writeFileSync(at("good/weights.test.mjs"), 'import "node:test";\n');
  git("-C", at("good"), "add", "-A");
  git("-C", at("good"), "commit", "--quiet", "-m", "Begin");
  git("init", "--quiet", at("empty"));
  git("clone", "--quiet", at("good"), at("unborn"));
  git("-C", at("unborn"), "checkout", "--quiet", "--orphan", "new");
  mkdirSync(at("plain"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Words of a rehearsal that would go well, but for what is given; `undefined` leaves an option out. */
function words(odd: Readonly<Record<string, string | undefined>> = {}): readonly string[] {
  const options = { repo: "good", issue: "issue.md", script: "script.yml", ...odd };
  return [
    "rehearse",
    "--json",
    ...Object.entries(options).flatMap(([option, value]) => {
      if (value === undefined) return [];
      return [`--${option}`, option === "base" ? value : at(value)];
    }),
  ];
}

describe("what the caller got wrong ends with exit code 2 and what to type", {
  timeout: PATIENCE_MS,
}, () => {
  test.each<
    readonly [string, Readonly<Record<string, string | undefined>>, readonly (string | RegExp)[]]
  >([
    ["no repository", { repo: undefined }, ["--repo PATH is missing; try `millwright rehearse"]],
    ["no issue", { issue: undefined }, ["--issue FILE.md is missing; try `millwright rehearse"]],
    ["no folder", { repo: "none" }, [/--repo: there is no folder .*none/]],
    ["a file", { repo: "issue.md" }, ["is a file, expected a folder"]],
    ["not a repository", { repo: "plain" }, [/plain is not a git repository; .*git init/]],
    [
      "an empty one",
      { repo: "empty" },
      ["is an empty repository; commit something first, with `git -C"],
    ],
    ["an unborn HEAD", { repo: "unborn" }, ["which has no commit yet; name one with --base"]],
    ["an unknown base", { base: "v9" }, [/has no commit "v9"; list commits with `git -C/]],
    ["an issue not there", { issue: "none.md" }, [/--issue: there is no file .*none\.md/]],
    [
      "an issue that is a folder",
      { issue: "plain" },
      [/--issue: .*plain is a folder, expected a file/],
    ],
    ["an empty issue", { issue: "empty.md" }, ["is empty: write what is wrong, or what is wanted"]],
    ["a long issue", { issue: "long.md" }, ["holds at most 65536: shorten it"]],
    ["a script not there", { script: "none.yml" }, [/--script: there is no file .*none\.yml/]],
    ["a torn script", { script: "torn.yml" }, [/torn\.yml:[0-9]+:[0-9]+: /]],
    [
      "a role that is none",
      { script: "unknown-role.yml" },
      [/unknown-role\.yml:3:[0-9]+: .*codr.*did you mean "coder"\?/],
    ],
    ["a config not there", { config: "none.yml" }, [/--config: there is no file .*none\.yml/]],
    [
      "a key that is none",
      { config: "unknown-key.yml" },
      [/unknown-key\.yml: line 3: checks\.tset: unknown key "tset"; did you mean "test"\?/],
    ],
    [
      "a value of another type",
      { config: "wrong-type.yml" },
      [/line 3: limits\.wip: expected a number, found "/, "docs/reference/config.md"],
    ],
    [
      "a config that is a list",
      { config: "no-check.yml" },
      [/no-check\.yml: .*expected keys with values, found a list/],
    ],
  ])("%s", async (_title, odd, says) => {
    using ended = await typed(words(odd));
    const { code, stdout, stderr } = ended;
    for (const sentence of says) expect(stderr).toMatch(sentence);
    expect(stderr).toContain("Try `millwright rehearse --help`.");
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(code, stderr).toBe(2);
    expect(stdout).toBe("");
    expect(ended.temporary).toEqual([]);
    expect(ended.workingFolder).toEqual([]);
  });

  test("an option that is none", async () => {
    using ended = await typed([...words(), "--scrpt", "x"]);
    const { code, stderr } = ended;
    expect(stderr).toMatch(/--scrpt/);
    expect(code).toBe(2);
  });
});

const hasBubblewrap = findBubblewrap() !== undefined;
const skipped = hasBubblewrap ? "" : " (skipped: bubblewrap is not here)";

describe("a rehearsal that does not reach its end", { timeout: PATIENCE_MS }, () => {
  const digest = async () => fingerprint(await openSource(at("good"), undefined));

  test.skipIf(!hasBubblewrap)(
    `a script that ends early: exit code 1, the object, and why${skipped}`,
    async () => {
      const before = await digest();
      using ended = await typed(words({ script: "early.yml", config: "factory.yml" }), {
        runner: createConductor,
      });
      const { code, stdout, stderr } = ended;
      expect(code, stderr).toBe(1);
      const result = JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "");
      expect(result).toMatchObject({
        ok: false,
        issue: { stage: "needs-human", state: "open" },
        pullRequest: null,
        refusals: [{ code: "model-failed" }],
        repository: { config: "given", digestBefore: before, digestAfter: before },
      });
      expect(stderr).toContain('it has no role "intake"; it has: auditor');
      expect(stderr).toContain("/factory retry");
      expect(ended.temporary).toEqual([]);
      expect(ended.workingFolder).toEqual([".rehearsals"]);
      expect(await digest()).toBe(before);
    },
  );

  test.skipIf(!hasBubblewrap)(
    `staged everything runs, nothing is written, and the summaries stand beside the page${skipped}`,
    async () => {
      using ended = await typed(words({ config: "staged.yml" }), { runner: createConductor });
      const { stdout, stderr } = ended;
      expect(stderr).toMatch(/Staged: nothing was written\. Live, /);
      const result = JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "");
      expect(result).toMatchObject({
        mode: "staged",
        issue: { stage: "queued", state: "open" },
        pullRequest: null,
        requests: { writes: 0 },
      });
      expect(readFileSync(result.summaries, "utf8")).toContain("### Millwright · contract");
      expect(readFileSync(result.page, "utf8")).toContain("Staged: nothing was written");
    },
  );

  test.skipIf(!hasBubblewrap)(
    `checks that cannot work end it before a model is asked, each with its reason${skipped}`,
    async () => {
      using ended = await typed(words({ config: "no-program.yml" }), { runner: createConductor });
      const { code, stdout, stderr } = ended;
      expect(code).toBe(1);
      expect(stdout).toBe("");
      expect(stderr).toMatch(/no-program\.yml: 2 checks give no answer on the base/);
      expect(stderr).toMatch(
        / lint: exit code 127 on the base: .*no-such-linter: command not found/,
      );
      expect(stderr).toMatch(
        / test: exit code 0, but the tap report in the output is .*on the base/,
      );
      expect(stderr).toContain("go on without trying them with --no-try");
      expect(ended.temporary).toEqual([]);
      expect(ended.workingFolder).toEqual([]);
    },
  );
});
