import type { RepositoryView } from "../../../src/cli/propose-config/files-to-read.ts";
import { filesToRead } from "../../../src/cli/propose-config/files-to-read.ts";
import type { ProposedCheck } from "../../../src/cli/propose-config/proposal.ts";
import { proposeConfig } from "../../../src/cli/propose-config/propose-config.ts";

/** A file's text, or an object that is written as JSON. */
export type Files = Readonly<Record<string, string | object>>;

/** A repository as a caller loads it: only what `filesToRead` names has a text. `*.sh` and wrappers are executable. */
export function seenRepository(files: Files): RepositoryView {
  const paths = Object.keys(files);
  const loaded = new Set(filesToRead(paths));
  return {
    files: paths.map((path) => ({
      path,
      mode: /(?:gradlew|mvnw|\.sh)$/.test(path) ? "100755" : "100644",
    })),
    read: (path) => {
      const content = files[path];
      if (content === undefined || !loaded.has(path)) return undefined;
      return typeof content === "string" ? content : JSON.stringify(content);
    },
  };
}

/** The proposal as a table: name to command. */
export function commandsOf(files: Files): Readonly<Record<string, string>> {
  return Object.fromEntries(
    proposeConfig(seenRepository(files)).checks.map(({ name, run }) => [name, run]),
  );
}

export function checkNamed(files: Files, name: ProposedCheck["name"]): ProposedCheck | undefined {
  return proposeConfig(seenRepository(files)).checks.find((check) => check.name === name);
}

/** A workflow that runs the commands in one job on every pull request. */
export function workflowRunning(...commands: readonly string[]): object {
  return { on: ["pull_request"], jobs: { test: { steps: commands.map((run) => ({ run })) } } };
}
