/** A record and the line on which it begins. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A cell with its terminator: a comma, the end of a line, or the end of the text. */
const CELL = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;

/** Records of comma-separated values (RFC 4180); undefined if a quote does not end, or is inside a cell. */
export function readCsv(text: string): readonly CsvRecord[] | undefined {
  const whole = text.replace(/^\uFEFF/, "").replace(/(?<![\r\n])$/, "\n");
  const records: CsvRecord[] = [];
  let [cells, line, at]: [string[], number, number] = [[], 1, 0];
  let begun = line;
  while (at < whole.length) {
    const found = readCell(whole, at);
    if (found === undefined) return undefined;
    cells.push(found.value);
    line += found.lines;
    at += found.length;
    if (found.isInside) continue;
    records.push({ line: begun, cells });
    [cells, begun] = [[], line];
  }
  return records.filter((record) => record.cells.length > 1 || record.cells[0] !== "");
}

function readCell(text: string, at: number) {
  const cell = new RegExp(CELL);
  cell.lastIndex = at;
  const found = cell.exec(text);
  if (found === null) return undefined;
  const [all, quoted, plain = "", end] = found;
  return {
    value: quoted === undefined ? plain : quoted.replaceAll('""', '"'),
    lines: all.split("\n").length - 1,
    length: all.length,
    /** More cells of the same record follow. */
    isInside: end === ",",
  };
}
