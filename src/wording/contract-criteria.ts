import { type Contract, type Criterion, CriterionKind, KINDS } from "../domain/contract.ts";
import { readText, renderText } from "./contract-text.ts";

/** Heading of the criteria where they are a list. */
export const DONE_WHEN = "Done when";

/** What stands above the criteria where they are a table. */
export const TABLE_HEAD = ["| | Done when | Proof |", "|---|---|---|"];

/** Behind each criterion: how it is shown. A kind without its words does not compile. */
const PROOFS = {
  changes: "changes: a test fails before, passes after",
  keeps: "keeps: tests pass before and after",
  gone: "gone: removed with its tests, the rest passes",
  command: "command: a check passes",
  judgement: "judgement: the reviewer or a person decides",
  test: "test: nobody said which way",
} as const satisfies Record<CriterionKind, string>;

/** The shape is open: its tests are written with the change, by the coder. */
const SHAPE_OPEN = ", tests with the change";

function proofOf({ kind, shape }: Pick<Criterion, "kind" | "shape">): string {
  return `${PROOFS[kind]}${shape === undefined ? "" : SHAPE_OPEN}`;
}

/**
 * A table, or a list if readers of Markdown disagree about where a cell ends. A bar ends one, even in code, unless a
 * backslash precedes it, which another may precede (GFM 0.29 §4.10).
 */
export function renderCriteria(acceptance: readonly Criterion[]): string {
  if (acceptance.some(({ statement }) => statement.includes("\\|"))) {
    const items = acceptance.map(
      (one) => `- **${one.id}** ${renderText(one.statement)} (${proofOf(one)})`,
    );
    return [`**${DONE_WHEN}**`, "", ...items].join("\n");
  }
  const rows = acceptance.map((one) => {
    const statement = renderText(one.statement).replaceAll("|", "\\|");
    return `| **${one.id}** | ${statement} | ${proofOf(one)} |`;
  });
  return [...TABLE_HEAD, ...rows].join("\n");
}

interface CriterionForm {
  readonly begins: RegExp;
  readonly between: string;
  readonly ends: string;
  readonly shown: string;
}

const ROW: CriterionForm = {
  begins: /^\| \*\*(AC[0-9]+)\*\* \| /,
  between: " | ",
  ends: " |",
  shown: "| **AC1** | … | changes: … |",
};
const ITEM: CriterionForm = {
  begins: /^- \*\*(AC[0-9]+)\*\* /,
  between: " (",
  ends: ")",
  shown: "- **AC1** … (changes: …)",
};

/** Reads one row or item into the draft; a fault, or undefined. */
export function readCriterion(draft: Contract, line: string): string | undefined {
  const form = line.startsWith("|") ? ROW : ITEM;
  const begun = form.begins.exec(line);
  const proof = proofAtEnd(line, form);
  if (begun === null || proof === undefined) return expected(form.shown, line);
  const inside = line.slice(begun[0].length, line.length - proof.length);
  const statement = readText(form === ROW ? inside.replaceAll("\\|", "|") : inside);
  if (statement === undefined) return expected(form.shown, line);
  const { kind, shape } = proof;
  draft.acceptance.push({ id: begun[1] ?? "", kind, ...shape, statement });
  return undefined;
}

/** The words of a proof with what stands around them: which of them a line ends with. */
function proofAtEnd(line: string, { between, ends }: CriterionForm) {
  for (const kind of CriterionKind.options) {
    for (const shape of [{}, { shape: "open" as const }]) {
      const end = `${between}${proofOf({ kind, ...shape })}${ends}`;
      if (line.endsWith(end)) return { kind, shape, length: end.length };
    }
  }
  return undefined;
}

function expected(form: string, line: string): string {
  return `expected "${form}" with one of ${KINDS.join(", ")}, found "${line.slice(0, 80)}"`;
}
