import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { ObjectId } from "../../domain/digest.ts";
import type { Conversion } from "../../domain/text/conversion.ts";
import { feedGit, type GitHome, runGit } from "./git.ts";

const ASKED = ["filter", "working-tree-encoding", "ident", "text", "eol"] as const;
type Asked = Record<string, string>;

/**
 * The port's `conversions`, answered by git itself from the `.gitattributes` of a tree: they are read from an index in the
 * scratch folder and are in force for this question alone.
 */
export async function conversionsIn(
  home: GitHome,
  tree: ObjectId,
  paths: readonly string[],
): Promise<ReadonlyMap<string, Conversion>> {
  await rm(join(home.scratch, "index"), { force: true });
  await runGit(home, ["read-tree", tree]);
  const answer = await feedGit(
    home,
    ["check-attr", "--cached", "--stdin", "-z", ...ASKED],
    paths.map((path) => `${path}\0`).join(""),
  );
  await rm(join(home.scratch, "index"), { force: true });
  const values = new Map<string, Asked>();
  const words = answer.split("\0");
  for (let at = 0; at + 2 < words.length; at += 3) {
    const [path = "", name = "", value = ""] = words.slice(at, at + 3);
    values.set(path, { ...values.get(path), [name]: value });
  }
  if (values.size !== new Set(paths).size) throw new Error("git check-attr answered too few paths");
  return new Map([...values].map(([path, asked]) => [path, conversionOf(asked)]));
}

function conversionOf(asked: Asked): Conversion {
  const [filter, encoding] = [named(asked.filter), named(asked["working-tree-encoding"])];
  return {
    ...(filter === undefined ? {} : { filter }),
    ...(encoding === undefined ? {} : { encoding }),
    ident: asked.ident === "set",
    lines: linesOf(asked),
  };
}

/** Undefined for an attribute that does nothing; anything else is a name, known or not. */
function named(value: string | undefined): string | undefined {
  return value === "unspecified" || value === "unset" ? undefined : (value ?? "unknown");
}

/** As gitattributes(5): `eol` means text where `text` says nothing. */
function linesOf({ text, eol }: Asked): Conversion["lines"] {
  if (text === "unset") return "kept";
  if (text === "auto") return "guessed";
  return text === "unspecified" && eol === "unspecified" ? "kept" : "normalised";
}
