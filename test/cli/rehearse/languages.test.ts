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
import { homedir, tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { start } from "../command-line.ts";
import { git } from "./git.ts";
import { go } from "./languages/go.ts";
import { java } from "./languages/java.ts";
import { javascript } from "./languages/javascript.ts";
import type { Language } from "./languages/language.ts";
import { python } from "./languages/python.ts";
import { rust } from "./languages/rust.ts";
import { typescript } from "./languages/typescript.ts";
import { scriptOf } from "./script.ts";

/** Six rehearsals at a time on two cores that others may use: not a bound on speed. */
const PATIENCE_MS = 600_000;

/** With a home of its own the command would not find which Rust is installed. */
const RUSTUP = {
  environment: { RUSTUP_HOME: process.env.RUSTUP_HOME ?? join(homedir(), ".rustup") },
};

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

/** Everything that a rehearsal is given, in a folder that goes away, and the words of its command line. */
async function layInput(language: Language) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "millwright-language-")));
  const [repo, prepared] = [join(folder, "repository"), join(folder, "prepared")];
  for (const each of [repo, prepared]) mkdirSync(each);
  lay(repo, language);
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const { config } = language;
  const text = typeof config === "function" ? await config(repo, prepared) : config;
  return {
    words: [
      "rehearse",
      ...["--repo", repo],
      ...["--issue", file("issue.md", "# A weight below 0 has a price\n\nIt must not.\n")],
      ...["--script", file("script.yml", scriptOf(language.change))],
      ...(text === undefined ? [] : ["--config", file("factory.yml", text)]),
      "--json",
    ],
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

describe.concurrent("an issue on a repository that the factory has never seen", () => {
  const languages = [javascript, typescript, python, go, rust, java].map((language) => ({
    language,
    missing: lacking(language),
    title: language.name,
  }));
  for (const { language, missing, title } of languages) {
    const reason = missing === undefined ? "" : ` (skipped: this machine lacks ${missing})`;
    test.skipIf(missing !== undefined)(
      `${title}: done, with evidence per test${reason}`,
      async () => {
        using input = await layInput(language);
        using rehearsal = start(input.words, RUSTUP);
        const { code, stdout, stderr } = await rehearsal.ended;
        const result = JSON.parse(stdout.trim().split("\n").at(-1) ?? "{}");
        expect(result.refusals, stderr).toEqual([]);
        expect(code, stderr).toBe(0);
        expect(result.issue).toMatchObject({ stage: "done", state: "closed" });
        expect(result.pullRequest).toMatchObject({ merged: true });
        expect(result.humanActions).toEqual(["approved contract", "merged pull request"]);
        const { failToPass, passToPass } = result.evidence;
        expect(failToPass.map(lastPart).sort()).toEqual([...language.failToPass].sort());
        expect(passToPass).toBe(language.passToPass);
        expect(result.repository).toMatchObject({
          defaultBranch: "trunk",
          config: language.config ? "given" : "proposed",
        });
        expect(result.repository.digestAfter).toBe(result.repository.digestBefore);
        expect(readFileSync(result.page, "utf8")).toContain("A weight below 0 has a price");
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
