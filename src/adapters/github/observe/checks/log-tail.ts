import { z } from "zod";
import { cut } from "../../../../domain/text/cut.ts";
import type { Client } from "../../client/client.ts";
import { requestErrorOf } from "../../client/request-error.ts";
import { plain } from "./plain.ts";

const MOST_LINES = 20;
const LINE_CHARACTERS = 300;
/** A line is read no further: what is cut off is not shown either. */
const LINE_READ = 2_000;
/** A job may write more than a job of control can hold. Of a log that is longer nothing is told: its end is not known. */
const LOG_BYTES = 64 * 1024 * 1024;

/** What the runner writes before each line, and what begins the one that tells of an error. */
const STAMP = /^\uFEFF?\d{4}-\d{2}-\d{2}T[\d:.]+Z /;
const ERROR = "##[error]";
/** Lines by which the runner folds its log. */
const FOLD = /^##\[(?:group|endgroup)\]/;

/** The last lines of a job's log before its first error. A log that is gone, not there yet or cannot be read tells nothing. */
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

/** Read as it arrives, and no further than to the first error: whoever writes a log decides how long it is. */
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
    // It broke off: where it would have ended is not known.
    return [];
  }
  keepLines([rest], kept);
  return kept;
}

/** Keeps the last of them; false where one tells of an error. */
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
