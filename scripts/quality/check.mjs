// Whether a quality.md is what the code makes of the commit that it names, and its grades are those of the tree.
import { gradesIn } from "../../src/wording/pages/quality-markdown.ts";
import { git } from "./compose.mjs";

const MEND = "run `npm run quality` and commit the page";
const SHOWN = 10;

/** One line for each fault; none where the page is right. */
export async function faultsOf(tree, { root, committed }) {
  const named = /^.*Measured at `([0-9a-f]{12})`/m.exec(committed)?.[1];
  if (named === undefined) return [`quality.md names no commit that was measured: ${MEND}`];
  const commit = ancestor(root, named);
  if (commit === undefined) {
    return [
      `quality.md was measured at ${named}, which is not in the history of HEAD: fetch all of it (\`git fetch --unshallow\`), or ${MEND}`,
    ];
  }
  const { page } = await tree.atCommit(commit);
  const differing = linesThatDiffer(committed, page);
  if (differing.length > 0) {
    return [`quality.md is not what ${named} says: ${MEND}`, ...differing.slice(0, SHOWN)];
  }
  const { report } = await tree.asItLies();
  const grades = gradesIn(committed, report.areas);
  const fallen = report.areas.filter(({ area, grade }) => grades.get(area) !== grade);
  return [
    ...fallen.map(
      ({ area, grade, because }) =>
        `quality.md says ${grades.get(area) ?? "nothing"} of ${area}, which has grade ${grade} now (${because}): ${MEND}`,
    ),
    ...areasGone(committed, report.areas),
  ];
}

function areasGone(committed, areas) {
  // The scorecard stands above the folds, in which tables have other first cells.
  const [scorecard = ""] = committed.split("<details>");
  const rows = [...scorecard.matchAll(/^\| (\S+) \| [A-D-] \| [A-D-] \|/gm)].map(
    ([, area]) => area,
  );
  const known = new Set(areas.map(({ area }) => area));
  return rows
    .map((area) => area.replaceAll("`", ""))
    .filter((area) => !known.has(area))
    .map((area) => `quality.md has a row of ${area}, which is no area: ${MEND}`);
}

function ancestor(root, named) {
  try {
    const commit = git(root, ["rev-parse", "--verify", "--quiet", `${named}^{commit}`]);
    git(root, ["merge-base", "--is-ancestor", commit, "HEAD"]);
    return commit;
  } catch {
    // Not in this clone, or of another branch: the caller says what to do.
    return undefined;
  }
}

function linesThatDiffer(committed, computed) {
  const [left, right] = [committed.split("\n"), computed.split("\n")];
  const [had, has] = [new Set(left), new Set(right)];
  return [
    ...left.filter((line) => !has.has(line)).map((line) => `  committed: ${line}`),
    ...right.filter((line) => !had.has(line)).map((line) => `  computed:  ${line}`),
    ...(committed === computed ||
    left.some((line) => !has.has(line)) ||
    right.some((line) => !had.has(line))
      ? []
      : ["  the same lines in another order"]),
  ];
}
