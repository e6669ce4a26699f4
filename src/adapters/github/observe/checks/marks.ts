import { z } from "zod";
import type { CheckMark } from "../../../../domain/github/repository-check.ts";
import { cut } from "../../../../domain/text/cut.ts";
import type { Client } from "../../client/client.ts";
import { plain } from "./plain.ts";

const MOST_MARKS = 20;
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

/** The runner's place for messages without a file, as a folder that no change can create a file in. */
const NO_FILE = ".github";

/** Places that a check marks as failures: untrusted text, bounded. */
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
