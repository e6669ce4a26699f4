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
    "What the [nightly audit](../how-to/audit-quality.md) measures in each area of a repository, and how it computes a grade.",
    "## The formula",
    "Each figure gets a letter by the limits below; one that reaches none of them is a D. The grade of an area is the worst of these letters, and a missing figure caps it. A figure with nothing to measure, such as no change of the factory in 90 days, does not lower it. Tests count if coverage is unknown. Without source, or without both tests and coverage, there is no grade (`-`).",
    table(
      ["figure", "A", "B", "C", "not measured"],
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
    "Noticed lines, flaky tests and escaped defects come from the ledgers on issues. Control reads ledgers of the last 90 days whose seals hold, and passes their content to the audit in its order. If a ledger cannot be believed, it is named, and these three figures are missing.",
    "## What the page shows",
    "`quality.md` names the commit that was measured, and its *state*: digits that stand for all grades, bars, owners and letters. If the state is the same in a night, the page stays as it is. So numbers change only for a reason, and a change of source does not conflict with it. Figures are rounded to the worse side. The trend shows the grades in earlier versions of the page, from git's history.",
    "An area below its bar becomes an issue: the widest gap first, then the larger area, at most three a night. An area that is below its bar because of a missing figure does not. An issue is recognized by its fingerprint, area and measure, and is not filed twice while it is open.",
    "## Not counted",
    NOT_COUNTED.map((line) => `- ${line}`).join("\n"),
    generatedFrom("src/domain/quality/measures.ts", "src/wording/pages/quality-words.ts"),
  );
}
