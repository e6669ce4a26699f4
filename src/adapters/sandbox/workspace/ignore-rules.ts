import ignore from "ignore";
import type { Baseline } from "../../../ports/sandbox.ts";

/** Whether the base's `.gitignore` files leave a path out. Folders are asked with a slash at the end. */
export type IgnoreRules = (path: string) => boolean;

/**
 * All files of the base as one list, each pattern anchored to the folder of its file, outer folders first: as in git,
 * the last matching pattern decides, and nothing below an ignored folder comes back.
 */
export function createIgnoreRules(files: Baseline["ignore"]): IgnoreRules {
  const rules = ignore({ ignorecase: false, allowRelativePaths: true });
  const depth = (directory: string) => (directory === "" ? 0 : directory.split("/").length);
  for (const { directory, text } of [...files].sort(
    (left, right) => depth(left.directory) - depth(right.directory),
  )) {
    rules.add(text.split(/\r?\n/).flatMap((line) => anchored(line, directory)));
  }
  return (path) => rules.ignores(path);
}

function anchored(line: string, directory: string): readonly string[] {
  if (line === "" || line.startsWith("#")) return [];
  if (directory === "") return [line];
  const negated = line.startsWith("!");
  const pattern = (negated ? line.slice(1) : line).replace(/^\\([!#])/, "$1");
  const trimmed = pattern.replace(/(?<!\\)\s+$/, "");
  if (trimmed === "") return [];
  const slash = trimmed.indexOf("/");
  const hasFolder = slash >= 0 && slash < trimmed.length - 1;
  const here = `/${directory.replace(/[\\*?[\]]/g, "\\$&")}`;
  const below = hasFolder ? `${here}/${trimmed.replace(/^\//, "")}` : `${here}/**/${trimmed}`;
  return [negated ? `!${below}` : below];
}
