const MARGIN = "  ";

/**
 * A table whose first column names the rows: the others stand beside it where the terminal has room for all, else each
 * stands in a table of its own, one after the other. @param rows the name and then one value for each head @param width of
 * the terminal (characters); undefined if there is none
 */
export function layColumns(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  width: number | undefined,
): readonly string[] {
  const table = [["", ...heads], ...rows];
  const lines = align(table);
  const widest = Math.max(...lines.map((line) => line.length));
  if (heads.length < 2 || width === undefined || widest <= width) return lines;
  return heads.flatMap((_, at) => [
    ...(at === 0 ? [] : [""]),
    ...align(table.map((row) => [row[0] ?? "", row[at + 1] ?? ""])),
  ]);
}

/** Names to the left, values to the right, each column as wide as what it holds. */
function align(table: readonly (readonly string[])[]): readonly string[] {
  const widthOf = (column: number) => Math.max(...table.map((row) => row[column]?.length ?? 0));
  return table.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? MARGIN + cell.padEnd(widthOf(0)) : MARGIN + cell.padStart(widthOf(column)),
      )
      .join(""),
  );
}
