import { type MeasureName, ruleOf } from "../../domain/quality/measures.ts";
import type { Measure } from "../../domain/quality.ts";
import type { SourceArea } from "./areas.ts";
import { defectsOf } from "./defects.ts";
import { measureHistory } from "./measures/history.ts";
import { measurePackages } from "./measures/packages.ts";
import { type Facts, measured, missing, type Part } from "./measures/part.ts";
import { measureCoverage, measureMutation } from "./measures/reports.ts";
import { measureDuplication, measureOwned, measureSyntax } from "./measures/syntax.ts";
import { measureFindings, measureTests } from "./measures/tests.ts";
import { measureWork } from "./measures/work.ts";

export function measureArea(area: SourceArea, facts: Facts): Measure[] {
  const measures = measurePart(partOf(area, area.files, facts), facts);
  return measures.filter(({ name }) => ruleOf(name).whole !== true);
}

export function measureRepository(facts: Facts): Measure[] {
  return measurePart(partOf(undefined, [...facts.survey.lines.keys()], facts), facts);
}

function partOf(area: SourceArea | undefined, paths: readonly string[], { survey }: Facts): Part {
  const files = paths.filter((path) => survey.lines.has(path));
  return {
    area,
    files,
    lines: files.reduce((sum, path) => sum + (survey.lines.get(path) ?? 0), 0),
  };
}

function measurePart(part: Part, facts: Facts): Measure[] {
  return [
    measured("files", { value: part.files.length, source: "source files in the tree" }),
    measured("lines", { value: part.lines, source: "line ends in these files" }),
    ...measureTests(part, facts),
    measureCoverage(part, facts),
    measureMutation(part, facts),
    ...measureFindings(part, facts),
    ...measureSyntax(part, facts),
    measureDuplication(part, facts),
    measureDefects(part, facts),
    ...measureWork(part, facts),
    ...measureHistory(part, facts),
    measureOwned(part, facts),
    ...measurePackages(facts),
  ];
}

function measureDefects({ area }: Part, { openDefects }: Facts): Measure {
  const name: MeasureName = "open-defects";
  if (openDefects === undefined) return missing(name, "the order carries no list of defects");
  const defects = area === undefined ? openDefects : defectsOf(area, openDefects);
  const numbers = defects.map(({ number }) => number).sort((left, right) => left - right);
  const none = area === undefined ? "no defect is open" : "no open defect names it";
  const source = numbers.length === 0 ? none : `issues ${numbers.join(", ")}`;
  return measured(name, { value: numbers.length, source });
}
