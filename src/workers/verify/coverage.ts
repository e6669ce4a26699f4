import type { Coverage } from "../../domain/evidence.ts";
import { locate } from "../checks/report-path.ts";
import { attributeOf, childrenOf, decodeText, parseXml, type XmlNode } from "../checks/xml.ts";

export type CoveredFile = Coverage["files"][number];
export type CoverageReading =
  | { readonly files: readonly CoveredFile[] }
  | { readonly problem: string };

const NAMES = ["lcov.info", "cobertura-coverage.xml", "cobertura.xml", "coverage.xml"];
const MAXIMUM_FILES = 20_000;

/** Where the common tools leave a coverage report: beside the test report, in `coverage/`, or in the root. */
export function coveragePaths(testReport: string | undefined): readonly string[] {
  // Only the part of a glob before its wildcards names a folder.
  const beside = /^[^*?[{(]*\//.exec(testReport ?? "")?.[0];
  const folders = new Set([...(beside === undefined ? [] : [beside]), "coverage/", ""]);
  return [...folders].flatMap((folder) => NAMES.map((name) => `${folder}${name}`));
}

/** Covered lines per file, from lcov or Cobertura by the file's name; paths relative to `roots`. Sorted by path. */
export function readCoverage(
  file: { readonly path: string; readonly bytes: Uint8Array },
  roots: readonly string[],
): CoverageReading {
  const reading = file.path.endsWith(".info")
    ? readLcov(file.bytes, roots)
    : readCobertura(file.bytes, roots);
  if ("problem" in reading) return reading;
  if (reading.size === 0) return { problem: "a report without any file" };
  if (reading.size > MAXIMUM_FILES)
    return { problem: `a report of more than ${MAXIMUM_FILES} files` };
  const files = [...reading].map(([path, lines]) => summarize(path, lines));
  return { files: files.sort((left, right) => (left.path < right.path ? -1 : 1)) };
}

type Lines = Map<number, boolean>;

function summarize(path: string, lines: Lines): CoveredFile {
  const covered = [...lines.values()].filter(Boolean).length;
  return { path: path.slice(0, 300), covered, total: lines.size };
}

type Reading = Map<string, Lines> | { readonly problem: string };

function linesOf(files: Map<string, Lines>, path: string): Lines {
  const lines = files.get(path) ?? new Map<number, boolean>();
  files.set(path, lines);
  return lines;
}

function note(lines: Lines, number: number, hits: number): void {
  if (!Number.isSafeInteger(number)) return;
  lines.set(number, (lines.get(number) ?? false) || hits > 0);
}

/** geninfo(1): `SF:<path>`, `DA:<line>,<hits>`, `end_of_record`. */
function readLcov(bytes: Uint8Array, roots: readonly string[]): Reading {
  const decoded = decodeText(bytes);
  if ("problem" in decoded) return decoded;
  const files = new Map<string, Lines>();
  let current: Lines | undefined;
  for (const line of decoded.text.split("\n")) {
    const record = /^(SF|DA):(.*?)\r?$/.exec(line);
    if (record?.[1] === "SF") current = linesOf(files, locate(record[2] ?? "", roots));
    const [number, hits] = (record?.[2] ?? "").split(",").map(Number);
    if (record?.[1] === "DA" && current !== undefined)
      note(current, number ?? Number.NaN, hits ?? 0);
  }
  return files;
}

/** Cobertura's coverage-04 DTD: `class filename`, below it `line number hits`; paths may stand below a `source`. */
function readCobertura(bytes: Uint8Array, roots: readonly string[]): Reading {
  const parsed = parseXml(bytes);
  if ("problem" in parsed) return parsed;
  const coverage = childrenOf(parsed.root, "coverage");
  const down = (nodes: readonly XmlNode[], name: string) =>
    nodes.flatMap((node) => childrenOf(node, name));
  const [source] = down(down(coverage, "sources"), "source");
  const prefix = typeof source === "string" && source.startsWith("/") ? `${source.trim()}/` : "";
  const files = new Map<string, Lines>();
  for (const element of down(
    down(down(down(coverage, "packages"), "package"), "classes"),
    "class",
  )) {
    const filename = attributeOf(element, "filename");
    if (filename === undefined) continue;
    const lines = linesOf(
      files,
      locate(`${filename.startsWith("/") ? "" : prefix}${filename}`, roots),
    );
    for (const line of down(childrenOf(element, "lines"), "line")) {
      note(lines, Number(attributeOf(line, "number")), Number(attributeOf(line, "hits")));
    }
  }
  return files;
}
