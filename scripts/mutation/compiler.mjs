import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import ts from "typescript";

/**
 * Which survivors the compiler refuses: types are stripped before tests run, so that no test can notice what `npm run types`
 * does. Such a change can never be merged, and stands in no score (Stryker calls it a compile error). Only the file of the
 * mutant is asked, which lets too many survive rather than too few.
 */
const OPTIONS = "tsconfig.json";

/** A compiler of this tree that is told one changed file at a time. */
export function openCompiler() {
  const { config, error } = ts.readConfigFile(OPTIONS, ts.sys.readFile);
  if (error !== undefined) throw new Error(`${OPTIONS}: ${error.messageText}`);
  const { options, errors } = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd());
  if (errors.length > 0) throw new Error(`${OPTIONS}: ${errors[0].messageText}`);
  const roots = new Set();
  const changed = new Map();
  const host = {
    // What is not used any more is refused for its style: the same fault can be written without it.
    getCompilationSettings: () => ({
      ...options,
      noUnusedLocals: false,
      noUnusedParameters: false,
    }),
    getCurrentDirectory: () => process.cwd(),
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    getScriptFileNames: () => [...roots],
    getScriptVersion: (path) => changed.get(path)?.version ?? "0",
    getScriptSnapshot: (path) => {
      const text = changed.get(path)?.text ?? ts.sys.readFile(path);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  };
  const service = ts.createLanguageService(host, ts.createDocumentRegistry());
  let version = 0;
  return {
    /** Whether a file with this text in the place of its own is refused. */
    refuses(file, text) {
      const path = resolve(file);
      roots.add(path);
      version += 1;
      changed.set(path, { text, version: `${version}` });
      const faults = [
        ...service.getSyntacticDiagnostics(path),
        ...service.getSemanticDiagnostics(path),
      ].filter(({ category }) => category === ts.DiagnosticCategory.Error);
      changed.delete(path);
      return faults.length > 0;
    },
  };
}

/** The text of a file with one of its mutants in it; lines and columns count from 1, the end is not part of it. */
export function withMutant(source, { location: { start, end }, replacement }) {
  const lines = source.split("\n");
  const at = ({ line, column }) =>
    lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
  return `${source.slice(0, at(start))}${replacement}${source.slice(at(end))}`;
}

/**
 * The same files, where survivors that the compiler refuses are compile errors.
 * @param files of a report of Stryker, with their sources
 */
export function judgeByCompiler(files, compiler = openCompiler()) {
  return Object.fromEntries(
    Object.entries(files).map(([path, file]) => {
      const source = file.source ?? readFileSync(path, "utf8");
      const judge = (mutant) =>
        (mutant.status === "Survived" || mutant.status === "NoCoverage") &&
        compiler.refuses(path, withMutant(source, mutant))
          ? { ...mutant, status: "CompileError" }
          : mutant;
      return [path, { ...file, mutants: file.mutants.map(judge) }];
    }),
  );
}
