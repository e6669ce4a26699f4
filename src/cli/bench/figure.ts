/** One measured figure. `target` is the bound that the project promises; absent where none is promised. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: "ms" | "bytes" | "count" | "minutes" | "tokens" | "USD";
  readonly target?: number;
}

export function isMissed(figure: Figure): boolean {
  return figure.target !== undefined && figure.value > figure.target;
}

/** A line for people. */
export function sayFigure(figure: Figure): string {
  const value = `${figure.value.toLocaleString("en")} ${figure.unit}`.padStart(20);
  const target = figure.target === undefined ? "" : `  ≤ ${figure.target.toLocaleString("en")}`;
  return `${figure.name.padEnd(34)}${value}${target}${isMissed(figure) ? "  MISSED" : ""}\n`;
}
