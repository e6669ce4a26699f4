import { expect, test } from "vitest";
import { acrossOf } from "../../../../src/measures/across/across.ts";
import { renderAcrossPage } from "../../../../src/wording/pages/report/across-page.ts";
import { sayAcross } from "../../../../src/wording/pages/report/say-across.ts";
import { aReview } from "../../../measures/review/a-review.ts";

const reviews = [
  aReview(),
  aReview({ repository: "OWNER/<b>other</b>", work: { untold: "no-ledgers" }, source: "git" }),
];
const ACROSS = acrossOf(reviews, {
  window: { from: "2026-08-20T00:00:00Z", until: "2026-08-27T00:00:00Z" },
  unread: [{ name: "OWNER/gone", because: "GET /repos/OWNER/gone: 404" }],
  withoutFactory: ["OWNER/plain"],
});

test("a row each, the sum, whom a sum lacks, and what was not read", () => {
  const said = sayAcross(ACROSS);
  expect(said).toMatch(/OWNER\/notes +1 +100 % +.* \$1\.50/);
  expect(said).toMatch(/together +2 +100 %/);
  expect(said).toContain(
    "(without OWNER/<b>other</b>: this source holds no ledgers of the factory)",
  );
  expect(said).toContain("OWNER/gone: GET /repos/OWNER/gone: 404");
  expect(said).toContain("1 repository: OWNER/plain");
});

test("the page says the same, loads nothing, and foreign text is text", () => {
  const page = renderAcrossPage(ACROSS, ["OWNER/notes: the seals were not checked"]);
  expect(page).not.toMatch(/<script|<img|<link|\ssrc=|\sstyle=|url\(|@import|<b>other/);
  for (const text of ["&lt;b&gt;other", "OWNER/gone", "OWNER/plain", "seals were not checked"]) {
    expect(page).toContain(text);
  }
  expect(page).toMatch(/<td[^>]*><div><b>together<\/b>/);
});

test("of nothing there is no table and no sum", () => {
  const none = acrossOf([], { window: ACROSS.window, unread: ACROSS.unread });
  expect(sayAcross(none)).not.toMatch(/together|Look at/);
  expect(renderAcrossPage(none)).toContain("OWNER/gone");
});
