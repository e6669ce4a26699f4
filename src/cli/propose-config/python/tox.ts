import type { Look } from "../look.ts";
import { readManifest } from "../manifest.ts";
import { at, type Parsed, textAt, textsAt } from "../parsed.ts";
import { type Ini, readIni } from "./ini.ts";

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

function fromTable(table: Parsed): Ini {
  const keys = ["deps", "extras", "dependency_groups"].map(
    (key) => [key, textsAt(table, BASE, key).join("\n")] as const,
  );
  return new Map([
    ["tox", new Map<string, string>()],
    ["testenv", new Map(keys.filter(([, lines]) => lines !== ""))],
  ]);
}
