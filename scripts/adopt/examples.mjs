// The examples to adopt, from docs/examples/examples.yml.
import { existsSync, readFileSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { parse } from "yaml";

export const EXAMPLES = "docs/examples";
/** Parts of each example: its files, the issue, and the model's answers. */
export const PARTS = ["repository", "ISSUE.md", "script.yml"];

/** Every example: `{ name, built, needs }`. Throws for one that cannot be adopted as it is. */
export function readExamples(root) {
  const examples = parse(readFileSync(join(root, EXAMPLES, "examples.yml"), "utf8"));
  const seen = new Set();
  for (const { name, built, needs } of examples) {
    const lacks = PARTS.find((part) => !existsSync(join(root, EXAMPLES, String(name), part)));
    const fault = [
      [/^[a-z0-9-]+$/.test(name ?? "") && !seen.has(name), "its name is missing, or is another's"],
      [Boolean(built), "built is missing"],
      [Array.isArray(needs) && needs.length > 0, "needs names no program"],
      [lacks === undefined, `its folder has no ${lacks}`],
    ].find(([holds]) => !holds)?.[1];
    if (fault !== undefined) throw new Error(`${EXAMPLES}/examples.yml: ${name}: ${fault}`);
    seen.add(name);
  }
  return examples;
}

/** Programs that are not on the PATH. */
export function missingOn(path, programs) {
  const folders = path.split(delimiter).filter((folder) => folder !== "");
  const isThere = (program) =>
    folders.some((folder) => {
      const file = statSync(join(folder, program), { throwIfNoEntry: false });
      return file?.isFile() === true && (file.mode & 0o111) !== 0;
    });
  return programs.filter((program) => !isThere(program));
}
