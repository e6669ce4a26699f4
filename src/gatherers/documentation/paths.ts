/** The folder of a path; `""` is the root. */
export function parentOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "" : path.slice(0, slash);
}

/** A relative path from a folder, without dots; undefined where it leaves the root. */
export function joined(folder: string, path: string): string | undefined {
  const segments = folder === "" ? [] : folder.split("/");
  for (const segment of path.split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment !== "..") segments.push(segment);
    else if (segments.pop() === undefined) return undefined;
  }
  return segments.join("/");
}

/** Every folder with one of the files; `""` is the root. */
export function foldersOf(files: readonly string[]): ReadonlySet<string> {
  const folders = new Set([""]);
  for (const file of files) {
    for (let folder = parentOf(file); !folders.has(folder); folder = parentOf(folder)) {
      folders.add(folder);
    }
  }
  return folders;
}

/** A folder and those above it, the root last. */
export function upwards(folder: string): readonly string[] {
  return folder === "" ? [""] : [folder, ...upwards(parentOf(folder))];
}
