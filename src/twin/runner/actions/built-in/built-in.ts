import type { StepRun } from "../../job/step-run.ts";
import { StepFailure } from "../../workflow/failures.ts";
import type { BuiltIn, BuiltInCall } from "./built-in-action.ts";
import { checkout } from "./checkout.ts";
import { createGitHubAppToken } from "./create-github-app-token.ts";
import { downloadArtifact } from "./download-artifact.ts";
import { setupNode } from "./setup-node.ts";
import { uploadArtifact } from "./upload-artifact.ts";

/** GitHub's own actions that the twin plays itself, whatever ref they are pinned to. */
const BUILT_IN: Readonly<Record<string, BuiltIn>> = {
  "actions/checkout": checkout,
  "actions/create-github-app-token": createGitHubAppToken,
  "actions/setup-node": setupNode,
  "actions/upload-artifact": uploadArtifact,
  "actions/download-artifact": downloadArtifact,
};

export function findBuiltIn(uses: string): BuiltIn | undefined {
  return BUILT_IN[uses.replace(/@.*$/, "").toLowerCase()];
}

/**
 * Runs a built-in with the inputs of `with`, checked against its known ones. @throws {StepFailure} for an input that the
 * twin does not support.
 */
export function runBuiltIn(
  builtIn: BuiltIn,
  run: StepRun,
  given: Readonly<Record<string, string>>,
): Promise<boolean> {
  const inputs: Record<string, string> = { ...builtIn.inputs };
  for (const [key, value] of Object.entries(given)) {
    const name = key.toLowerCase();
    const harmless = builtIn.refused[name];
    if (harmless !== undefined && value !== harmless) {
      throw new StepFailure(
        `the twin's ${builtIn.name} does not know '${name}: ${value}'. Leave it out, or test this step on GitHub.`,
      );
    }
    if (harmless === undefined && !(name in builtIn.inputs)) {
      run.console.warning(
        `Unexpected input(s) '${key}', valid inputs are ['${Object.keys(builtIn.inputs).join("', '")}']`,
      );
    }
    inputs[name] = value;
  }
  const call: BuiltInCall = { run, input: (name) => inputs[name] ?? "" };
  return builtIn.run(call);
}
