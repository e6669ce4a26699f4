import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runRehearsal } from "../../../src/cli/rehearse/rehearse.ts";
import { createTerminal } from "../../../src/cli/shared/terminal.ts";
import { describeInside } from "../../adapters/sandbox/sandboxes.ts";
import { findBrowser, openBrowser, SCHEMES, WIDTHS } from "../../browser/browser.ts";
import { faultsOn, NO_FAULTS } from "../../browser/faults.ts";
import { skippedFor } from "../../skipped.ts";
import { useRehearsedFolder } from "./rehearsed-folder.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
/** Not a bound on speed. */
const PATIENCE_MS = 600_000;

const STAGED = `mode: staged
approve: always
checks:
  test: { run: node --test --test-reporter=tap, report: { format: tap } }
trust: { default: scoped-autonomy }
`;

const at = useRehearsedFolder(STAGED);

const BROWSER = findBrowser();

/** What a browser finds at each width and in each scheme. */
async function faultsOfPage(name: string, page: string): Promise<readonly unknown[]> {
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
describeInside("a staged rehearsal", () => {
  let html = "";

  test(
    "writes nothing, and its page ends with all that would have been written",
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
      expect({ writes: requests.writes, stage: issue.stage }).toEqual({
        writes: 0,
        stage: "queued",
      });
      html = readFileSync(page, "utf8");
      const [, written = ""] = html.split('id="staged"');
      for (const said of ["A comment on issue 1", "A commit", "A pull request"]) {
        expect(written).toContain(`<summary>${said}</summary>`);
      }
      expect(written).toMatch(/<summary>A check run factory\/test: success<\/summary>/u);
      expect(written).toContain("Millwright · contract");
      expect(written).not.toMatch(/<section|&lt;details|\[!NOTE\]/u);
    },
    PATIENCE_MS,
  );

  test.skipIf(BROWSER === undefined)(
    `has a page without a fault at any width, in light and dark${skippedFor(BROWSER === undefined, "there is no Chromium")}`,
    async () => {
      expect(html).not.toBe("");
      const found = await faultsOfPage(BROWSER ?? "", html);
      expect(found).toHaveLength(Object.keys(WIDTHS).length * SCHEMES.length);
      for (const faults of found) expect(faults).toEqual(NO_FAULTS);
    },
    PATIENCE_MS,
  );
});
