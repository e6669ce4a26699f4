/** The most files of one name (`index.ts`). With more, the end of a path rarely identifies one, and the search is slow. */
const MOST_NAMESAKES = 500;

/**
 * Finds the file of a tree that a tool means. Tools name files from the root, by an absolute path, or from a folder of
 * their own; then the end of the path has to match just one file. @param roots how absolute paths below the workspace
 * begin
 */
export function filesOf(
  tree: Iterable<string>,
  roots: readonly string[],
): (path: string) => string | undefined {
  const known = new Set(tree);
  const byName = new Map<string, string[]>();
  for (const path of known) {
    const name = path.slice(path.lastIndexOf("/") + 1);
    const others = byName.get(name);
    if (others === undefined) byName.set(name, [path]);
    else others.push(path);
  }
  return (said) => {
    const root = roots.find((folder) => said.startsWith(`${folder}/`));
    const path = (root === undefined ? said : said.slice(root.length + 1)).replace(
      /^(?:\.\/)+/,
      "",
    );
    if (known.has(path)) return path;
    if (root !== undefined) return undefined;
    const name = path.slice(path.lastIndexOf("/") + 1);
    const named = byName.get(name) ?? [];
    if (named.length > MOST_NAMESAKES) return undefined;
    const [only, another] = named.filter((one) => one.endsWith(`/${path}`));
    return another === undefined ? only : undefined;
  };
}
