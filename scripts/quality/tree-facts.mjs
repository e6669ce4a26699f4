/** Measures that the files alone decide: no check has to run, no history and no issue is asked. */
const OF_THE_TREE = /^\| (files|lines) \|/;

/**
 * What a quality.md says of the tree: its areas with bar and owner, and the files and lines of each, one fact a line. Equal facts mean
 * that nothing which a person can see without running anything has changed since it was written.
 */
export function treeFactsOf(markdown) {
  const facts = [];
  let section = "";
  for (const line of markdown.split("\n")) {
    if (line.startsWith("## ")) section = line.slice(3);
    const area = /^\| ([^|]+) \| [A-D-] \| ([A-D-]) \| ([^|]+) \|/.exec(line);
    if (section === "" && area !== null) facts.push(`area ${area[1]}, bar ${area[2]}, ${area[3]}`);
    if (OF_THE_TREE.test(line)) facts.push(`${section}: ${line}`);
  }
  return facts;
}
