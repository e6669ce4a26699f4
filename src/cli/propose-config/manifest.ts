import { parse as parseToml } from "smol-toml";
import { parseDocument } from "yaml";
import type { Look } from "./look.ts";
import type { Parsed } from "./parsed.ts";

/** Bounds the copies that YAML's aliases may make. */
const MOST_ALIASES = 100;

/** The manifest's value; undefined when it is not there, or cannot be read, of which a note is made. */
export function readManifest(
  look: Look,
  path: string,
  format: "json" | "toml" | "yaml",
): Parsed | undefined {
  const text = look.text(path);
  if (text === undefined) return undefined;
  try {
    return PARSERS[format](text.replace(/^\uFEFF/, ""));
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    look.note(
      `${look.place(path)} is no ${format.toUpperCase()} (${reason.slice(0, 120)}); it was left aside`,
    );
    return undefined;
  }
}

const PARSERS = {
  json: (text: string): Parsed => JSON.parse(text),
  toml: (text: string): Parsed => parseToml(text),
  yaml: (text: string): Parsed => {
    const document = parseDocument(text);
    const [error] = document.errors;
    if (error !== undefined) throw error;
    return document.toJS({ maxAliasCount: MOST_ALIASES });
  },
};
