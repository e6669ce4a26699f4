import { z } from "zod";
import { cut } from "../../../../domain/text/cut.ts";
import type { Client } from "../../client/client.ts";
import { requestErrorOf } from "../../client/request-error.ts";
import { plain } from "./plain.ts";

const MOST_LINES = 20;
const LINE_CHARACTERS = 300;
/** The most characters of a line that are read; the rest is not shown either. */
const LINE_READ = 2_000;
/** The most bytes of a log. A job may write more than a control job can hold; of a longer log nothing is shown, because its end is unknown. */
const LOG_BYTES = 64 * 1024 * 1024;

/** The runner's prefix of each line, and of a line with an error. */
const STAMP = /^\uFEFF?\d{4}-\d{2}-\d{2}T[\d:.]+Z /;
const ERROR = "##[error]";
/** Lines by which the runner folds its log. */
const FOLD = /^##\[(?:group|endgroup)\]/;

/** The last lines of a job's log before its first error; empty if the log is gone, not there yet or unreadable. */
export async function readTail(client: Client, job: number): Promise<readonly string[]> {
  try {
    const log = await client.ask(z.unknown(), "GET /actions/jobs/{job_id}/logs", {
      job_id: job,
      request: { parseSuccessResponseBody: false },
    });
    return log instanceof ReadableStream ? await tailOf(log) : [];
  } catch (error: unknown) {
    if (requestErrorOf(error) === undefined) throw error;
    return [];
  }
}

/** Read as it arrives, only up to the first error, because the job decides its length. */
async function tailOf(log: ReadableStream<Uint8Array>): Promise<readonly string[]> {
  const decoder = new TextDecoder();
  const kept: string[] = [];
  let bytes = 0;
  let rest = "";
  try {
    for await (const chunk of log) {
      bytes += chunk.length;
      if (bytes > LOG_BYTES) return [];
      const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r?\n/);
      rest = (lines.pop() ?? "").slice(0, LINE_READ);
      if (!keepLines(lines, kept)) return kept;
    }
  } catch {
    // The connection broke, so the log's end is unknown.
    return [];
  }
  keepLines([rest], kept);
  return kept;
}

/** Keeps the last lines; false if one reports an error. */
function keepLines(lines: readonly string[], kept: string[]): boolean {
  for (const whole of lines) {
    const line = whole.slice(0, LINE_READ).replace(STAMP, "");
    if (line.startsWith(ERROR)) return false;
    const shown = plain(line);
    if (shown === "" || FOLD.test(shown)) continue;
    kept.push(cut(shown, LINE_CHARACTERS));
    if (kept.length > MOST_LINES) kept.shift();
  }
  return true;
}
