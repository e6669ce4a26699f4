import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments } from "yaml";

/** What a file is to GitHub; a script is a shell file that a workflow or an action runs. */
export type Kind = "workflow" | "action" | "dependabot" | "script";

/** One file under the rules. Nodes keep their place in `text`, so that a finding names its line. */
export interface RuleDocument {
  readonly kind: Kind;
  /** Relative to the repository. */
  readonly path: string;
  readonly text: string;
  /** Undefined for a script. */
  readonly root: Node | undefined;
  readonly lines: LineCounter;
}

export interface Entry {
  readonly key: string;
  readonly value: Node | undefined;
  readonly line: number;
}

export interface SourceLine {
  readonly line: number;
  readonly text: string;
}

/** A step of a workflow's job or of a composite action; `job` is empty for the latter. */
export interface Step {
  readonly job: string;
  readonly node: Node;
  readonly line: number;
}

/** A reference to an action, workflow or image, and the comment behind it on its line. */
export interface Use {
  readonly reference: string;
  readonly comment: string;
  readonly line: number;
  readonly step: Node | undefined;
}

function kindOf(path: string): Kind {
  if (/(^|\/)action\.ya?ml$/.test(path)) return "action";
  if (/(^|\/)dependabot\.ya?ml$/.test(path)) return "dependabot";
  return /\.ya?ml$/.test(path) ? "workflow" : "script";
}

/** Throws on YAML with an error or with more than one document: a rule must not pass on what it did not read. */
export function readDocument(path: string, text: string): RuleDocument {
  const kind = kindOf(path);
  const lines = new LineCounter();
  if (kind === "script") {
    lines.addNewLine(0);
    for (const { index } of text.matchAll(/\n/g)) lines.addNewLine(index + 1);
    return { kind, path, text, root: undefined, lines };
  }
  const documents = parseAllDocuments(text, { lineCounter: lines });
  const [document] = documents;
  if (document === undefined || documents.length !== 1) {
    throw new Error(`${path} holds ${documents.length} YAML documents; write exactly one`);
  }
  const [error] = document.errors;
  if (error !== undefined) throw new Error(`${path}: ${error.message}`);
  return { kind, path, text, root: document.contents ?? undefined, lines };
}

export function lineOf(document: RuleDocument, node: Node | null | undefined): number {
  return document.lines.linePos(node?.range?.[0] ?? 0).line;
}

export function entriesOf(document: RuleDocument, node: Node | undefined): readonly Entry[] {
  if (!isMap<Node, Node | null>(node)) return [];
  return node.items.map(({ key, value }) => ({
    key: textOf(key),
    value: value ?? undefined,
    line: lineOf(document, key),
  }));
}

export function child(node: Node | undefined, ...keys: readonly string[]): Node | undefined {
  let at: Node | undefined = node;
  for (const key of keys) at = isMap(at) ? (at.get(key, true) as Node | undefined) : undefined;
  return at;
}

export function itemsOf(node: Node | undefined): readonly Node[] {
  return isSeq<Node>(node) ? node.items : [];
}

/** The scalar as text; empty for anything else. */
export function textOf(node: Node | null | undefined): string {
  return isScalar(node) && node.value !== null ? String(node.value) : "";
}

/** Every scalar value below a node, with the keys that lead to it (`[]` for a list item). */
export function scalarsOf(
  node: Node | undefined,
  keys: readonly string[] = [],
): readonly { readonly keys: readonly string[]; readonly node: Node }[] {
  if (isScalar(node)) return [{ keys, node }];
  if (isSeq<Node>(node)) return node.items.flatMap((item) => scalarsOf(item, [...keys, "[]"]));
  if (!isMap<Node, Node>(node)) return [];
  return node.items.flatMap(({ key, value }) =>
    scalarsOf(value ?? undefined, [...keys, textOf(key)]),
  );
}

