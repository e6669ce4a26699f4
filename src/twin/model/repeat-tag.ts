import { type CollectionTag, YAMLMap } from "yaml";
import { z } from "zod";
import { nearestKey } from "../../domain/config/faults.ts";

/** All repeated texts of one script together, in bytes: what a machine for tests keeps in memory without trouble. */
const MOST_BYTES = 128_000_000;

const Repeat = z.strictObject({
  text: z.string().min(1),
  bytes: z.int().positive().max(MOST_BYTES),
});

/** As many whole copies of a text as fit in so many bytes of UTF-8; one at least. */
export function repeated(text: string, bytes: number): string {
  return text.repeat(Math.max(1, Math.floor(bytes / Buffer.byteLength(text))));
}

/**
 * The tag `!repeat { text, bytes }`: stands wherever a text may stand, so that an answer of 50 MB needs no file of 50 MB.
 * A fault is reported as YAML's own are, with its place. One tag serves one script: it counts what it made.
 */
export function repeatTag(): CollectionTag {
  let left = MOST_BYTES;
  return {
    tag: "!repeat",
    collection: "map",
    resolve(value, onError) {
      const parsed = Repeat.safeParse(value instanceof YAMLMap ? value.toJSON() : undefined);
      if (!parsed.success) {
        onError(parsed.error.issues.map(sayIssue).join("; "));
        return "";
      }
      left -= parsed.data.bytes;
      if (left >= 0) return repeated(parsed.data.text, parsed.data.bytes);
      onError(`!repeat: more than ${MOST_BYTES} bytes in one script`);
      return "";
    },
  };
}

function sayIssue(issue: z.core.$ZodIssue): string {
  if (issue.code !== "unrecognized_keys") {
    return `!repeat.${issue.path.join(".")}: ${issue.message}`;
  }
  return issue.keys
    .map((key) => {
      const known = Object.keys(Repeat.shape);
      const nearest = nearestKey(key, known);
      const hint =
        nearest === undefined ? `known: ${known.join(", ")}` : `did you mean "${nearest}"?`;
      return `!repeat: unknown key "${key}"; ${hint}`;
    })
    .join("; ");
}
