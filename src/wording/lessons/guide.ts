/** Under this heading the guide of a repository gets the lines of lessons. */
const HEADING = "## Learned";

/** The guide with one line more under its heading, which is made where there is none. */
export function withLine(guide: string | null, line: string): string {
  const text = guide ?? "# Guide for agents\n";
  const item = `- ${line}`;
  const lines = text.replace(/\n+$/, "").split("\n");
  const heading = lines.findIndex((one) => one.trimEnd() === HEADING);
  if (heading < 0) return [...lines, "", HEADING, "", item, ""].join("\n");
  const next = lines.findIndex((one, at) => at > heading && /^#{1,2} /.test(one));
  const end = next < 0 ? lines.length : next;
  const own = lines.slice(heading + 1, end);
  const last = own.findLastIndex((one) => one.trim() !== "");
  const before = lines.slice(0, heading + 1 + last + 1);
  const after = lines.slice(heading + 1 + last + 1);
  const gap = last < 0 ? [""] : [];
  return [...before, ...gap, item, ...after, ""].join("\n");
}

/**
 * The guide without that line, and without the heading where nothing is left under it; undefined where the line does not stand
 * there as it was written.
 */
export function withoutLine(guide: string | null, line: string): string | undefined {
  const lines = guide?.split("\n") ?? [];
  const at = lines.findIndex((one) => one.trimEnd() === `- ${line}`);
  return at < 0 ? undefined : withoutEmpty(lines.toSpliced(at, 1)).join("\n");
}

function withoutEmpty(lines: readonly string[]): readonly string[] {
  const heading = lines.findIndex((one) => one.trimEnd() === HEADING);
  const next = lines.findIndex((one, at) => at > heading && one.trim() !== "");
  const isLeft = heading >= 0 && next >= 0 && !/^#{1,2} /.test(lines[next] ?? "");
  if (heading < 0 || isLeft) return lines;
  const before = lines.slice(0, heading);
  const kept = before.slice(0, before.findLastIndex((one) => one.trim() !== "") + 1);
  return next < 0 ? [...kept, ""] : [...kept, "", ...lines.slice(next)];
}

/** As a file takes them. */
export function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
