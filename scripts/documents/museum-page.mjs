// docs/museum.md: publicly reported failures of comparable tools, each with the scenario that plays it here.
import { ROOMS } from "../../test/museum/collection.ts";
import { KINDS } from "../../test/museum/report.ts";
import { code, generatedFrom, page, table } from "./markdown.mjs";

/** docs/museum.md */
export function museumPage() {
  const rows = Object.entries(ROOMS).flatMap(([room, reports]) =>
    Object.entries(reports).map(([id, report]) => ({ room, id, ...report })),
  );
  const short = rows.filter(({ holds }) => holds !== undefined);
  const unread = rows.filter((row) => row.unread !== undefined);
  return page(
    "# A museum of others' failures",
    `${rows.length} public reports on comparable tools, of ${KINDS.length} kinds. \`npm test\` plays each as a scenario, against the real functions or a whole line. A row without its scenario does not compile. The page describes the faults in our own words. The reports say more, and their tools may be fixed by now.`,
    `To play them alone, run ${code("npx vitest run test/museum")}.`,
    short.length === 0 ? "" : "## What does not hold",
    short.map(({ id, holds, here }) => `- ${id}, **${holds}**: ${here}.`).join("\n"),
    ...KINDS.flatMap((kind) => kindOf(kind, rows)),
    unread.length === 0 ? "" : "## Not read",
    unread.map(({ id, unread: why }) => `- ${id}: ${why}.`).join("\n"),
    generatedFrom("test/museum/reports"),
  );
}

function kindOf(kind, rows) {
  const own = rows.filter((row) => row.kind === kind);
  return [
    `## ${kind[0].toUpperCase()}${kind.slice(1)}`,
    table(
      ["report", "what went wrong there", "what happens here", "held by"],
      own.map(({ id, link, what, here, room }) => [
        `[${id}](${link ?? addressOf(id)})`,
        what,
        here,
        `[${room}](../test/museum/${room}.test.ts)`,
      ]),
    ),
  ];
}

/** GitHub redirects to the pull request if the number is one. */
function addressOf(id) {
  return `https://github.com/${id.replace("#", "/issues/")}`;
}
