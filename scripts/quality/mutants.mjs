/**
 * What `npm run mutation` counted last, as a section of quality.md: a room is a folder, and its score the share of its mutants
 * that some test noticed. A mutant that no test reaches counts as unnoticed.
 */
export function mutantsSection(summary) {
  const title = "## Mutants\n\n";
  if (summary === undefined) return `${title}Not measured: nobody ran \`npm run mutation\`.\n`;
  const isSample = summary.rooms.some(({ sample }) => sample !== undefined);
  const row = ({
    room,
    sample,
    score,
    killed,
    survived,
    timeout,
    noCoverage,
    ignored,
    static: statics,
  }) =>
    `| ${[sample === undefined ? room : `${room} (${sample} % of its lines)`, `${score ?? "-"} %`, killed + timeout, survived + noCoverage, statics, ignored].join(" | ")} |`;
  return [
    `${title}Of all mutants that were judged, ${summary.score} % were noticed by a test. Counted by \`npm run mutation\`, which names the others.${isSample ? " Where a share of the lines is named, only the mutants of these lines were judged." : ""}`,
    "",
    "| Room | Score | Noticed | Unnoticed | Static, not judged | Left out with a reason |",
    "|---|---:|---:|---:|---:|---:|",
    ...summary.rooms.map(row),
    "",
  ].join("\n");
}
