import { abandon, type Progress, withoutLines } from "./cargo-binaries.ts";
import { takeJson } from "./cargo-json.ts";
import { takeText } from "./cargo-text.ts";
import { linesOf } from "./lines.ts";
import { plainLine } from "./plain-line.ts";
import type { ReadingTask } from "./test-list.ts";

const LONGEST_LINE = 100_000;

/**
 * Per-test results of `cargo test`, from libtest's plain text or its unstable `--format json`: `source (crate) >
 * module::test`, `doc-tests crate > file - item`. The line of a doc test is left out of its name, because it changes
 * with every line above; the second of an item is `#2`. A binary that began without reporting a result crashed, which is
 * a failed result of its own. @throws ReportFault if the lines do not match the summary of a binary
 */
export function readCargoTest(text: string, { list }: ReadingTask): void {
  const progress: Progress = { target: "", binary: undefined, told: [] };
  for (const line of linesOf(text)) {
    if (line.startsWith("{")) takeJson(line, progress);
    else takeText(plainLine(line, LONGEST_LINE), progress);
  }
  abandon(progress);
  for (const { target, name, status } of withoutLines(progress.told))
    list.add([target, name], status);
}
