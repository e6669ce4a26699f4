import { countsAsPassed } from "../../domain/evidence/known-failure.ts";
import type { Evidence } from "../../domain/evidence.ts";
import { type DroppedHunk, SIDES, type Side, type TwoSides } from "../../domain/github/unblock.ts";
import { counted, sayDuration } from "../figures.ts";
import { safeCell, safeText } from "../safe-text.ts";

const NAMES: Readonly<Record<Side, string>> = { head: "pull request", base: "base" };

/** A table with a column for each side, so that it fits a phone; then what each lost by name, and what was edited beyond the conflict. */
export function saySides(two: TwoSides): readonly string[] {
  return [
    ...sayTable(two),
    ...SIDES.flatMap((side) => sayLost(side, two)),
    ...SIDES.flatMap((side) => sayDropped(side, two)),
    ...sayEdited(two),
  ];
}

const ROWS = ["new tests", "tests that pass here", "tests lost", "hunks dropped"] as const;

function sayTable(two: TwoSides): readonly string[] {
  const columns = SIDES.map((side) => cellsOf(side, two));
  return [
    `| | ${SIDES.map((side) => NAMES[side]).join(" | ")} |`,
    `|---|${SIDES.map(() => "---|").join("")}`,
    ...ROWS.map((row, at) => `| ${[row, ...columns.map((cells) => cells[at])].join(" | ")} |`),
  ];
}

/** What is said of a side, in the order of the rows. */
function cellsOf(side: Side, { sides }: TwoSides): readonly string[] {
  const { tests, dropped } = sides[side];
  const cells =
    tests === null
      ? ["unproven", "unproven", "unproven"]
      : [saysNone(tests.added), `${tests.kept}`, saysNone(tests.lost.total)];
  return [...cells, saysNone(dropped.total)];
}

function saysNone(count: number): string {
  return count === 0 ? "none" : `${count}`;
}

const LISTS = {
  lost: "do not pass here",
  known: "fail on the base too",
  removed: "were taken out by the other side",
} as const;

function sayLost(side: Side, { sides }: TwoSides): readonly string[] {
  const { tests } = sides[side];
  if (tests === null) return [];
  return (["lost", "known", "removed"] as const).flatMap((list) => {
    const { total, names } = tests[list];
    if (total === 0) return [];
    const more = total > names.length ? [`${total - names.length} more`] : [];
    const shown = [...names.map(safeText), ...more].join("; ");
    return ["", `Tests of the ${NAMES[side]} that ${LISTS[list]}: ${shown}`];
  });
}

function sayDropped(side: Side, { sides }: TwoSides): readonly string[] {
  const { total, hunks } = sides[side].dropped;
  if (total === 0) return [];
  const more = total > hunks.length ? [`- ${total - hunks.length} more`] : [];
  const told = hunks.map((hunk) => `- ${sayHunk(hunk)}`);
  return [
    "",
    `What the ${NAMES[side]} wrote and does not stand here as it wrote it:`,
    "",
    ...told,
    ...more,
  ];
}

function sayHunk({ path, from, to, lost, back }: DroppedHunk): string {
  const place = from === 0 ? "" : from === to ? `, line ${from}` : `, lines ${from} to ${to}`;
  const what = [
    ...(lost === 0 ? [] : [`${counted(lost, "line")} not there`]),
    ...(back === 0
      ? []
      : [`${counted(back, "line")} that it took out ${back === 1 ? "is" : "are"} back`]),
  ];
  return `${safeText(path)}${place}: ${what.length === 0 ? "other bytes" : what.join(", ")}`;
}

function sayEdited({ edited }: TwoSides): readonly string[] {
  if (edited.length === 0) return [];
  return ["", `Edited beyond the merge: ${edited.map(safeText).join(", ")}`];
}

export function sayChecks(evidence: readonly Evidence[]): readonly string[] {
  const runs = evidence
    .filter((piece) => piece.kind === "check")
    .filter(({ on }) => on === "change");
  if (runs.length === 0) return [];
  return [
    "",
    "| check | on the result | took |",
    "|---|---|---|",
    ...runs.map((run) => {
      const known = run.status !== "passed" && countsAsPassed(run, evidence);
      const said = `${run.status.replaceAll("-", " ")}${known ? ", as on the base" : ""}`;
      return `| ${safeCell(run.name)} | ${said} | ${sayDuration(run.durationMs)} |`;
    }),
  ];
}
