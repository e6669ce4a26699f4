import { compareVersions, readVersion, type Version } from "./version.ts";

/** Of how many dependencies one run reads notes: each is a download. */
export const MOST_NOTED = 20;

/** What came of asking for the notes of one dependency. */
export type Asked =
  | { readonly kind: "printed"; readonly text: string }
  | { readonly kind: "failed"; readonly reason: string }
  /** So many are read in a run, and no more. */
  | { readonly kind: "left-out" }
  /** Its name or its version is in no form that can be asked for safely. */
  | { readonly kind: "unaskable" };

/** What its makers say of the versions between, or why nothing of it is known. */
export type Notes =
  | { readonly kind: "found"; readonly text: string }
  | { readonly kind: "no-file" }
  | { readonly kind: "no-heading" }
  | { readonly kind: "unordered" }
  | Exclude<Asked, { readonly kind: "printed" }>;

/** An underlined line of Markdown or reStructuredText; a row of a table has blanks or bars in it. */
const UNDERLINE = /^(={3,}|-{3,}|~{3,})$/;
const FENCE = /^ {0,3}(```|~~~)/;
const HEADING = /^ {0,3}#{1,6}[ \t]/;
/** The first version in a heading: bare, behind a `v`, in brackets, or behind the name and `@`. */
const NAMED =
  /(?:^|[\s[(@v])((?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?)(?![0-9A-Za-z.-])/;

/**
 * The parts of a changelog under headings of versions after the one in use, up to the newest, in its own order. A heading is
 * one of Markdown or an underlined line that names a version as semver.org writes it; everything below it, up to the next such
 * heading, is its part.
 */
export function notesBetween(
  asked: Asked,
  { from, to }: { readonly from: string; readonly to: string },
): Notes {
  if (asked.kind !== "printed") return asked;
  const [after, upTo] = [readVersion(from), readVersion(to)];
  if (after === undefined || upTo === undefined) return { kind: "unordered" };
  if (asked.text.trim() === "") return { kind: "no-file" };
  const parts = partsOf(asked.text).filter(
    ({ version }) => compareVersions(version, after) > 0 && compareVersions(version, upTo) <= 0,
  );
  if (parts.length === 0) return { kind: "no-heading" };
  return { kind: "found", text: parts.map(({ lines }) => lines.join("\n").trim()).join("\n\n") };
}

interface Part {
  readonly version: Version;
  readonly lines: string[];
}

function partsOf(text: string): readonly Part[] {
  const lines = text.replaceAll("\r\n", "\n").split("\n");
  const parts: Part[] = [];
  let fence: string | undefined;
  for (const [index, line] of lines.entries()) {
    fence = fenceAfter(line, fence);
    const version = fence === undefined ? versionOf(line, lines[index + 1] ?? "") : undefined;
    if (version === undefined) parts.at(-1)?.lines.push(line);
    else parts.push({ version, lines: [line] });
  }
  return parts;
}

/** Of what the block of code is that this line stands in, or opens; a mark of another kind does not end it. */
function fenceAfter(line: string, fence: string | undefined): string | undefined {
  const mark = FENCE.exec(line)?.[1];
  if (fence === undefined) return mark;
  return mark === fence ? undefined : fence;
}

function versionOf(line: string, next: string): Version | undefined {
  if (!HEADING.test(line) && !UNDERLINE.test(next.trim())) return undefined;
  // A heading is short: a longer line is a paragraph, or no text at all.
  const found = NAMED.exec(line.slice(0, 200))?.[1];
  return found === undefined ? undefined : readVersion(found);
}
