import type { ChangedFile } from "../../../domain/change-set.ts";
import { matchesAny } from "../../../domain/path.ts";
import { steeringOf } from "../../../domain/trust/steering.ts";
import { isTestFile } from "../../checks/test-files.ts";

/** Limit of the proposal's schema. */
const FILES = 100;

/**
 * Faults of a tester's files: it may write tests and test data, where the contract allows, and nothing that configures
 * how tests run.
 */
export function fileFaults(
  files: readonly ChangedFile[],
  paths: readonly string[],
): readonly string[] {
  if (files.length > FILES) return [`${files.length} files are too many: at most ${FILES}`];
  return files.flatMap((file) => faultOf(file, paths) ?? []);
}

function faultOf(file: ChangedFile, paths: readonly string[]): string | undefined {
  const { path } = file;
  if ("deleted" in file) return `${path} is gone: a tester takes no file away; put it back`;
  if (steeringOf(path) !== undefined) {
    return `${path} steers tools: the runner is used as it is; take it back`;
  }
  if (!isTestFile(path)) {
    return `${path} is no test file by its name or folder: write tests where the others stand, and nothing else`;
  }
  if (paths.length > 0 && !matchesAny(path, paths)) {
    return `${path} is outside of what the contract allows: ${paths.join(", ")}`;
  }
  return undefined;
}
