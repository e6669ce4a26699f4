import type { Look } from "../look.ts";
import { readManifest } from "../manifest.ts";
import { at, type Parsed, textAt, textsAt } from "../parsed.ts";
import { readChain, withoutAssignments } from "../shell-text.ts";
import { behindRunners, type ToolCall } from "./ci.ts";
import { type Ini, linesAt, readIni } from "./ini.ts";

/** The environments whose requirements are those of the tests: https://tox.wiki/en/latest/config.html */
const BASE = "env_run_base";

/**
 * What tox is told, wherever it is told (tox.ini, setup.cfg, the table or the text in pyproject.toml, tox.toml), in the
 * form of tox.ini.
 */
export function readTox(
  look: Look,
  others: { readonly pyproject: Parsed | undefined; readonly setupCfg: Ini },
): Ini {
  const { pyproject, setupCfg } = others;
  const own = look.text("tox.ini");
  if (own !== undefined) return readIni(own);
  const text = textAt(pyproject, "tool", "tox", "legacy_tox_ini");
  if (text !== undefined) return readIni(text);
  const table = readManifest(look, "tox.toml", "toml") ?? at(pyproject, "tool", "tox");
  if (table !== undefined) return fromTable(table);
  return setupCfg.has("tox:tox") ? setupCfg : new Map();
}

/**
 * The tools that tox calls, each with what its environment installs. Lines with a factor or a `-` before them are read, too;
 * those with a substitution that only tox knows are left out. Source: https://tox.wiki/en/stable/config.html#substitutions
 */
export function toxCalls(tox: Ini, place: string): readonly ToolCall[] {
  const sections = [...tox.keys()].filter((name) => /^testenv(?::|$)/.test(name));
  return sections.flatMap((job) => {
    const keys = tox.get(job);
    if (keys?.has("changedir") === true || keys?.has("change_dir") === true) return [];
    const beside = linesAt(tox, job, "deps").map(withoutFactor).filter(isRequirement);
    return linesAt(tox, job, "commands").flatMap((line) => {
      const [words, ...others] = readChain(expanded(withoutFactor(line))) ?? [];
      const [tool, ...rest] = behindRunners(withoutAssignments(words ?? []));
      if (tool === undefined || others.length > 0) return [];
      return [{ tool: tool.value, arguments: rest, workflow: place, job, beside }];
    });
  });
}

function withoutFactor(line: string): string {
  return line.replace(/^[\w.,!{}-]+:\s+/, "").replace(/^-\s+/, "");
}

/** `{posargs:src}` is `src` where nobody says otherwise. */
function expanded(line: string): string {
  return line
    .replace(/\{posargs(?::([^{}]*))?\}/g, "$1")
    .replace(/\{(?:toxinidir|tox_root)\}\/?/g, "");
}

/** A package with or without a version: a file, an option or a substitution is none. */
export function isRequirement(line: string): boolean {
  return /^[A-Za-z][\w.-]*(?:\[[\w,-]+\])?\s*(?:[<>=!~][^{}]*)?$/.test(line);
}

function fromTable(table: Parsed): Ini {
  const keys = ["deps", "extras", "dependency_groups"].map(
    (key) => [key, textsAt(table, BASE, key).join("\n")] as const,
  );
  return new Map([
    ["tox", new Map<string, string>()],
    ["testenv", new Map(keys.filter(([, lines]) => lines !== ""))],
  ]);
}
