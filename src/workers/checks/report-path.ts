/**
 * A path of a report as a path in the repository. A path below one of `roots` (the workspace, as the sandbox and as the
 * host names it) becomes relative; any other stays. So a test has the same name in every workspace.
 */
export function locate(path: string, roots: readonly string[]): string {
  const plain = path.replace(/^file:\/\//, "");
  const root = roots
    .map((folder) => folder.replace(/\/*$/, "/"))
    .find((folder) => plain.startsWith(folder));
  return root === undefined ? plain.replace(/^\.\//, "") : plain.slice(root.length);
}
