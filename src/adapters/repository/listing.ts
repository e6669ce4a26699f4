import type { TreeEntry } from "../../ports/repository.ts";

const LINE = /^(\d{6}) (blob|tree|commit) ([0-9a-f]{40,64}) +(\d+|-)$/;

/** Parses the answer of `git ls-tree -r -z --long`. Throws on a line it does not know. */
export function parseListing(text: string): readonly TreeEntry[] {
  return text
    .split("\0")
    .filter((line) => line !== "")
    .map((line) => {
      const tab = line.indexOf("\t");
      const match = LINE.exec(line.slice(0, tab));
      if (tab < 0 || match === null) {
        throw new Error(`git ls-tree answered a line that is not known: ${line.slice(0, 200)}`);
      }
      const [, mode = "", type, id = "", size] = match;
      return {
        path: line.slice(tab + 1),
        mode,
        type: type as TreeEntry["type"],
        id,
        size: size === "-" ? null : Number(size),
      };
    });
}
