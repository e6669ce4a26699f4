/** One row of the formula: a figure, and how good it has to be for each grade. */
export interface FormulaRow {
  readonly figure: string;
  readonly better: "more" | "less";
  readonly limits: Readonly<Record<"A" | "B" | "C", number>>;
}

/** The formula of the grades as a table. */
export function renderFormula(rules: readonly FormulaRow[]): string {
  const rows = rules.map(({ figure, better, limits }) => {
    const limit = (letter: keyof FormulaRow["limits"]) =>
      `${better === "more" ? "≥" : "≤"} ${limits[letter]}`;
    return `| ${figure} | ${limit("A")} | ${limit("B")} | ${limit("C")} | else |`;
  });
  return [
    "| Figure | A | B | C | D |",
    "|---|---|---|---|---|",
    ...rows,
    "",
    "The worst row decides. Tests count where coverage is not known. Tests that nobody saw running earn a C at best.",
    "",
  ].join("\n");
}
