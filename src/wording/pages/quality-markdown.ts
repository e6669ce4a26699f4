import type { AreaQuality, Measure, QualityReport } from "../../domain/quality.ts";
import { boundBody, safeCell, safeText } from "../safe-text.ts";

/**
 * The committed `quality.md`. The same report gives the same bytes, and nothing in it changes without a cause: no date,
 * no commit, areas and measures by name.
 */
export function renderQuality(report: QualityReport): string {
  const areas = [...report.areas].sort((left, right) => compare(left.area, right.area));
  return boundBody(
    [
      "# Quality",
      "",
      "Written by the nightly audit; a person merges it. Every figure names what it was counted from.",
      "",
      "| Area | Grade | Bar | Owner | Because |",
      "|---|:---:|:---:|---|---|",
      ...areas.map(areaRow),
      "",
      "## Whole repository",
      "",
      ...measureTable(report.repository),
      "",
      ...areas.flatMap(areaSection),
      "## How grades are computed",
      "",
      ...EXPLANATION,
      "",
    ].join("\n"),
  );
}

const EXPLANATION = [
  "A grade is computed from the measures above and nothing else; no model gives, raises or lowers one.",
  "It is the worst of what the measures of an area deserve, and *Because* names the measure that decided.",
  "`-` means that nothing could be measured there: it is not a grade. A measure without a value says why in its source.",
  "Below the *Bar* (`quality.areas[].bar` in `.github/factory.yml`, `B` where nothing is said) the audit files an issue,",
  "the widest gap first, at most three at a time. Notes are remarks of the auditor about a line that exists.",
];

function areaRow(area: AreaQuality): string {
  const owner = area.owner === null ? "—" : safeCell(area.owner);
  return `| ${safeCell(area.area)} | ${area.grade} | ${area.bar} | ${owner} | ${safeCell(area.because)} |`;
}

function areaSection(area: AreaQuality): readonly string[] {
  const note =
    area.note === null
      ? []
      : [
          `Note: ${safeText(area.note.text)} (${safeText(`\`${area.note.path}:${area.note.line}\``)})`,
          "",
        ];
  return [`## ${safeText(area.area)}`, "", ...measureTable(area.measures), "", ...note];
}

function measureTable(measures: readonly Measure[]): readonly string[] {
  if (measures.length === 0) return ["Nothing was measured."];
  const sorted = [...measures].sort((left, right) => compare(left.name, right.name));
  return ["| Measure | Value | Source |", "|---|---:|---|", ...sorted.map(measureRow)];
}

function measureRow({ name, value, unit, source }: Measure): string {
  return `| ${name.replaceAll("-", " ")} | ${sayValue(value, unit)} | ${safeCell(source)} |`;
}

function sayValue(value: number | null, unit: Measure["unit"]): string {
  if (value === null) return "not measured";
  const figure = Number.isInteger(value) ? `${value}` : value.toFixed(1);
  switch (unit) {
    case "count":
      return figure;
    case "percent":
      return `${figure} %`;
    case "lines":
      return figure;
    case "changes-in-90-days":
      return `${figure} in 90 days`;
  }
}

/** By code unit, so that the order is the same on every machine. */
function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
