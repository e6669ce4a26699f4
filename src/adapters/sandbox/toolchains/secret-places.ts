import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Files that tools keep in a home and nobody else may read. A folder with one of them is no toolchain. */
const IN_A_HOME = [
  ".aws",
  ".azure",
  ".cargo/credentials.toml",
  ".config",
  ".docker",
  ".git-credentials",
  ".gnupg",
  ".gradle/gradle.properties",
  ".kube",
  ".local/share",
  ".m2/settings.xml",
  ".netrc",
  ".npmrc",
  ".pypirc",
  ".ssh",
];

/** Places that no folder of `sandbox.read` may contain: those of the worker, its runner and its user. */
export function secretPlaces(scratch?: string): readonly string[] {
  const { RUNNER_TEMP, GITHUB_WORKSPACE } = process.env;
  const home = homedir();
  return [
    scratch,
    home,
    RUNNER_TEMP,
    GITHUB_WORKSPACE,
    ...IN_A_HOME.map((place) => join(home, place)).filter((place) => existsSync(place)),
  ].filter((place): place is string => place !== undefined && place !== "");
}
