import { type CollectionTag, YAMLMap } from "yaml";
import { z } from "zod";
import { nearestKey } from "../../domain/config/faults.ts";

/** The most bytes of all repeated texts of one script, for the memory of a test machine. */
const MOST_BYTES = 128_000_000;

const Repeat = z.strictObject({
  text: z.string().min(1),
  bytes: z.int().positive().max(MOST_BYTES),
});

/** As many whole copies of a text as fit in this many bytes of UTF-8; at least one. */
export function repeated(text: string, bytes: number): string {
  return text.repeat(Math.max(1, Math.floor(bytes / Buffer.byteLength(text))));
}

/**
 * The tag `!repeat { text, bytes }`: allowed for any text, so that an answer of 50 MB needs no file of 50 MB. A fault is
 * reported like YAML's own, with its place. One tag serves one script, because it counts its bytes.
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
