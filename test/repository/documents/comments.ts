import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isScalar, parseDocument, visit } from "yaml";
import { root } from "../bundles.ts";

/** A text for people in a file that a machine reads: a comment, or the value of a key such as `description`. */
export interface Remark {
  /** Relative to the root of the repository. */
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

/** Folders whose files users copy, call or fill in. */
const FOLDERS = [".github", ".github/workflows", ".github/ISSUE_TEMPLATE", "workflow-templates"];

/** Keys whose values GitHub shows to people. */
const SHOWN: readonly string[] = ["description", "about"];

/** The YAML files that users copy, call or fill in, by their paths. */
export function calledFiles(): readonly string[] {
  const flat = FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => /\.ya?ml$/.test(name))
      .map((name) => `${folder}/${name}`),
  );
  const actions = readdirSync(join(root, "actions")).map((name) => `actions/${name}/action.yml`);
  return [...flat, ...actions];
}

/** The comments of a YAML file, lines that follow each other as one, and the texts that GitHub shows of it. */
export function remarksOf(path: string, source = readFileSync(join(root, path), "utf8")) {
  return [...commentsOf(path, source), ...shownIn(path, source)];
}

function commentsOf(path: string, source: string): readonly Remark[] {
  const found: Remark[] = [];
  let open = false;
  for (const [index, line] of source.split("\n").entries()) {
    const whole = /^\s*#\s?(.*)$/.exec(line)?.[1];
    const behind = /\s#\s(.*)$/.exec(line)?.[1];
    const last = found.at(-1);
    if (whole !== undefined && open && last !== undefined)
      found[found.length - 1] = { ...last, text: `${last.text} ${whole}` };
    else if (whole !== undefined) found.push({ path, line: index + 1, text: whole });
    else if (behind !== undefined) found.push({ path, line: index + 1, text: behind });
    open = whole !== undefined;
  }
  return found.map((remark) => ({ ...remark, text: withoutCode(remark.text) }));
}

function shownIn(path: string, source: string): readonly Remark[] {
  const found: Remark[] = [];
  visit(parseDocument(source), {
    Pair(_, { key, value }) {
      if (!isScalar(key) || !isScalar(value) || !SHOWN.includes(String(key.value))) return;
      const line = source.slice(0, key.range?.[0] ?? 0).split("\n").length;
      found.push({ path, line, text: withoutCode(String(value.value)) });
    },
  });
  return found;
}

/** Each piece of code as one word, as on a page. */
function withoutCode(text: string): string {
  return text.replaceAll(/`[^`]+`/g, "Code");
}
