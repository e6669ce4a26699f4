import { compareVersions, readVersion, type Version } from "./version.ts";

/** The most dependencies whose notes one run reads, because each is a download. */
export const MOST_NOTED = 20;

/** Result of asking for one dependency's notes. */
export type Asked =
  | { readonly kind: "printed"; readonly text: string }
  | { readonly kind: "failed"; readonly reason: string }
  /** The limit of one run was reached. */
  | { readonly kind: "left-out" }
  /** Its name or version has no form that is safe to ask for. */
  | { readonly kind: "unaskable" };

/** The makers' notes on the versions between, or why they are unknown. */
export type Notes =
  | { readonly kind: "found"; readonly text: string }
  | { readonly kind: "no-file" }
  | { readonly kind: "no-heading" }
  | { readonly kind: "unordered" }
  | Exclude<Asked, { readonly kind: "printed" }>;

/** An underlined line of Markdown or reStructuredText; a table row has blanks or bars in it. */
const UNDERLINE = /^(={3,}|-{3,}|~{3,})$/;
const FENCE = /^ {0,3}(```|~~~)/;
const HEADING = /^ {0,3}#{1,6}[ \t]/;
/** The first version in a heading: bare, after a `v`, in brackets, or after the name and `@`. */
const NAMED =
  /(?:^|[\s[(@v])((?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?)(?![0-9A-Za-z.-])/;

/**
 * The parts of a changelog under headings of versions after the one in use, up to the newest, in its own order. A
 * heading is one of Markdown or an underlined line with a version in the form of semver.org. Everything below it, up to
 * the next such heading, is its part.
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

/** The mark of the code block that this line is in, or opens; another mark does not end it. */
function fenceAfter(line: string, fence: string | undefined): string | undefined {
  const mark = FENCE.exec(line)?.[1];
  if (fence === undefined) return mark;
  return mark === fence ? undefined : fence;
}

function versionOf(line: string, next: string): Version | undefined {
  if (!HEADING.test(line) && !UNDERLINE.test(next.trim())) return undefined;
  // A heading is short. A longer line is a paragraph, or no text at all.
  const found = NAMED.exec(line.slice(0, 200))?.[1];
  return found === undefined ? undefined : readVersion(found);
}
