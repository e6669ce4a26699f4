import type { ChangedFile } from "../../../domain/change-set.ts";
import type { Task } from "../../checks/workbench.ts";
import {
  type FileVersions,
  type Hunk,
  splitChange,
  type Untried,
  type Version,
} from "../../proof/noticed/hunks.ts";
import { isSource } from "../../proof/noticed/is-source.ts";
import { silentHunks } from "../../proof/noticed/silent.ts";

/** The change's source, in parts. */
export interface Parts {
  /** Largest first. */
  readonly hunks: readonly Hunk[];
  readonly files: ReadonlyMap<string, FileVersions>;
  readonly untried: readonly Untried[];
  /** Lines of only comments and blank lines, which are no part. */
  readonly silentLines: number;
}

/** Splits the change's source into parts that can be reverted alone. */
export async function readParts(
  { order, ports: { repository, syntax } }: Pick<Task, "order" | "ports">,
  changed: readonly ChangedFile[],
): Promise<Parts> {
  const modes = new Map((await repository.list(order.base)).map(({ path, mode }) => [path, mode]));
  const files: FileVersions[] = [];
  const odd: Untried[] = [];
  for (const file of changed.filter(({ path }) => isSource(path))) {
    const bytes = await repository.read(order.base, file.path);
    const mode = modes.get(file.path);
    if (bytes === undefined && mode !== undefined) {
      odd.push({ path: file.path, from: 1, to: 1, lines: 0, because: "no-file" });
      continue;
    }
    const before = bytes === undefined ? {} : { before: { bytes, mode: modeOf(mode) } };
    files.push({ path: file.path, ...before, ...afterOf(file) });
  }
  const split = splitChange(files);
  const silent = await silentOf(files, split.hunks, syntax);
  return {
    hunks: split.hunks.filter((hunk) => !silent.has(hunk)),
    files: new Map(files.map((file) => [file.path, file])),
    untried: [...split.untried, ...odd],
    silentLines: [...silent].reduce((sum, { lines }) => sum + lines, 0),
  };
}

function modeOf(mode: string | undefined): Version["mode"] {
  return mode === "100755" ? mode : "100644";
}

function afterOf(file: ChangedFile): Pick<FileVersions, "after"> {
  if ("deleted" in file) return {};
  const bytes = new Uint8Array(Buffer.from(file.content, file.encoding));
  return { after: { bytes, mode: file.mode } };
}

async function silentOf(
  files: readonly FileVersions[],
  hunks: readonly Hunk[],
  syntax: Task["ports"]["syntax"],
): Promise<ReadonlySet<Hunk>> {
  const found: Hunk[] = [];
  for (const file of files) {
    const own = hunks.filter(({ path }) => path === file.path);
    found.push(...(await silentHunks(file, own, syntax)));
  }
  return new Set(found);
}