/** Places where YAML lets one thing stand for another: they would hide it from the rules. */
export function referencesOf(node: Node | null | undefined): readonly Node[] {
  if (isAlias(node)) return [node];
  const own = node && "anchor" in node && node.anchor !== undefined ? [node] : [];
  if (isSeq<Node>(node)) return [...own, ...node.items.flatMap(referencesOf)];
  if (!isMap<Node, Node>(node)) return own;
  return [...own, ...node.items.flatMap(({ key, value }) => [key, value].flatMap(referencesOf))];
}

export function jobsOf(document: RuleDocument): readonly Entry[] {
  return document.kind === "workflow" ? entriesOf(document, child(document.root, "jobs")) : [];
}

export function stepsOf(document: RuleDocument): readonly Step[] {
  const from = (job: string, list: Node | undefined) =>
    itemsOf(list).map((node) => ({ job, node, line: lineOf(document, node) }));
  if (document.kind === "action") return from("", child(document.root, "runs", "steps"));
  return jobsOf(document).flatMap(({ key, value }) => from(key, child(value, "steps")));
}

export function usesOf(document: RuleDocument): readonly Use[] {
  const calls = jobsOf(document).map(({ value }) => ({
    uses: child(value, "uses"),
    step: undefined,
  }));
  const steps = stepsOf(document).map(({ node }) => ({ uses: child(node, "uses"), step: node }));
  return [...calls, ...steps].flatMap(({ uses, step }) =>
    uses === undefined
      ? []
      : [
          {
            reference: textOf(uses),
            comment: commentAfter(document, uses),
            line: lineOf(document, uses),
            step,
          },
        ],
  );
}

function commentAfter({ text }: RuleDocument, node: Node): string {
  const rest = text.slice(node.range?.[1] ?? 0).split("\n", 1)[0] ?? "";
  return /#\s*(.*)$/.exec(rest)?.[1]?.trim() ?? "";
}

/** The comment behind an entry's value on its line. */
export function commentOf(document: RuleDocument, entry: Entry): string {
  return entry.value === undefined ? "" : commentAfter(document, entry.value);
}

/** Lines of the file that a node takes up; a line that ends in a backslash is joined with the next. */
export function linesOf(document: RuleDocument, node: Node): readonly SourceLine[] {
  const [start, end] = node.range ?? [0, 0];
  return numbered(document.text.slice(start, end), lineOf(document, node));
}

function numbered(text: string, first: number): readonly SourceLine[] {
  const found: SourceLine[] = [];
  let open: SourceLine | undefined;
  for (const [index, line] of text.split("\n").entries()) {
    const whole: SourceLine = open
      ? { line: open.line, text: `${open.text.slice(0, -1)} ${line.trim()}` }
      : { line: first + index, text: line };
    open = whole.text.endsWith("\\") ? whole : undefined;
    if (open === undefined) found.push(whole);
  }
  return open ? [...found, open] : found;
}

/** Inputs of actions whose value ends in a shell or an interpreter. */
const INTERPRETED = ["script", "run", "command", "cmd", "args", "entrypoint"];

/** Nodes whose text is executed: `run`, and inputs that are handed to an interpreter. */
export function executedIn(document: RuleDocument): readonly Node[] {
  return stepsOf(document).flatMap(({ node }) =>
    [child(node, "run"), ...INTERPRETED.map((key) => child(node, "with", key))].filter(
      (each) => each !== undefined,
    ),
  );
}

/** The lines of everything that is executed, comments left out: for a script the whole file. */
export function commandsIn(document: RuleDocument): readonly SourceLine[] {
  const all =
    document.kind === "script"
      ? numbered(document.text, 1)
      : executedIn(document).flatMap((node) => linesOf(document, node));
  return all.filter(({ text }) => !text.trimStart().startsWith("#"));
}

/** Names of the events that start a workflow, whichever of the three forms `on` has. */
export function triggersOf(document: RuleDocument): readonly Entry[] {
  if (document.kind !== "workflow") return [];
  const on = child(document.root, "on");
  if (isMap(on)) return entriesOf(document, on);
  const names = isSeq(on) ? itemsOf(on) : on === undefined ? [] : [on];
  return names.map((node) => ({
    key: textOf(node),
    value: undefined,
    line: lineOf(document, node),
  }));
}
