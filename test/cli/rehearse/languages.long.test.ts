import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RehearsalResult } from "../../../src/cli/rehearse/rehearsal-result.ts";
import { runRehearsal } from "../../../src/cli/rehearse/rehearse.ts";
import { createTerminal } from "../../../src/cli/shared/terminal.ts";
import { createConductor } from "../../line/in-process/conductor.ts";
import { start } from "../command-line.ts";
import { git } from "../git.ts";
import { go } from "./languages/go.ts";
import { java } from "./languages/java.ts";
import { javascript } from "./languages/javascript.ts";
import type { Language } from "./languages/language.ts";
import { python } from "./languages/python.ts";
import { rust } from "./languages/rust.ts";
import { typescript } from "./languages/typescript.ts";
import { withServices } from "./languages/with-services.ts";
import { scriptOf } from "./script.ts";

/** Six rehearsals at a time on two cores that others may use: not a bound on speed. */
const PATIENCE_MS = 600_000;

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** Why a language cannot be tried on this machine, or undefined. */
function lacking({ needs }: Language): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const isThere = (program: string) =>
    folders.some((folder) => {
      try {
        accessSync(join(folder, program), constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
  const programs = [...needs.programs, "bwrap"].filter((program) => !isThere(program));
  const files = (needs.files ?? []).filter((file) => !existsSync(file));
  const missing = [...programs, ...files];
  return missing.length === 0 ? undefined : missing.join(", ");
}

function lay(folder: string, language: Language): void {
  for (const [path, content] of Object.entries(language.files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  git("-C", folder, "init", "--quiet", "--initial-branch=trunk");
  git("-C", folder, "add", "--all");
  git("-C", folder, "commit", "--quiet", "--message", "Begin");
}

/** Everything that a rehearsal is given, in a folder that goes away. */
async function layInput(language: Language) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "millwright-language-")));
  // The page is called after the repository.
  const repo = join(folder, `repository-${language.name.split(" ")[0]}`);
  const prepared = join(folder, "prepared");
  for (const each of [repo, prepared]) mkdirSync(each);
  lay(repo, language);
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const { config } = language;
  const text = typeof config === "function" ? await config(repo, prepared) : config;
  const issue = "# A weight below 0 has a price\n\nIt must not.\n";
  return {
    repo,
    issue: file("issue.md", issue),
    script: file("script.yml", scriptOf(language.change, language.shownBy)),
    config: text === undefined ? undefined : file("factory.yml", text),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

type Input = Awaited<ReturnType<typeof layInput>>;
type Rehearse = (input: Input) => Promise<{ readonly result: RehearsalResult; said: string }>;

/** The command as a person types it, with the shipped workflows and bundles: once, in the language that needs the least. */
const byCommand: Rehearse = async ({ repo, issue, script, config }) => {
  using rehearsal = start([
    "rehearse",
    ...["--repo", repo, "--issue", issue, "--script", script],
    ...(config === undefined ? [] : ["--config", config]),
    "--json",
  ]);
  const { code, stdout, stderr } = await rehearsal.ended;
  expect(code, stderr).toBe(0);
  const result = JSON.parse(stdout.trim().split("\n").at(-1) ?? "{}") as RehearsalResult;
  expectPage(result);
  return { result, said: stderr };
};

/** The same rehearsal in this process: toolchains, sandbox, reports and evidence are the subject, and they are real. */
const inProcess: Rehearse = async (input) => {
  const said: string[] = [];
  const stream = { isTTY: false, write: (text: string) => said.push(text) };
  const result = await runRehearsal({
    arguments: {
      ...{ repo: input.repo, issue: input.issue, script: input.script, config: input.config },
      ...{ base: undefined, asOwner: true, tries: true, json: true, quiet: false },
    },
    millwright: ROOT,
    terminal: createTerminal(stream as unknown as NodeJS.WriteStream, { quiet: false }),
    signal: new AbortController().signal,
    environment: { PATH: process.env.PATH, HOME: process.env.HOME },
    runner: createConductor,
  });
  expect(result.ok, said.join("")).toBe(true);
  expectPage(result);
  return { result, said: said.join("") };
};

function expectPage({ page }: RehearsalResult): void {
  expect(readFileSync(page, "utf8")).toContain("A weight below 0 has a price");
}

let workingFolder: string;
const before = process.cwd();

beforeAll(() => {
  workingFolder = mkdtempSync(join(tmpdir(), "millwright-languages-"));
  process.chdir(workingFolder);
});

afterAll(() => {
  process.chdir(before);
  rmSync(workingFolder, { recursive: true, force: true });
});

describe.concurrent("an issue on a repository that the factory has never seen", () => {
  const languages = [javascript, typescript, python, go, rust, java, withServices].map(
    (language) => ({
      language,
      missing: lacking(language),
      title: language.name,
      rehearse: language === javascript ? byCommand : inProcess,
    }),
  );
  for (const { language, missing, title, rehearse } of languages) {
    const reason = missing === undefined ? "" : ` (skipped: this machine lacks ${missing})`;
    test.skipIf(missing !== undefined)(
      `${title}: done, with evidence per test${reason}`,
      async () => {
        using input = await layInput(language);
        const { result, said } = await rehearse(input);
        expect(result.refusals, said).toEqual([]);
        expect(result.issue).toMatchObject({ stage: "done", state: "closed" });
        expect(result.pullRequest).toMatchObject({ merged: true });
        expect(result.humanActions).toEqual(["approved contract", "merged pull request"]);
        const { failToPass, passToPass } = result.evidence;
        expect(failToPass.map(lastPart).sort()).toEqual([...language.failToPass].sort());
        expect(passToPass).toBe(language.passToPass);
        // Whatever the runner: the whole change is taken back, and its named tests miss it.
        const { changed, byTests } = result.noticedLines ?? {};
        expect(changed).toBeGreaterThan(0);
        expect(byTests).toBe(changed);
        const notices = result.criteria.flatMap((criterion) => criterion.notices);
        expect(notices).not.toEqual([]);
        expect(result.repository).toMatchObject({
          defaultBranch: "trunk",
          config: language.config ? "given" : "proposed",
        });
        expect(result.repository.digestAfter).toBe(result.repository.digestBefore);
      },
      PATIENCE_MS,
    );
  }
});

/** The title of a test without its file, class or package. */
function lastPart(name: string): string {
  return (
    name
      .split(/ > |::|\/|\.(?=\w+$)| › /)
      .at(-1)
      ?.trim() ?? name
  );
}
