import { globSync, readFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { acrossOf } from "../../src/measures/across/across.ts";
import { renderAcrossPage } from "../../src/wording/pages/report/across-page.ts";
import { renderReportPage } from "../../src/wording/pages/report/report-page.ts";
import { renderRunPage } from "../../src/wording/pages/run-page.ts";
import { renderSimulationPage } from "../../src/wording/pages/simulation-page.ts";
import { aReview } from "../measures/review/a-review.ts";
import { ASKING, FAILED, largeRun, STOPPED, UNPUBLISHED } from "../wording/odd-run-pages.ts";
import { RUN } from "../wording/run-pages.ts";
import { findBrowser, openBrowser, SCHEMES, WIDTHS } from "./browser.ts";
import { type Faults, faultsOn, NO_FAULTS } from "./faults.ts";
import { drawCharts, githubPage } from "./github-page.ts";
import { CONTRACT_COMMENT, ISSUE_SAMPLES } from "./issue-samples.ts";
import { LEARNING_PAGE, LOOP_SAMPLES, MORE_LOOP_SAMPLES } from "./loop-samples.ts";
import { OTHER_SAMPLES } from "./other-samples.ts";

const MARKDOWN = { ...ISSUE_SAMPLES, ...OTHER_SAMPLES, ...LOOP_SAMPLES };

/** Renderers of what stands within one of the others, or where Markdown is not rendered. */
const PARTS = [
  "renderChart",
  "renderCommitMessage",
  "renderConditions",
  "renderContents",
  "renderDiff",
  "renderFold",
  "renderHead",
  "renderLearned",
  "renderLedgerTable",
  "renderLessonCommit",
  "renderQualityCommit",
  "renderRevertCommit",
  "renderReviewFigures",
  "renderStanding",
  "renderUnblockCommit",
  "renderWorkFold",
];

/** Tables of many figures, which GitHub lets scroll in a box of their own: nothing else of these texts reaches out. */
const SCROLLED = ["renderConformance", "renderQuality", "renderUnblock"];
const IN_TABLE = /^(table|thead|tbody|tr|th|td|code)\./u;

/** A commit in a link on every second row: the colours are GitHub's, 4.33:1, and not ours to choose. */
const GITHUBS_OWN = /^<code>[0-9a-f]{7}<\/code>: .*#0969da/u;

function ownFaults(name: string, faults: Faults): Faults {
  const { overflow, contrast, small } = faults;
  return {
    overflow: overflow.filter((one) => !(SCROLLED.includes(name) && IN_TABLE.test(one))),
    contrast: contrast.filter((one) => !GITHUBS_OWN.test(one)),
    small,
  };
}

const SERIES = [
  {
    name: "running",
    tone: "first",
    points: [
      [0, 0],
      [60, 3],
      [1_440, 1],
    ],
  },
  {
    name: "waiting",
    tone: "second",
    points: [
      [0, 0],
      [60, 12],
      [1_440, 0],
    ],
  },
] as const;

const UNTOLD_WORK = { untold: "no-ledgers" } as const;

const PAGES: Readonly<Record<string, string>> = {
  run: renderRunPage(RUN),
  "run that asks": renderRunPage(ASKING),
  "run that failed": renderRunPage(FAILED),
  "run that stopped": renderRunPage(STOPPED),
  "run that waits": renderRunPage(UNPUBLISHED),
  "run as large as may be": renderRunPage(largeRun()),
  report: renderReportPage(aReview()),
  "report of several repositories": renderAcrossPage(
    acrossOf(
      [
        aReview(),
        aReview({
          ...{ repository: "a-long-organisation-name/a-repository-of-it", work: UNTOLD_WORK },
          source: "git",
        }),
      ],
      {
        window: { from: "2026-08-20T00:00:00Z", until: "2026-08-27T00:00:00Z" },
        unread: [{ name: "OWNER/gone", because: "GET /repos/OWNER/gone: 404 Not Found" }],
        withoutFactory: ["OWNER/plain"],
      },
    ),
  ),
  "history that learns": LEARNING_PAGE,
  simulation: renderSimulationPage({
    title: "A day of 400 issues",
    lead: "They come as they do in a week of a team.",
    limits: "Of the waiting, 3 h no schedule can mend.",
    isKept: true,
    outcome: "No issue waited longer than its bound.",
    facts: [
      ["Issues", "400"],
      ["Merged", "371"],
      ["Waited at most", "2 h 5 min"],
    ],
    charts: [
      {
        title: "In work",
        says: "How many issues were in work, and how many waited.",
        unitAcross: "minutes of the day",
        series: SERIES,
        bound: { name: "slots", value: 3 },
      },
    ],
    columns: ["Profile", "Issues", "Merged", "Waited (median)", "Waited at most"],
    rows: [["even", "400", "371", "4 min 10 s", "2 h 5 min"]],
    assumed: ["A job starts 12 s after it is asked for."],
  }),
};

const NAME = findBrowser();
const WHERE = Object.entries(WIDTHS).flatMap(([screen, width]) =>
  SCHEMES.map((scheme) => [screen, scheme, width] as const),
);

test("every text that stands on GitHub has a sample here", () => {
  const rooms = "issue,lessons,loops,pull-request,checks,summaries,proof,platform,pages";
  const rendered = globSync(`src/wording/{${rooms}}/**/*.ts`).flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/^export function (render\w+)/gmu)].map(
      ([, name]) => name,
    ),
  );
  const pages = ["Across", "Learning", "Report", "Run", "Simulation"].map(
    (name) => `render${name}Page`,
  );
  expect(rendered.toSorted()).toEqual([...Object.keys(MARKDOWN), ...PARTS, ...pages].toSorted());
});

