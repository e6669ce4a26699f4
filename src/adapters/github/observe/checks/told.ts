import { z } from "zod";
import type { CheckMark } from "../../../../domain/github/repository-check.ts";
import { cut } from "../../../../domain/text/cut.ts";
import type { Client } from "../../client/client.ts";
import { requestErrorOf } from "../../client/request-error.ts";
import { plain } from "./plain.ts";

const MOST_MARKS = 20;
const MOST_LINES = 20;
const LINE_CHARACTERS = 300;

const AnnotationSeen = z.object({
  path: z.string(),
  start_line: z.int().nullish(),
  annotation_level: z.string().nullish(),
  message: z
    .string()
    .nullish()
    .transform((message) => message ?? ""),
});

/** Where the runner puts what names no file, as a folder that no change can make a file of. */
const NO_FILE = ".github";

/** The places that a check marks as failures: anybody's text, and bounded. */
export async function readMarks(
  client: Client,
  checkRun: number | undefined,
): Promise<readonly CheckMark[]> {
  if (checkRun === undefined) return [];
  const found = await client.ask(
    z.array(AnnotationSeen),
    "GET /check-runs/{check_run_id}/annotations",
    { check_run_id: checkRun, per_page: 50 },
  );
  return found
    .filter(({ path, annotation_level: level }) => level === "failure" && path !== NO_FILE)
    .slice(0, MOST_MARKS)
    .map(({ path, start_line: line, message }) => ({
      path: cut(plain(path), LINE_CHARACTERS),
      line: Math.max(1, line ?? 1),
      message: cut(plain(message), LINE_CHARACTERS),
    }));
}

/** What the runner writes before each line, and what begins the one that tells of an error. */
const STAMP = /^\uFEFF?\d{4}-\d{2}-\d{2}T[\d:.]+Z /;
const ERROR = "##[error]";
/** Lines by which the runner folds its log. */
const FOLD = /^##\[(?:group|endgroup)\]/;

/** The last lines of a job's log before its first error. A log that is gone, or not there yet, tells nothing. */
export async function readTail(client: Client, job: number): Promise<readonly string[]> {
  try {
    const log = await client.ask(z.unknown(), "GET /actions/jobs/{job_id}/logs", { job_id: job });
    return tailOf(typeof log === "string" ? log : textOf(log));
  } catch (error: unknown) {
    const status = requestErrorOf(error)?.status;
    if (status === 403 || status === 404 || status === 410) return [];
    throw error;
  }
}

function textOf(log: unknown): string {
  return log instanceof ArrayBuffer ? new TextDecoder().decode(log) : "";
}

function tailOf(log: string): readonly string[] {
  const lines = log.split(/\r?\n/).map((line) => line.replace(STAMP, ""));
  const first = lines.findIndex((line) => line.startsWith(ERROR));
  return lines
    .slice(0, first === -1 ? lines.length : first)
    .map(plain)
    .filter((line) => line !== "" && !FOLD.test(line))
    .slice(-MOST_LINES)
    .map((line) => cut(line, LINE_CHARACTERS));
}
