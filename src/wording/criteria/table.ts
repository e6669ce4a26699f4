import { cut } from "../../domain/text/cut.ts";
import { counted } from "../figures.ts";
import { safeCell, safeText } from "../safe-text.ts";
import { type CriteriaText, type CriterionRow, criterionRows, sayBase } from "./rows.ts";

/** More rows than this are counted instead of shown, those that are not proven first: a table is read in a minute. */
const ROWS = 7;
/** Tests of one criterion that are named. */
const NAMED = 3;

/**
 * Criterion and what shows it: the one table, as lines of Markdown; nothing where there is no criterion. Two columns,
 * because a phone shows no more of them side by side. Which tests these were is told by `listCriteria`.
 */
export function renderCriteria(text: CriteriaText): readonly string[] {
  const ordered = inOrder(criterionRows(text));
  if (ordered.length === 0) return [];
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

export const CRITERIA_FOLD = "How each criterion is shown";

/** The same criteria, each with its tests, who wrote them, what they notice, and the reviewer: a list for a fold. */
export function listCriteria(text: CriteriaText): readonly string[] {
  return inOrder(criterionRows(text)).slice(0, ROWS).map(renderDetails);
}

function isOpen({ standing }: CriterionRow): boolean {
  return standing !== "proven" && standing !== "judged";
}

function inOrder(rows: readonly CriterionRow[]): readonly CriterionRow[] {
  return [...rows.filter(isOpen), ...rows.filter((row) => !isOpen(row))];
}

const MARKS = {
  proven: "✅",
  judged: "☑️",
  unproven: "❌",
  unreviewed: "❌",
  denied: "❌",
  unquoted: "❌",
} as const satisfies Record<CriterionRow["standing"], string>;

function renderRow(row: CriterionRow): string {
  const mark = row.isAwaited ? "⏳" : MARKS[row.standing];
  const statement = `**${safeCell(row.id)}** ${safeCell(cut(row.statement, 200))}`.trim();
  const shown = [...sayTests(row), ...sayOthers(row), ...sayDoubt(row)];
  const nothing = row.isAwaited ? row.open : "nothing";
  return `| ${mark} ${statement} | ${shown.join(" · ") || nothing} |`;
}

/** `2 tests: failed → passed, 3 of 3 times`. */
function sayTests({ tests, seen }: CriterionRow): readonly string[] {
  if (tests === 0) return [];
  const said = [...new Set(seen.map(({ base, change }) => `${base} → ${change}`))];
  return [`${counted(tests, "test")}: ${[...said.slice(0, NAMED), ...more(said)].join("; ")}`];
}

function sayOthers({ named, tests }: CriterionRow): readonly string[] {
  const others = named.slice(tests);
  if (others.length === 0) return [];
  const said = [...others.slice(0, NAMED).map((name) => cut(name, 160)), ...more(others)];
  return [safeCell(said.join("; "))];
}

/** Why it is not proven, and the reviewer's own words where these are what it rests on. */
function sayDoubt({ standing, open, reviewer, isAwaited }: CriterionRow): readonly string[] {
  const said = `reviewer: ${safeCell(cut(reviewer, 200))}`;
  if (standing === "proven" || isAwaited) return [];
  if (standing === "judged") return [said];
  return [`not proven: ${safeCell(open)}`, ...(standing === "denied" ? [said] : [])];
}

function renderDetails(row: CriterionRow): string {
  const named = [...row.named.slice(0, NAMED).map((name) => cut(name, 160)), ...more(row.named)];
  const by = row.by === "" ? [] : [row.by];
  const seen = row.seen.slice(0, NAMED).map(sayTurn);
  const notices = [...row.notices.slice(0, NAMED).map(safeText), ...more(row.notices)];
  const shown = [
    safeText([...named, ...by].join("; ") || "nothing is named for it"),
    ...(seen.length === 0 ? [] : [[...seen, ...more(row.seen)].join("; ")]),
    ...(notices.length === 0 ? [] : [`notices ${notices.join("; ")}`]),
    ...(row.isAwaited ? [] : [`reviewer: ${safeText(cut(row.reviewer, 200))}`]),
  ];
  return `- **${safeText(row.id)}** (${row.kind}): ${shown.join(" · ")}`;
}

function sayTurn({ base, why, change }: CriterionRow["seen"][number]): string {
  return `${safeText(sayBase({ base, why }))} → ${safeText(change)}`;
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
  const awaited = open.filter(({ isAwaited }) => isAwaited).length;
  if (awaited > 0) return sayAwaited(rows, awaited);
  const told = open.slice(0, TOLD).map(({ id, open: why }) => `${id}: ${why}`);
  const rest = open.length > TOLD ? [`and ${open.length - TOLD} more`] : [];
  const count = `${rows.length - open.length} of ${rows.length} criteria proven`;
  return [count, ...told, ...rest].join("; ");
}

/** Before the review nothing is proven; what already speaks against a criterion is told all the same. */
function sayAwaited(rows: readonly CriterionRow[], awaited: number): string {
  const against = rows.filter(({ standing }) => standing === "unproven");
  const told = against.slice(0, TOLD).map(({ id, open: why }) => `${id}: ${why}`);
  const rest = against.length > TOLD ? [`and ${against.length - TOLD} more`] : [];
  const count = `nothing speaks against ${awaited} of ${counted(rows.length, "criterion", "criteria")}, and the review comes next`;
  return [count, ...told, ...rest].join("; ");
}
