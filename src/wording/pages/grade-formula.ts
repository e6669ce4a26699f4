import { LIMITED, MEASURE_NAMES, type MeasureName, ruleOf } from "../../domain/quality/measures.ts";
import { MEASURE_WORDS } from "./quality-words.ts";

/** The measures on which a grade depends, in the order of the table. */
export function gradedMeasures(): readonly MeasureName[] {
  return MEASURE_NAMES.filter((name) => ruleOf(name).limits !== undefined);
}

/** What a figure has to be for each grade, and what its absence allows: `≥ 85`, `≥ 70`, `≥ 50`, `else`, `B at best`. */
export function limitsOf(name: MeasureName): readonly string[] {
  const { limits, better, cap } = ruleOf(name);
  if (limits === undefined) return [];
  // A limit of nothing that more is better than is met by everything.
  const isAlways = (limit: number) => better === "more" && limit === 0;
  const said = LIMITED.map((letter, index) => {
    const before = LIMITED[index - 1];
    const repeats = before !== undefined && limits[before] === limits[letter];
    if (repeats) return "—";
    return isAlways(limits[letter]) ? "else" : `${better === "more" ? "≥" : "≤"} ${limits[letter]}`;
  });
  return [...said, cap === undefined ? "nothing lost" : `${cap} at best`];
}

/** The formula of the grades as a table. */
export function formulaTable(): readonly string[] {
  return [
    "| Figure | A | B | C | not measured |",
    "|---|---|---|---|---|",
    ...gradedMeasures().map(
      (name) => `| ${MEASURE_WORDS[name].figure} | ${limitsOf(name).join(" | ")} |`,
    ),
  ];
}
