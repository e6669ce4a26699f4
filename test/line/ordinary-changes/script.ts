import { gzipSync } from "node:zlib";
import type { Expected, OrdinaryChange } from "./changes.ts";

/** What a coder types to make the changes, and what it says at the end. */
export function coderOf(files: Readonly<Record<string, Expected>>): readonly unknown[] {
  const entries = Object.entries(files);
  const gone = entries.filter(([, file]) => file === null);
  const written = entries.filter(([, file]) => file !== null);
  const commands = [
    "set -euo pipefail",
    ...gone.map(
      ([path]) =>
        `rm ${quoted(path)}; rmdir -p --ignore-fail-on-non-empty -- "$(dirname ${quoted(path)})"`,
    ),
    ...written.flatMap(([path, file]) => write(path, file)),
  ];
  return [
    ...inPieces(commands).map((command) => ({ calls: [{ tool: "bash", input: { command } }] })),
    { json: { summary: "Done as asked.", assumptions: [] } },
  ];
}

/** Compressed, because a reply of a model is bounded too. */
function write(path: string, file: Expected): readonly string[] {
  if (file === null) return [];
  const folder = path.includes("/") ? [`mkdir -p "$(dirname ${quoted(path)})"`] : [];
  const content = gzipSync(file.bytes).toString("base64");
  return [
    ...folder,
    `echo ${content} | base64 -d | gunzip > ${quoted(path)}`,
    `chmod ${file.mode === "100755" ? "755" : "644"} ${quoted(path)}`,
  ];
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", "'\\''")}'`;
}

/** What fits into one turn, in characters. */
const PIECE = 20_000;

function inPieces(commands: readonly string[]): readonly string[] {
  const pieces: string[] = [];
  for (const command of commands) {
    const last = pieces.at(-1);
    if (last === undefined || last.length + command.length > PIECE) pieces.push(command);
    else pieces[pieces.length - 1] = `${last}\n${command}`;
  }
  return pieces;
}

export function filesAfter(changes: readonly OrdinaryChange[]): Readonly<Record<string, Expected>> {
  return Object.assign({}, ...changes.map(({ after }) => after)) as Record<string, Expected>;
}

/** One session of every role for each list of changes, played one after the other. */
export function rolesFor(lists: readonly Readonly<Record<string, Expected>>[]) {
  return {
    intake: lists.map((_, index) => [
      { json: { result: { kind: "contract", contract: contractOf(index) } } },
    ]),
    architect: lists.map(() => [{ json: { steps: ["Do it"], files: [], risks: [] } }]),
    coder: lists.map(coderOf),
    reviewer: lists.map(() => [{ json: REVIEW }]),
  };
}

function contractOf(index: number) {
  return {
    goal: `Ordinary changes, list ${index + 1}`,
    acceptance: [
      { id: "AC1", statement: "git diff lists exactly the files of the issue", proof: "judgement" },
    ],
    nonGoals: [],
    context: { files: [], tests: [], docs: [], decisions: [], notFound: [] },
    tools: { mcp: [], readOnly: [], mutating: [], denied: [] },
    boundaries: { paths: ["**"], commands: [], network: [], secrets: [] },
    checks: ["test"],
    stop: [],
    split: [],
    reviewNote: "",
  };
}

const REVIEW = {
  decision: "approve",
  summary: "It is what the issue lists.",
  findings: [],
  assumptions: [],
  notVerified: [],
  smallestRollback: "Revert the commit.",
  criteria: [{ id: "AC1", met: true, evidence: "the diff" }],
  risk: "low",
};
