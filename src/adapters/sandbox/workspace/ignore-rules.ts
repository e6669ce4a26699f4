import ignore from "ignore";
import type { Baseline } from "../../../ports/sandbox.ts";

/** Whether `.gitignore` files exclude a path. A folder is passed with a slash at the end. */
export type IgnoreRules = (path: string) => boolean;

/** The rule that excludes a path, and the folder of its file; undefined if none does. */
export type IgnoringRule = (
  path: string,
) => { readonly pattern: string; readonly directory: string } | undefined;

export function createIgnoreRules(files: Baseline["ignore"]): IgnoreRules {
  const ruleOf = createIgnoringRule(files);
  return (path) => ruleOf(path) !== undefined;
}

/**
 * All files as one list, each pattern anchored to the folder of its file, outer folders first: as in git, the last
 * matching pattern decides, and nothing below an ignored folder comes back.
 */
export function createIgnoringRule(files: Baseline["ignore"]): IgnoringRule {
  const rules = ignore({ ignorecase: false, allowRelativePaths: true });
  const depth = (directory: string) => (directory === "" ? 0 : directory.split("/").length);
  for (const { directory, text } of [...files].sort(
    (left, right) => depth(left.directory) - depth(right.directory),
  )) {
    for (const line of text.split(/\r?\n/)) {
      const mark = JSON.stringify({ pattern: line, directory });
      for (const pattern of anchored(line, directory)) rules.add({ pattern, mark });
    }
  }
  return (path) => {
    const { rule } = rules.test(path);
    return rule?.mark === undefined ? undefined : JSON.parse(rule.mark);
  };
}

/** Whether one of these rules excludes everything beside its file, and the file itself. */
export function ignoresAll(text: string): boolean {
  return /^\/?\*{1,2}\s*$/m.test(text);
}

/** As a person finds it: `lib/ in .gitignore`. */
export function sayRule(rule: { readonly pattern: string; readonly directory: string }): string {
  const file = rule.directory === "" ? ".gitignore" : `${rule.directory}/.gitignore`;
  return `${rule.pattern.trim()} in ${file}`;
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
