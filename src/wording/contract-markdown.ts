import {
  Contract,
  type Criterion,
  CriterionKind,
  emptyContract,
  KINDS,
} from "../domain/contract.ts";

/**
 * The visible Markdown of a contract: people and machine read the same text. parse(render(contract)) = contract.
 * Every value stands in a code span: nothing in it can mention, close, link or hide (threats OUT-01 … OUT-04).
 */
export function renderContract(contract: Contract): string {
  const parts = [
    `**Goal** ${codeSpan(contract.goal)}`,
    section("Acceptance", contract.acceptance.map(renderCriterion)),
    ...SECTIONS.map(({ title, read }) =>
      section(
        title,
        read(contract).map((line) => `- ${codeSpan(line)}`),
      ),
    ),
  ];
  if (contract.reviewNote !== "") parts.push(`**Review note** ${codeSpan(contract.reviewNote)}`);
  return parts.filter((part) => part !== "").join("\n\n");
}

/** The contract in a text that `renderContract` wrote, or what was wrong and on which line (1-based). */
export function parseContract(
  markdown: string,
): { readonly contract: Contract } | { readonly fault: string; readonly line: number } {
  const lines = visibleLines(markdown);
  const draft = emptyContract();
  let list: ((value: string) => string | undefined) | undefined;
  for (const { text, line } of lines) {
    const heading = /^#### (.+)$/.exec(text);
    if (heading !== null) {
      list = listOf(draft, heading[1] ?? "");
      if (list === undefined) return { fault: `unknown section "${heading[1]}"`, line };
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

function visibleLines(markdown: string): readonly NumberedLine[] {
  return markdown
    .replaceAll("\r\n", "\n")
    .split("\n")
    .map((raw, index) => ({ text: raw.trimEnd(), line: index + 1 }))
    .filter(({ text }) => text !== "");
}

/**
 * The draft as a contract, if the text is exactly what that contract renders to. Without this last comparison a person
 * could see something else than the machine reads: a section twice, or a code span that ends early.
 */
function readDraft(
  draft: Draft,
  lines: readonly NumberedLine[],
): { readonly contract: Contract } | { readonly fault: string; readonly line: number } {
  const parsed = Contract.safeParse(draft);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return { fault: `${issue?.path.join(".")}: ${issue?.message}`, line: 1 };
  }
  const expected = visibleLines(renderContract(parsed.data));
  const different = lines.find(({ text }, index) => text !== expected[index]?.text);
  return different === undefined
    ? { contract: parsed.data }
    : { fault: "does not stand exactly as it was written", line: different.line };
}

interface SectionShape {
  readonly title: string;
  readonly read: (contract: Contract) => string[];
}

/** The order in which people read them; the titles are part of the format. */
const SECTIONS: readonly SectionShape[] = [
  { title: "Not part of this", read: (contract) => contract.nonGoals },
  { title: "Context: files", read: (contract) => contract.context.files },
  { title: "Context: tests", read: (contract) => contract.context.tests },
  { title: "Context: documents", read: (contract) => contract.context.docs },
  { title: "Context: decisions", read: (contract) => contract.context.decisions },
  { title: "Could not be found", read: (contract) => contract.context.notFound },
  { title: "Tools: MCP", read: (contract) => contract.tools.mcp },
  { title: "Tools: read-only", read: (contract) => contract.tools.readOnly },
  { title: "Tools: mutating", read: (contract) => contract.tools.mutating },
  { title: "Tools: denied", read: (contract) => contract.tools.denied },
  { title: "May change", read: (contract) => contract.boundaries.paths },
  { title: "May run", read: (contract) => contract.boundaries.commands },
  { title: "May reach", read: (contract) => contract.boundaries.network },
  { title: "Secrets", read: (contract) => contract.boundaries.secrets },
  { title: "Checks", read: (contract) => contract.checks },
  { title: "Stop and ask when", read: (contract) => contract.stop },
  { title: "Split off", read: (contract) => contract.split },
];

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? "" : [`#### ${title}`, "", ...lines].join("\n");
}

function renderCriterion({ id, statement, kind, shape }: Criterion): string {
  const open = shape === undefined ? "" : SHAPE_OPEN;
  return `- **${id}** (${kind}${open}) ${codeSpan(statement)}`;
}

/** Behind the kind of a criterion: its tests are written with the change, by the coder. */
const SHAPE_OPEN = ", tests with the change";

/** A code span whose fence is longer than any run of backticks inside (CommonMark 0.31 §6.1); blanks pad it always. */
export function codeSpan(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence} ${text} ${fence}`;
}

function readCodeSpan(text: string): string | undefined {
  const fence = /^`+/.exec(text)?.[0] ?? "";
  const inner = text.slice(fence.length, -fence.length);
  if (fence === "" || text.length < 2 * fence.length + 2 || !text.endsWith(` ${fence}`))
    return undefined;
  return inner.startsWith(" ") && inner.endsWith(" ") ? inner.slice(1, -1) : undefined;
}

type Draft = Contract;

/** How the lines under a heading are read into the draft; each returns a fault or undefined. */
function listOf(draft: Draft, title: string): ((line: string) => string | undefined) | undefined {
  if (title === "Acceptance") return (line) => readCriterion(draft, line);
  const shape = SECTIONS.find((candidate) => candidate.title === title);
  if (shape === undefined) return undefined;
  return (line) => {
    const value = line.startsWith("- ") ? readCodeSpan(line.slice(2)) : undefined;
    if (value === undefined) return `expected "- \` … \`", found "${line.slice(0, 80)}"`;
    shape.read(draft).push(value);
    return undefined;
  };
}

function readCriterion(draft: Draft, line: string): string | undefined {
  const match = /^- \*\*(AC[0-9]+)\*\* \(([a-z]+)(, tests with the change)?\) (.+)$/.exec(line);
  const statement = match?.[4] === undefined ? undefined : readCodeSpan(match[4]);
  if (match === null || statement === undefined) {
    return `expected "- **AC1** (changes) \` … \`", found "${line.slice(0, 80)}"`;
  }
  const kind = CriterionKind.safeParse(match[2]);
  if (!kind.success) return `expected one of ${KINDS.join(", ")}, found "${match[2] ?? ""}"`;
  const shape = match[3] === undefined ? {} : { shape: "open" as const };
  draft.acceptance.push({ id: match[1] ?? "", kind: kind.data, ...shape, statement });
  return undefined;
}

function readLine(
  draft: Draft,
  list: ((line: string) => string | undefined) | undefined,
  text: string,
): string | undefined {
  const field = /^\*\*(Goal|Review note)\*\* (.+)$/.exec(text);
  if (field !== null) {
    const value = readCodeSpan(field[2] ?? "");
    if (value === undefined) return `expected a code span after "${field[1]}"`;
    if (field[1] === "Goal") draft.goal = value;
    else draft.reviewNote = value;
    return undefined;
  }
  if (list === undefined) return `text outside any section: "${text.slice(0, 80)}"`;
  return list(text);
}
