// docs/reference/quality.md: every measure of the audit, and the formula of the grades, from the table that computes them.
import { MEASURE_NAMES, ruleOf } from "../../src/domain/quality/measures.ts";
import { gradedMeasures, limitsOf } from "../../src/wording/pages/grade-formula.ts";
import { MEASURE_WORDS } from "../../src/wording/pages/quality-words.ts";
import { generatedFrom, page, table } from "./markdown.mjs";

const NOT_COUNTED = [
  "Advisories and newer versions of packages stand in no lockfile, and the job that reads the code has no network.",
];

/** docs/reference/quality.md */
export function qualityPage() {
  const whole = MEASURE_NAMES.filter((name) => ruleOf(name).whole === true);
  return page(
    "# Quality: measures and grades",
    "What the [nightly audit](../how-to/audit-quality.md) measures in each area of a repository, and how a grade comes of it.",
    "## The formula",
    "Each figure earns a letter by the limits below. The grade of an area is the worst of these letters; a figure that is missing caps it. Where there is nothing to measure, as no change of the factory in 90 days, nothing is lost. Tests count where coverage is not known. Without source, or with neither tests nor coverage, there is no grade (`-`).",
    table(
      ["figure", "A", "B", "C", "D", "not measured"],
      gradedMeasures().map((name) => [MEASURE_WORDS[name].figure, ...limitsOf(name)]),
    ),
    `Of the whole repository, so that no area's grade depends on them: ${whole.map((name) => MEASURE_WORDS[name].title).join(", ")}.`,
    "## How each is measured",
    table(
      ["measure", "how", "where it is missing"],
      gradedMeasures().map((name) => [
        MEASURE_WORDS[name].title,
        MEASURE_WORDS[name].how,
        MEASURE_WORDS[name].configure,
      ]),
    ),
    "Noticed lines, flaky tests and escaped defects come from the ledgers on issues: control reads those that were written to in 90 days and whose seals hold, and hands what they say to the audit in its order. One that is not to be believed makes these three figures missing, and is named.",
    "## What the page shows",
    "`quality.md` names the commit that was measured, and its *state*: some digits that stand for all grades, bars, owners and letters. A night with the same state leaves the page as it is, so that no number on it moves without a cause and a change of source is no conflict. Figures are rounded to the worse side. The trend is the grades in earlier versions of the page, by git's history.",
    "An area below its bar becomes an issue, the widest gap first, then the larger area, at most three a night; one that is held back by what nobody measured does not. An issue is found again by its fingerprint, area and measure, and is not filed twice while it is open.",
    "## Not counted",
    NOT_COUNTED.map((line) => `- ${line}`).join("\n"),
    generatedFrom("src/domain/quality/measures.ts", "src/wording/pages/quality-words.ts"),
  );
}
