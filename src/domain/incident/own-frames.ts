import type { Frame } from "./incident.ts";

/** A frame of the repository's own code: the file of the tree that its path ends in. */
export interface OwnFrame {
  readonly file: string;
  readonly function?: string;
  readonly line?: number;
}

/**
 * The frames whose file stands in the tree. A path outside the machine that deployed it begins anywhere, so its longest end
 * that is a file of the tree counts, from a folder on: a name alone is the file only when it is the whole path. What a source
 * calls foreign is never looked for.
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
