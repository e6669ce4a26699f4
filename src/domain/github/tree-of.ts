import type { ObjectId } from "../digest.ts";
import type { TextFile } from "../lesson/draft.ts";
import type { TreeFile } from "./commit-tree.ts";
import { bytesIn, FOLDER, type FolderEntry, idOf, idOfTree } from "./tree-with.ts";

/**
 * Id of the tree of these files with some texts added, new or in place of plain files. Undefined if a text would replace
 * something else, or no file shows which hash git uses here.
 */
export function treeWithTexts(
  files: readonly TreeFile[],
  texts: readonly TextFile[],
): ObjectId | undefined {
  const like = files[0]?.blob;
  if (like === undefined) return undefined;
  const all = new Map(files.map((file) => [file.path, file]));
  for (const { path, content } of texts) {
    const before = all.get(path);
    const isTaken = files.some(
      (file) => file.path.startsWith(`${path}/`) || path.startsWith(`${file.path}/`),
    );
    if (isTaken || (before !== undefined && before.mode !== "100644")) return undefined;
    all.set(path, { path, mode: "100644", blob: idOf("blob", Buffer.from(content, "utf8"), like) });
  }
  return idOfFolder([...all.values()], 0, like);
}

/** @param depth how many segments of each path lead to this folder */
function idOfFolder(files: readonly TreeFile[], depth: number, like: ObjectId): ObjectId {
  const named = Map.groupBy(files, ({ path }) => path.split("/")[depth] ?? "");
  const entries = [...named].map(([segment, inside]): FolderEntry => {
    const name = bytesIn(segment);
    const [first] = inside;
    const isFile = first !== undefined && first.path.split("/").length === depth + 1;
    return isFile
      ? { name, mode: first.mode, id: first.blob }
      : { name, mode: FOLDER, id: idOfFolder(inside, depth + 1, like) };
  });
  return idOfTree(entries, like);
}
