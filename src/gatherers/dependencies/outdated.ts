import { z } from "zod";
import { readCargo } from "./cargo.ts";
import type { Outdated } from "./dependency.ts";
import type { Tool } from "./options.ts";

const Version = z.string().min(1).max(200);
const Name = z.string().min(1).max(214);

/** `npm outdated --json --long`; a workspace makes a list of one package. */
const NpmEntry = z.object({
  // A package that is not installed has none, so the version in use is unknown.
  current: Version,
  wanted: Version,
  latest: Version,
  type: z.string().max(100).optional(),
  homepage: z.string().max(1_000).optional(),
});
const Npm = z.record(Name, z.union([NpmEntry, z.array(NpmEntry)]));

/** `pip list --outdated --format json`. */
const Pip = z.array(z.object({ name: Name, version: Version, latest_version: Version }));

/** One module of `go list -m -u -json`. */
const Module = z.object({
  Path: Name,
  Version: Version.optional(),
  Main: z.boolean().optional(),
  Indirect: z.boolean().optional(),
  Update: z.object({ Version }).optional(),
});

/**
 * A package manager's answer in its documented form. @throws for any other text: an answer that was not understood never
 * means that all is current
 */
export function readOutdated(tool: Tool, text: string): readonly Outdated[] {
  return READERS[tool](text).filter(({ current, latest }) => current !== latest);
}

const READERS: Readonly<Record<Tool, (text: string) => readonly Outdated[]>> = {
  npm: (text) =>
    // Without outdated ones: an empty object, or in older versions no output at all.
    Object.entries(Npm.parse(text.trim() === "" ? {} : JSON.parse(text))).flatMap(([name, found]) =>
      [found].flat().map(({ type: kind, ...one }) => ({ name, ...one, kind })),
    ),
  pip: (text) =>
    Pip.parse(JSON.parse(text)).map(({ name, version, latest_version }) => ({
      ...{ name, current: version, latest: latest_version },
    })),
  go: (text) =>
    objectsIn(text).flatMap((value) => {
      const { Path: name, Version: current, Main, Indirect, Update } = Module.parse(value);
      if (Main === true || Indirect === true || Update === undefined) return [];
      if (current === undefined) throw new Error(`${name}: no version`);
      return [{ name, current, latest: Update.Version, kind: "require" }];
    }),
  cargo: readCargo,
};

/** Go prints one indented object after the other; each ends with a brace at the beginning of a line. */
function objectsIn(text: string): readonly unknown[] {
  const parts = text.split(/(?<=^\})\r?\n/m).filter((part) => part.trim() !== "");
  return parts.map((part): unknown => JSON.parse(part));
}
