import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { UNTOLD } from "../../../../src/measures/history/history.ts";
import { ATTENTION } from "../../../../src/measures/review/attention.ts";
import { renderReportPage } from "../../../../src/wording/pages/report/report-page.ts";
import {
  REVIEW_MARKER,
  renderReviewIssue,
} from "../../../../src/wording/pages/report/review-issue.ts";
import { sayReview } from "../../../../src/wording/pages/report/say-review.ts";
import { sayAttention, sayNumber, sayUntold } from "../../../../src/wording/pages/report/words.ts";
import { aReview } from "../../../measures/review/a-review.ts";

const PAGE = renderReportPage(aReview());

test("the page loads nothing and runs nothing: its one style is the one that its policy names", () => {
  const style = /<style>([\s\S]*)<\/style>/.exec(PAGE)?.[1] ?? "";
  const hash = createHash("sha256").update(style).digest("base64");
  expect(PAGE.replaceAll("&#39;", "'")).toContain(`style-src 'sha256-${hash}'`);
  expect(PAGE).not.toMatch(/<script|<img|<link|\ssrc=|\sstyle=|url\(|@import/);
  const addresses = [...PAGE.matchAll(/href="([^"#]+)/g)].map(([, address = ""]) => address);
  expect(addresses.length).toBeGreaterThan(3);
  for (const address of addresses)
    expect(address).toMatch(/^https:\/\/github\.com\/OWNER\/notes\//);
});

test("foreign text is text: a name, a path, a reason", () => {
  const page = renderReportPage(
    aReview({
      repository: "<b>x</b>",
      owners: { known: [{ area: "<i>", files: 1, unowned: ['"><script>'] }] },
    }),
  );
  expect(page).not.toMatch(/<b>x|<i>|<script/);
  expect(page).toContain("&lt;b&gt;x");
});

test("charts say in words what they show, and what is missing says why", () => {
  expect(PAGE).toMatch(/<svg class="chart"[^>]* aria-label="Merges each day, by who wrote them\."/);
  expect(PAGE).toContain("because a deployment that failed has not recovered yet");
  expect(PAGE).toContain("Unknown: this source holds no issues.");
});

test("the issue of the review ends with its own last line, links what it counted, and draws charts that GitHub draws", () => {
  const { body, marker } = renderReviewIssue(aReview(), ["issue 9 has two ledgers"]);
  expect(marker).toBe(REVIEW_MARKER);
  expect(body.split("\n").at(-1)).toBe(REVIEW_MARKER);
  expect(body).toContain("[4](https://github.com/OWNER/notes/issues/4)");
  expect(body).toMatch(/```mermaid\n%%\{init: .+\}%%\nxychart-beta\n {2}title "Merged each day"/);
  expect(body).toContain("- Not counted: issue 9 has two ledgers");
});

test("the terminal says the same, and of each figure what it was counted from", () => {
  const said = sayReview(aReview());
  expect(said).toContain("1. The line stands still: 1 andon is up. #5");
  expect(said).toMatch(/Taken back +100 % {2}\(1 of 1: #4\)/);
  expect(said).toMatch(
    /\? unknown, a deployment that failed has not recovered yet: Failed deployment recovery time/,
  );
});

test("every reason and everything to look at has its words", () => {
  for (const untold of UNTOLD) expect(sayUntold(untold)).toMatch(/^[a-z]/);
  for (const kind of ATTENTION) {
    const said = [1, 2].map((amount) => sayAttention({ kind, amount, about: "2", from: [] }));
    for (const text of said) expect(text).toMatch(/^[A-Z0-9].*\.$/);
  }
});

test.each([
  ["share", 0, "0 %"],
  ["share", 0.0003, "0.1 %"],
  ["share", 0.016, "1.6 %"],
  ["share", 0.9992, "99.9 %"],
  ["share", 0.9999, "99.9 %"],
  ["share", 1, "100 %"],
  ["ms", 90_000, "1 min 30 s"],
  ["ms", 864_000_000, "10.0 days"],
  ["per-day", 0.43, "0.4 a day"],
  ["lines", 1, "1 line"],
] as const)("%s %d reads %s", (unit, value, said) => expect(sayNumber(unit, value)).toBe(said));
