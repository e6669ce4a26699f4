import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";

/** What no addition reaches, and what would take half of the time. */
const LEFT_OUT = ["src/twin/", "src/cli/", "src/adapters/github/", "src/actions/control.ts"];

/** Faults of the compiler in the sources of a copy of the project, one line each. */
export function typeFaultsIn(folder: string): readonly string[] {
  const { config } = ts.readConfigFile(join(folder, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
  const files = readdirSync(join(folder, "src"), { recursive: true, encoding: "utf8" })
    .map((path) => `src/${path}`)
    .filter((path) => path.endsWith(".ts") && !LEFT_OUT.some((start) => path.startsWith(start)));
  const program = ts.createProgram(
    files.map((path) => join(folder, path)),
    { ...options, noEmit: true },
  );
  return program
    .getSourceFiles()
    .filter(({ fileName }) => fileName.startsWith(join(folder, "src/")))
    .flatMap((file) => [
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
    ])
    .map(({ file, messageText }) => {
      const text = ts.flattenDiagnosticMessageText(messageText, " ");
      return `${relative(folder, file?.fileName ?? "")}: ${text}`;
    });
}
