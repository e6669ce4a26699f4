import { createHmac } from "node:crypto";
import { sortedJson } from "./handed-over.ts";

interface LineSeen {
  readonly sequence: number;
  readonly seal: string;
  readonly event: {
    readonly kind: string;
    readonly issue?: string;
    readonly refusal?: { readonly code: string };
  };
}

const FIRST_LINE = "### Millwright · ledger";

/** The lines for machines of the one comment that the factory wrote; undefined where there is none. */
export function ledgerLinesOf(
  comments: readonly { readonly author: string; readonly body: string }[],
): readonly LineSeen[] | undefined {
  const own = comments.find(
    ({ author, body }) => author === "github-actions[bot]" && body.startsWith(FIRST_LINE),
  );
  const lines = own?.body.split(/\r?\n/).filter((line) => line.startsWith('{"at":'));
  return lines?.map((line) => JSON.parse(line) as LineSeen);
}

/**
 * Whether each line is sealed for this place and for the line before it, with the repository's key (threats OUT-07): the
 * format of a seal as a second reader would write it down.
 */
export function faultOfSeals(
  lines: readonly LineSeen[],
  place: { readonly repositoryId: number; readonly issue: number; readonly key: string },
): string | undefined {
  const { key, ...where } = place;
  let previous = "start";
  for (const [index, { seal, ...entry }] of lines.entries()) {
    const text = sortedJson({ version: 1, ...where, previous, entry });
    if (entry.sequence !== index + 1) return `line ${index + 1} is numbered ${entry.sequence}`;
    if (seal !== `v1:${createHmac("sha256", key).update(text).digest("hex")}`)
      return `the seal of line ${entry.sequence} is not the repository's`;
    previous = seal;
  }
  return undefined;
}
