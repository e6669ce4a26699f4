import { dependencyKind } from "../../../domain/dependencies/files.ts";
import { natureOf } from "../../../domain/trust/file-nature.ts";
import { steeringOf } from "../../../domain/trust/steering.ts";
import { isTestFile } from "../../checks/test-files.ts";
import { languageOf } from "../ratchet/languages/languages.ts";

/**
 * Whether a path is source that a test could miss: no test, prose, picture, dependency file or generated file. Tool
 * configuration does not count either, unless it is a program in a known language; a person merges both.
 */
export function isSource(path: string): boolean {
  if (natureOf(path) !== "other" || isTestFile(path)) return false;
  if (dependencyKind(path) !== undefined) return false;
  const steering = steeringOf(path);
  if (steering === undefined) return true;
  if (steering === "generated-or-vendored" || steering === "dot-path") return false;
  return languageOf(path) !== undefined;
}
