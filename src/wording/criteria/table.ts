import { cut } from "../../domain/text/cut.ts";
import { safeCell } from "../safe-text.ts";
import { type CriteriaText, type CriterionRow, criterionRows } from "./rows.ts";

/** More rows than this are counted instead of shown, those that are not proven first: a table is read in a minute. */
const ROWS = 7;
/** Tests of one criterion that are named. */
const NAMED = 3;

/**
 * Criterion and what shows it (its tests, what was seen of them on base and change, what they notice, the reviewer): the one
 * table, as lines of Markdown. Two columns, because a phone shows no more of them side by side.
 */
export function renderCriteria(text: CriteriaText): readonly string[] {
  const rows = criterionRows(text);
  const isOpen = ({ standing }: CriterionRow) => standing !== "proven" && standing !== "judged";
  const ordered = [...rows.filter(isOpen), ...rows.filter((row) => !isOpen(row))];
  const left = ordered.slice(ROWS);
  const open = left.filter(isOpen).length;
  return [
    "| Criterion | Shown by |",
    "|---|---|",
    ...ordered.slice(0, ROWS).map(renderRow),
    ...(left.length === 0
      ? []
      : [`| ${left.length} more, ${open} of them open | see the issue's contract |`]),
  ];
}

const MARKS = { proven: "✅", judged: "☑️" } as const;

function renderRow(row: CriterionRow): string {
  const mark = row.standing === "proven" || row.standing === "judged" ? MARKS[row.standing] : "❌";
  const statement = safeCell(`${row.id} (${row.kind}) ${cut(row.statement, 200)}`.trim());
  const open = row.standing === "proven" || row.standing === "judged" ? "" : row.open;
  const named = [...row.named.slice(0, NAMED).map((name) => cut(name, 160)), ...more(row.named)];
  const by = row.by === "" ? [] : [row.by];
  const tests = [...named, ...by, ...(open === "" ? [] : [`not proven: ${open}`])].join("; ");
  const seen = row.seen
    .slice(0, NAMED)
    .map(({ base, change }) => `${safeCell(base)} → ${safeCell(change)}`);
  const notices = [...row.notices.slice(0, NAMED).map(safeCell), ...more(row.notices)];
  const shown = [
    safeCell(tests || "none"),
    ...(seen.length === 0 ? [] : [[...seen, ...more(row.seen)].join("; ")]),
    ...(notices.length === 0 ? [] : [`notices ${notices.join("; ")}`]),
    `reviewer: ${safeCell(cut(row.reviewer, 200))}`,
  ].join(" · ");
  return `| ${mark} ${statement} | ${shown} |`;
}

function more(list: readonly unknown[]): readonly string[] {
  return list.length > NAMED ? [`and ${list.length - NAMED} more`] : [];
}

/** Criteria that are named in one sentence; the others are counted. */
const TOLD = 3;

/** `every criterion tied to evidence`, only where it is so; else how many are, and what is wrong with the others. */
export function sayProven(text: CriteriaText): string {
  const rows = criterionRows(text);
  const open = rows.filter(({ standing }) => standing !== "proven");
  if (rows.length === 0) return "no criterion was judged";
  if (open.length === 0) return "every criterion tied to evidence";
  const told = open.slice(0, TOLD).map(({ id, open: why }) => `${id}: ${why}`);
  const rest = open.length > TOLD ? [`and ${open.length - TOLD} more`] : [];
  const count = `${rows.length - open.length} of ${rows.length} criteria proven`;
  return [count, ...told, ...rest].join("; ");
}
