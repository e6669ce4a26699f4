import { accessSync, constants, type Stats, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import { systemReason } from "./named-file.ts";
import { UsageError } from "./usage-error.ts";

/** What an option names: something that has to be there, or something that the command will write. */
export type PathKind = "file" | "folder" | "new-file" | "new-folder";

/** An option whose value is a path, which is looked at before the command begins. */
export class PathOption<Usage extends string> extends Option<Usage> {
  readonly kind: PathKind;

  constructor(kind: PathKind, flags: Usage, description: string) {
    super(flags, description);
    this.kind = kind;
  }
}

/** Declares an option that names a path, such as `--repo <path>`. */
export function names<const Flags extends string>(
  kind: PathKind,
  flags: Flags,
  description: string,
): PathOption<Flags> {
  return new PathOption(kind, flags, description);
}

/**
 * Looks at every path that was named, before anything is asked, played or written.
 * @param from the folder that relative paths are relative to
 * @throws UsageError for what is not there, is of another kind, or cannot be written to
 */
export function refusePaths(command: CommandUnknownOpts, from: string): void {
  const given: Readonly<Record<string, unknown>> = command.opts();
  for (const option of command.options) {
    if (!(option instanceof PathOption)) continue;
    const value = given[option.attributeName()];
    for (const path of [value].flat()) {
      if (typeof path === "string") refusePath(option, resolve(from, path));
    }
  }
}

function refusePath(option: PathOption<string>, path: string): void {
  const name = option.long ?? option.flags;
  const fault = FAULTS[option.kind](path, statOf(path));
  if (fault !== undefined) throw new UsageError(`${name}: ${fault}`);
}

type FindFault = (path: string, found: Found) => string | undefined;

const FAULTS: Readonly<Record<PathKind, FindFault>> = {
  file: (path, found) => {
    if ("missing" in found) return found.missing ?? `there is no file ${path}`;
    return found.stats.isDirectory() ? `${path} is a folder, expected a file` : undefined;
  },
  folder: (path, found) => {
    if ("missing" in found) return found.missing ?? `there is no folder ${path}`;
    return found.stats.isDirectory() ? undefined : `${path} is a file, expected a folder`;
  },
  "new-file": (path, found) => {
    if ("missing" in found) return unwritable(path);
    return found.stats.isDirectory() ? `${path} is a folder, expected a file` : undefined;
  },
  "new-folder": (path, found) => {
    if ("missing" in found) return unwritable(path);
    return found.stats.isDirectory() ? undefined : `${path} is a file, expected a folder`;
  },
};

type Found = { readonly stats: Stats } | { readonly missing: string | undefined };

/** What is at a path; `missing` says why nobody can tell, if that is not simply that nothing is there. */
function statOf(path: string): Found {
  try {
    return { stats: statSync(path) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return { missing: undefined };
    const reason = systemReason(error as NodeJS.ErrnoException);
    return { missing: `${path} cannot be read: ${reason}` };
  }
}

/** Folders on the way are made; the first one that is there has to be one, and one that this user may write to. */
function unwritable(path: string): string | undefined {
  const folder = dirname(path);
  const found = statOf(folder);
  if ("missing" in found) {
    if (found.missing !== undefined) return `${path} cannot be written: ${found.missing}`;
    return folder === path ? undefined : unwritable(folder);
  }
  if (!found.stats.isDirectory()) return `${folder} is a file, expected a folder`;
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    return `${path} cannot be written: ${systemReason(error as NodeJS.ErrnoException)} ${folder}`;
  }
}