describe.skipIf(NAME === undefined)("in a browser (skipped where there is no Chromium)", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser(NAME ?? "");
  }, 60_000);
  afterAll(() => browser.close());

  async function look(html: string, width: number, scheme: "light" | "dark"): Promise<Faults> {
    const viewport = { width, height: 900 };
    const page = await browser.newPage({ viewport, colorScheme: scheme });
    try {
      await page.setContent(html);
      await drawCharts(page, scheme);
      return await faultsOn(page);
    } finally {
      await page.close();
    }
  }

  test("faults are found where there are some", async () => {
    const html = `<!doctype html><html lang="en"><title>x</title><body style="background:#fff">
<p style="width:2000px">wide</p><p style="color:#999">pale</p><p style="font-size:11px">small</p></body></html>`;
    const found = await look(html, 390, "light");
    expect(found.overflow).toContain("the page itself");
    expect(found.contrast.join()).toContain("pale");
    expect(found.small).toEqual(["11.0 px p.: small"]);
  });

  describe.each(WHERE)("%s, %s", (_, scheme, width) => {
    test.each(Object.entries(PAGES))(
      "the page of a %s",
      { timeout: 60_000 },
      async (_name, html) => {
        expect(await look(html, width, scheme)).toEqual(NO_FAULTS);
      },
    );

    const texts = { ...MARKDOWN, ...MORE_LOOP_SAMPLES };
    test.each(Object.entries(texts))("%s on GitHub", { timeout: 60_000 }, async (name, text) => {
      const seen = await look(githubPage(text), width, scheme);
      expect(ownFaults(name, seen)).toEqual(NO_FAULTS);
    });
  });

  test("the contract of an ordinary issue fits on one screen", async () => {
    const page = await browser.newPage({ viewport: { width: WIDTHS.desktop, height: 900 } });
    await page.setContent(githubPage(CONTRACT_COMMENT));
    const height = await page.evaluate<number>("document.querySelector('main').scrollHeight");
    await page.close();
    expect(height).toBeLessThanOrEqual(900);
  });
});
