import { Contract, emptyContract } from "../domain/contract.ts";
import { IN_WORDS } from "../domain/text/say-fault.ts";
import { DONE_WHEN, readCriterion, renderCriteria, TABLE_HEAD } from "./contract-criteria.ts";
import { readText, renderText } from "./contract-text.ts";

/**
 * The visible Markdown of a contract: people and machine read the same text. parse(render(contract)) = contract. Facts
 * that a person decides by are open; the limits of the work are folded. Every value is inert: nothing in it can mention,
 * close, link or hide (threats OUT-01 … OUT-04).
 */
export function renderContract(contract: Contract): string {
  const bounds = BOUNDS.map((shape) => renderSection(shape, contract)).filter(isSaid);
  const note = contract.reviewNote === "" ? [] : [field(REVIEW_NOTE, contract.reviewNote)];
  const folded = [...bounds, ...note];
  return [
    ...QUESTIONS.map((shape) => renderSection(shape, contract)),
    field(GOAL, contract.goal),
    renderCriteria(contract.acceptance),
    ...OUTSIDE.map((shape) => renderSection(shape, contract)),
    ...(folded.length === 0 ? [] : [FOLD, ...folded, FOLD_END]),
  ]
    .filter(isSaid)
    .join("\n\n");
}

/** The contract in a text that `renderContract` wrote, or what was wrong and on which line (1-based). */
export function parseContract(
  markdown: string,
): { readonly contract: Contract } | { readonly fault: string; readonly line: number } {
  const lines = linesOf(markdown);
  const draft = emptyContract();
  let list: ((value: string) => string | undefined) | undefined;
  for (const { text, line } of lines.filter(isWritten)) {
    const heading = HEADING.exec(text)?.[1];
    if (heading !== undefined) {
      list = listOf(draft, heading);
      if (list === undefined) return { fault: `unknown section "${heading}"`, line };
      continue;
    }
    const fault = readLine(draft, list, text);
    if (fault !== undefined) return { fault, line };
  }
  return readDraft(draft, lines);
}

interface NumberedLine {
  readonly text: string;
  readonly line: number;
}

/** All lines from the first that holds something to the last. Blank ones count: GitHub reads what stands in a fold by them. */
function linesOf(markdown: string): readonly NumberedLine[] {
  const lines = markdown
    .replaceAll("\r\n", "\n")
    .split("\n")
    .map((raw, index) => ({ text: raw.trimEnd(), line: index + 1 }));
  const first = lines.findIndex(({ text }) => text !== "");
  const last = lines.findLastIndex(({ text }) => text !== "");
  return first < 0 ? [] : lines.slice(first, last + 1);
}

/**
 * The draft as a contract, if the text is exactly what that contract renders to. Without this last comparison a person
 * could see something else than the machine reads: a section twice, or a code span that ends early.
 */
function readDraft(
  draft: Contract,
  lines: readonly NumberedLine[],
): { readonly contract: Contract } | { readonly fault: string; readonly line: number } {
  const parsed = Contract.safeParse(draft, IN_WORDS);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return { fault: `${issue?.path.join(".")}: ${issue?.message}`, line: 1 };
  }
  const expected = linesOf(renderContract(parsed.data));
  const different =
    lines.find(({ text }, index) => text !== expected[index]?.text) ??
    (lines.length < expected.length ? lines.at(-1) : undefined);
  return different === undefined
    ? { contract: parsed.data }
    : { fault: "does not stand exactly as it was written", line: different.line };
}

interface SectionShape {
  readonly title: string;
  readonly read: (contract: Contract) => string[];
}

/** What intake looked for and did not see: the first thing that goes wrong, so it stands first. */
const QUESTIONS: readonly SectionShape[] = [
  { title: "Open: this could not be found", read: (contract) => contract.context.notFound },
];

/** What a person may miss in it. */
const OUTSIDE: readonly SectionShape[] = [
  { title: "What will not change", read: (contract) => contract.nonGoals },
  { title: "Left for an issue of its own", read: (contract) => contract.split },
];

