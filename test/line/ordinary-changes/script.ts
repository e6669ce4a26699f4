import { dirname } from "node:path";
import { gzipSync } from "node:zlib";
import type { Expected, OrdinaryChange } from "./changes.ts";

/** What a coder types to make the changes, and what it says at the end. */
export function coderOf(files: Readonly<Record<string, Expected>>): readonly unknown[] {
  const gone: string[] = [];
  const written: Written[] = [];
  for (const [path, file] of Object.entries(files)) {
    if (file === null) gone.push(path);
    else written.push({ path, ...file });
  }
  const commands = [...remove(gone), ...inPieces(written).map(write)].map(packed);
  return [
    ...commands.map((command) => ({ calls: [{ tool: "bash", input: { command } }] })),
    { json: { summary: "Done as asked.", assumptions: [] } },
  ];
}

type Written = { readonly path: string } & NonNullable<Expected>;

function remove(paths: readonly string[]): readonly string[] {
  if (paths.length === 0) return [];
  const emptied = foldersOf(paths).map(
    (folder) => `[ ! -d ${folder} ] || rmdir -p --ignore-fail-on-non-empty -- ${folder}`,
  );
  return [[`rm -- ${paths.map(quoted).join(" ")}`, ...emptied].join("\n")];
}

/** By what bash has itself wherever it can: a program for each file is most of what a list of changes costs. */
function write(files: readonly Written[]): string {
  const folders = foldersOf(files.map(({ path }) => path));
  const modes = ["100644", "100755"].flatMap((mode) => {
    const paths = files.filter((file) => file.mode === mode).map(({ path }) => quoted(path));
    return paths.length === 0 ? [] : [`chmod ${mode.slice(3)} -- ${paths.join(" ")}`];
  });
  return [
    ...(folders.length === 0 ? [] : [`mkdir -p -- ${folders.join(" ")}`]),
    ...files.map(({ path, bytes }) => `printf -- '${escaped(bytes)}' > ${quoted(path)}`),
    ...modes,
  ].join("\n");
}

/** As the format of a printf in single quotes. */
function escaped(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString("latin1")
    .replaceAll(
      /[^\w \n.,:;=<>/(){}[\]+*#@!?"$-]/g,
      (letter) => `\\${letter.charCodeAt(0).toString(8).padStart(3, "0")}`,
    );
}

function foldersOf(paths: readonly string[]): readonly string[] {
  return [...new Set(paths.map((path) => dirname(path)))]
    .filter((folder) => folder !== ".")
    .map(quoted);
}

/** Compressed, because a reply of a model is bounded too. */
function packed(script: string): string {
  const text = gzipSync(`set -euo pipefail\n${script}\n`).toString("base64");
  return `script=$(echo ${text} | base64 -d | gzip -d) && eval "$script"`;
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", "'\\''")}'`;
}

/** What fits into one turn, in characters. */
const PIECE = 20_000;

function inPieces(files: readonly Written[]): readonly (readonly Written[])[] {
  const pieces: Written[][] = [];
  let length = PIECE;
  for (const file of files) {
    const own = packed(write([file])).length;
    length += own;
    if (length > PIECE) {
      pieces.push([file]);
      length = own;
    } else pieces.at(-1)?.push(file);
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
