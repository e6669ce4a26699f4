import type { Frame } from "./incident.ts";

/** A frame of the repository's own code: the file of the tree that its path ends in. */
export interface OwnFrame {
  readonly file: string;
  readonly function?: string;
  readonly line?: number;
}

/**
 * Frames whose file is in the tree. A deployed path may have any beginning, so the longest end that is a file of the
 * tree counts, starting at a folder. A name alone counts only if it is the whole path. Frames that a source calls
 * foreign are skipped.
 */
export function ownFrames(frames: readonly Frame[], paths: readonly string[]): readonly OwnFrame[] {
  const files = new Set(paths);
  return frames.flatMap((frame) => {
    const file = frame.foreign ? undefined : fileOf(frame.path, files);
    if (file === undefined) return [];
    const { function: name, line } = frame;
    return [
      {
        file,
        ...(name === undefined ? {} : { function: name }),
        ...(line === undefined ? {} : { line }),
      },
    ];
  });
}

function fileOf(path: string, files: ReadonlySet<string>): string | undefined {
  if (files.has(path)) return path;
  const segments = path.split("/");
  for (let from = 1; from < segments.length - 1; from += 1) {
    const end = segments.slice(from).join("/");
    if (files.has(end)) return end;
  }
  return undefined;
}