/** In the order in which people read them; the titles are part of the format. */
const BOUNDS: readonly SectionShape[] = [
  { title: "May change", read: (contract) => contract.boundaries.paths },
  { title: "Checks", read: (contract) => contract.checks },
  { title: "Stop and ask when", read: (contract) => contract.stop },
  { title: "May run", read: (contract) => contract.boundaries.commands },
  { title: "May reach", read: (contract) => contract.boundaries.network },
  { title: "Secrets", read: (contract) => contract.boundaries.secrets },
  { title: "Files", read: (contract) => contract.context.files },
  { title: "Tests", read: (contract) => contract.context.tests },
  { title: "Documents", read: (contract) => contract.context.docs },
  { title: "Decisions", read: (contract) => contract.context.decisions },
  { title: "Tools: MCP", read: (contract) => contract.tools.mcp },
  { title: "Tools: read-only", read: (contract) => contract.tools.readOnly },
  { title: "Tools: mutating", read: (contract) => contract.tools.mutating },
  { title: "Tools: denied", read: (contract) => contract.tools.denied },
];

const SECTIONS = [...QUESTIONS, ...OUTSIDE, ...BOUNDS];
const GOAL = "Goal";
const REVIEW_NOTE = "For the reviewer";
const HEADING = /^\*\*([^*]+)\*\*$/;

const FOLD = "<details><summary>Bounds, checks and context</summary>";
const FOLD_END = "</details>";
/** All the markup of a contract that is not Markdown. */
export const CONTRACT_FOLD: readonly string[] = [FOLD, FOLD_END];

function isWritten({ text }: NumberedLine): boolean {
  return text !== "";
}

function isSaid(part: string): boolean {
  return part !== "";
}

function field(name: string, value: string): string {
  return `**${name}:** ${renderText(value)}`;
}

function renderSection({ title, read }: SectionShape, contract: Contract): string {
  const lines = read(contract).map((line) => `- ${renderText(line)}`);
  return lines.length === 0 ? "" : [`**${title}**`, "", ...lines].join("\n");
}

/** How the lines under a heading are read into the draft; each returns a fault or undefined. */
function listOf(
  draft: Contract,
  title: string,
): ((line: string) => string | undefined) | undefined {
  if (title === DONE_WHEN) return (line) => readCriterion(draft, line);
  const shape = SECTIONS.find((candidate) => candidate.title === title);
  if (shape === undefined) return undefined;
  return (line) => {
    const value = line.startsWith("- ") ? readText(line.slice(2)) : undefined;
    if (value === undefined) return `expected "- …", found "${line.slice(0, 80)}"`;
    shape.read(draft).push(value);
    return undefined;
  };
}

/** What stands for people alone; whether all of it stands where it must is asked of the whole. */
const FRAME: ReadonlySet<string> = new Set([...TABLE_HEAD, ...CONTRACT_FOLD]);

function readLine(
  draft: Contract,
  list: ((line: string) => string | undefined) | undefined,
  text: string,
): string | undefined {
  if (FRAME.has(text)) return undefined;
  if (text.startsWith("|")) return readCriterion(draft, text);
  for (const [name, set] of FIELDS) {
    const begins = `**${name}:** `;
    if (!text.startsWith(begins)) continue;
    const value = readText(text.slice(begins.length));
    if (value === undefined) return `expected a text after "${name}"`;
    set(draft, value);
    return undefined;
  }
  if (list === undefined) return `text outside any section: "${text.slice(0, 80)}"`;
  return list(text);
}

const FIELDS: readonly (readonly [string, (draft: Contract, value: string) => void])[] = [
  [
    GOAL,
    (draft, value) => {
      draft.goal = value;
    },
  ],
  [
    REVIEW_NOTE,
    (draft, value) => {
      draft.reviewNote = value;
    },
  ],
];
