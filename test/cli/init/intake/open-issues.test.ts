import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { Gh } from "../../../../src/cli/init/github/set-up.ts";
import {
  duplicatesOf,
  readIssueOfNumber,
  readOpenIssues,
} from "../../../../src/cli/init/intake/open-issues.ts";
import { git } from "../../git.ts";
import { typed } from "../../typed.ts";

const folder = mkdtempSync(join(tmpdir(), "millwright-intake-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ISSUE = { title: "Wrong", body: "In a.txt.\nAlways." };
const listed = (number: number, more: object = {}) => ({ number, ...ISSUE, ...more });

function answering(answers: Readonly<Record<string, string>>): Gh {
  return async (words) => {
    const line = words.join(" ");
    const found = Object.entries(answers).find(([begin]) => line.startsWith(begin))?.[1];
    return found === undefined
      ? { code: 1, stdout: "", stderr: "HTTP 404: Not Found\nmore" }
      : { code: 0, stdout: found, stderr: "" };
  };
}

describe("duplicates", () => {
  test("have the same text: line ends aside, and never the issue itself", () => {
    const open = [
      listed(1),
      listed(2, { body: "In a.txt.\r\nAlways.\r\n" }),
      listed(3, { body: "In a.txt. Always." }),
      listed(4, { title: "wrong" }),
      listed(5),
    ];
    expect(duplicatesOf(ISSUE, { open, own: 5 })).toEqual({ of: 4, isCut: false, same: [1, 2] });
  });

  test("may stand in what was not told", () => {
    const open = Array.from({ length: 1_000 }, (_, index) => listed(index + 1, { title: "x" }));
    expect(duplicatesOf(ISSUE, { open, own: undefined })).toMatchObject({ isCut: true, same: [] });
  });

  test.each([
    ["nobody is signed in", {}, "gh is not signed in here"],
    ["gh may not list them", { "auth status": "" }, "HTTP 404: Not Found"],
    ["the answer was cut off", { "auth status": "", "issue list": '[{"nu' }, "too long"],
  ])("are not looked for where %s", async (_title, answers, said) => {
    expect(await readOpenIssues(undefined, answering(answers))).toEqual({
      unknown: expect.stringContaining(said),
    });
  });

  test("are those that gh tells", async () => {
    const gh = answering({ "auth status": "", "issue list": JSON.stringify([listed(7)]) });
    expect(await readOpenIssues(undefined, gh)).toEqual([listed(7)]);
  });
});

test("an issue by its number is the repository's, or the caller is told why not", async () => {
  const gh = answering({ "issue view 7": JSON.stringify(listed(7)) });
  expect(await readIssueOfNumber(7, gh)).toMatchObject(ISSUE);
  await expect(readIssueOfNumber(8, gh)).rejects.toThrow("gh does not tell issue 8 (HTTP 404");
});

describe("init --issue", () => {
  const place = join(folder, "repository");
  git("init", "--quiet", "--initial-branch=main", place);
  writeFileSync(join(place, "a.txt"), "a\n");
  git("-C", place, "add", "-A");
  git("-C", place, "commit", "--quiet", "-m", "Begin");
  const issue = join(folder, "issue.md");
  writeFileSync(issue, "# Wrong\n\nIn a.txt.\nAlways.\n");
  const issues = join(folder, "issues.json");
  writeFileSync(issues, JSON.stringify([listed(3), listed(4, { title: "Other" })]));
  const init = (...words: readonly string[]) =>
    typed(["init", "--repo", place, "--no-try", "--dry-run", ...words]);

  test("says what is known without a key, and what a key would add", async () => {
    using shown = await init("--issue", issue, "--issues", issues);
    expect(shown.stdout).toContain("What is known without a model");
    expect(shown.stdout).toMatch(/files\s+a\.txt/);
    expect(shown.stdout).toContain("#3 of 2 open issues has the same text");
    expect(shown.stdout).toContain("gh secret set ANTHROPIC_API_KEY");
  });

  test("tells the same to a machine", async () => {
    using shown = await init("--yes", "--json", "--issue", issue, "--issues", issues);
    expect(JSON.parse(shown.stdout)).toMatchObject({
      intake: { files: ["a.txt"], missing: [], duplicates: { of: 2, same: [3] } },
    });
  });

  test.each([
    ["an issue that is not there", ["--issue", join(folder, "none.md")], "--issue:"],
    ["a list that is none", ["--issue", issue, "--issues", issue], "gh issue list --state open"],
    ["a list alone", ["--issues", issues], "--issues is for --issue"],
  ])("%s is refused before anything is written", async (_title, words, said) => {
    using refused = await init(...words);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain(said);
    expect(refused.stdout).not.toContain("factory.yml");
  });
});
