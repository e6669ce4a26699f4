// docs/reference/platform.md: this project's assumptions about GitHub, each with its source and its simulation here.
import { CHECKS } from "../../src/domain/platform/checks.ts";
import { CONFIRMATIONS } from "../../src/domain/platform/fact.ts";
import { WEATHERS } from "../../src/twin/github/weather/weather.ts";
import { sayAccepted } from "../../src/wording/platform/conformance-summary.ts";
import { FACTS, SECTIONS } from "../../src/wording/platform/facts.ts";
import { code, generatedFrom, page, table } from "./markdown.mjs";

/** docs/reference/platform.md */
export function platformPage() {
  const facts = Object.values(FACTS);
  const counts = CONFIRMATIONS.map((by) => [by, facts.filter((fact) => fact.by === by).length]);
  return page(
    "# GitHub, as far as it is known here",
    `${facts.length} facts that the factory leans on, in our own words. A number stays with its fact: weathers of the twin and \`conformance.json\` name it.`,
    table(
      ["confirmed by", "facts", "which means"],
      counts.map(([by, count]) => [by, count, MEANINGS[by]]),
    ),
    `${Object.keys(CHECKS).length} of them are looked at by the conformance workflow ([try GitHub itself](../how-to/try-github-itself.md)), which says what GitHub really does.`,
    ...Object.entries(SECTIONS).flatMap(([title, section]) => [
      `## ${title}`,
      table(
        ["", "fact", "confirmed by", "played by", "believed"],
        Object.entries(section).map(([number, fact]) => [
          number,
          fact.says,
          [fact.by, ...fact.from.map(linkOf)].join(" "),
          playersOf(number),
          CHECKS[number] === undefined ? "" : sayAccepted(CHECKS[number]),
        ]),
      ),
    ]),
    generatedFrom(
      "src/wording/platform",
      "src/domain/platform",
      "src/twin/github/weather/weather.ts",
    ),
  );
}

const MEANINGS = {
  "conformance run": "the workflow saw it on GitHub",
  source: "read in code that GitHub publishes",
  documentation: "GitHub's own pages say so",
  reported: "people saw it; GitHub's pages do not say so, or not clearly",
  unknown: "taken for likely, and seen by nobody here",
};

function linkOf(address, index) {
  return `[[${index + 1}]](${address})`;
}

/** The weathers that simulate a fact, and the part of the conformance workflow that checks it. */
function playersOf(number) {
  const weathers = Object.entries(WEATHERS)
    .filter(([, { fact }]) => fact === number)
    .map(([name]) => `weather ${code(name)}`);
  const check = CHECKS[number];
  return [...weathers, ...(check === undefined ? [] : [`conformance, ${check.part}`])].join("<br>");
}
