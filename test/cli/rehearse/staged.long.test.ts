import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findBubblewrap } from "../../../src/adapters/sandbox/process/find-programs.ts";
import { runRehearsal } from "../../../src/cli/rehearse/rehearse.ts";
import { createTerminal } from "../../../src/cli/shared/terminal.ts";
import { findBrowser, openBrowser, SCHEMES, WIDTHS } from "../../browser/browser.ts";
import { faultsOn, NO_FAULTS } from "../../browser/faults.ts";
import { git } from "../git.ts";
import { javascript } from "./languages/javascript.ts";
import { scriptOf } from "./script.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
/** Not a bound on speed. */
const PATIENCE_MS = 600_000;

const STAGED = `mode: staged
approve: always
checks:
  test: { run: node --test --test-reporter=tap, report: { format: tap } }
trust: { default: scoped-autonomy }
`;

let folder: string;
const before = process.cwd();
const at = (name: string) => join(folder, name);

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "millwright-staged-")));
  const files = { ...javascript.files, ".github/factory.yml": STAGED };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(at(`repository/${path}`)), { recursive: true });
    writeFileSync(at(`repository/${path}`), text);
  }
  git("-C", at("repository"), "init", "--quiet", "--initial-branch=main");
  git("-C", at("repository"), "add", "--all");
  git("-C", at("repository"), "commit", "--quiet", "--message", "Begin");
  writeFileSync(at("issue.md"), "# A weight below 0 has a price\n\nIt must not.\n");
  writeFileSync(at("script.yml"), scriptOf(javascript.change, "a weight below 0 is refused"));
  process.chdir(folder);
});

afterAll(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true, force: true });
});

/** What a browser finds at each width and in each scheme; nothing where there is none. */
async function faultsOfPage(page: string): Promise<readonly unknown[]> {
  const name = findBrowser();
  if (name === undefined) return [];
  const browser = await openBrowser(name);
  const seen: unknown[] = [];
  for (const width of Object.values(WIDTHS)) {
    for (const colorScheme of SCHEMES) {
      const tab = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
      await tab.setContent(page);
      seen.push(await faultsOn(tab));
      await tab.close();
    }
  }
  await browser.close();
  return seen;
}

// On the twin's own runner: what stands on the page is what the shipped jobs left as their summaries.
test.skipIf(findBubblewrap() === undefined)(
  "a staged rehearsal writes nothing, and its page ends with all that would have been written",
  async () => {
    const stream = { isTTY: false, write: () => true };
    const { page, requests, issue } = await runRehearsal({
      arguments: {
        ...{ repo: at("repository"), issue: at("issue.md"), script: at("script.yml") },
        ...{ config: undefined, base: undefined, asOwner: true, tries: false },
        ...{ json: true, quiet: true },
      },
      millwright: ROOT,
      terminal: createTerminal(stream as unknown as NodeJS.WriteStream, { quiet: true }),
      signal: new AbortController().signal,
      environment: { PATH: process.env.PATH, HOME: process.env.HOME },
    });
    expect({ writes: requests.writes, stage: issue.stage }).toEqual({ writes: 0, stage: "queued" });
    const html = readFileSync(page, "utf8");
    const [, written = ""] = html.split('id="staged"');
    for (const said of ["A comment on issue 1", "A commit", "A pull request"]) {
      expect(written).toContain(`<summary>${said}</summary>`);
    }
    expect(written).toMatch(/<summary>A check run factory\/test: success<\/summary>/u);
    expect(written).toContain("Millwright · contract");
    expect(written).not.toMatch(/<section|&lt;details|\[!NOTE\]/u);
    for (const faults of await faultsOfPage(html)) expect(faults).toEqual(NO_FAULTS);
  },
  PATIENCE_MS,
);
