import { join, resolve } from "node:path";
import picomatch from "picomatch";
import { writeLog } from "../../job/job-state.ts";
import { StepFailure } from "../../workflow/failures.ts";
import type { Artifact, Artifacts } from "../artifacts.ts";
import type { BuiltIn, BuiltInCall } from "./built-in-action.ts";

/** actions/download-artifact, from the same run or another one; the digest of every artifact is checked. */
export const downloadArtifact: BuiltIn = {
  name: "actions/download-artifact",
  inputs: {
    name: "",
    "artifact-ids": "",
    path: "",
    pattern: "",
    "merge-multiple": "false",
    "digest-mismatch": "error",
    "skip-decompress": "false",
    "github-token": "",
    "run-id": "",
  },
  refused: { repository: "" },
  run: runDownload,
};

async function runDownload(call: BuiltInCall): Promise<boolean> {
  const { job } = call.run.scope;
  const folder = resolve(job.folders.workspace, call.input("path") || ".");
  const from = await source(call);
  const { artifacts, direct } = choose(call, from.list());
  for (const artifact of artifacts) {
    await from.download(artifact, direct ? folder : join(folder, artifact.name));
    writeLog(
      job,
      `Artifact ${artifact.name} (id ${artifact.id}) downloaded, digest ${artifact.digest}`,
    );
  }
  call.run.outputs.set("download-path", folder);
  return true;
}

/** Like the real one: with a token, any run that it may read. Without one the real action uses its own run. */
async function source(call: BuiltInCall): Promise<Artifacts> {
  const { job } = call.run.scope;
  const [token, run] = [call.input("github-token"), call.input("run-id")];
  if (run === "") return job.artifacts;
  if (token === "") {
    throw new StepFailure(`the twin does not know 'run-id: ${run}' without a github-token`);
  }
  const address = `${job.serverUrl}/repos/${job.repository}/actions/runs/${run}`;
  const answer = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
  const found = answer.ok ? job.artifactsOf.get(Number(run)) : undefined;
  if (found !== undefined) return found;
  throw new StepFailure(`Unable to download artifact(s): run ${run} answered ${answer.status}`);
}

interface Choice {
  readonly artifacts: readonly Artifact[];
  /** Directly into the folder, or each into a folder of its name. */
  readonly direct: boolean;
}

function choose(call: BuiltInCall, all: readonly Artifact[]): Choice {
  const merge = call.input("merge-multiple") === "true";
  const name = call.input("name");
  const ids = call.input("artifact-ids");
  if (name !== "" && ids !== "") {
    throw new StepFailure("Inputs 'name' and 'artifact-ids' cannot be used together");
  }
  if (name !== "") {
    const named = all.filter((artifact) => artifact.name === name);
    if (named.length === 0) {
      throw new StepFailure(
        `Unable to download artifact(s): Artifact not found for name: ${name}. This run has: ${all.map((artifact) => artifact.name).join(", ") || "none"}`,
      );
    }
    return { artifacts: named, direct: true };
  }
  if (ids !== "") {
    const chosen = ids.split(",").map((id) => byId(id.trim(), all));
    return { artifacts: chosen, direct: merge || chosen.length === 1 };
  }
  const pattern = call.input("pattern");
  const matches = pattern === "" ? () => true : picomatch(pattern);
  return { artifacts: all.filter((artifact) => matches(artifact.name)), direct: merge };
}

function byId(id: string, all: readonly Artifact[]): Artifact {
  if (!/^\d+$/.test(id)) {
    throw new StepFailure(`Invalid artifact ID: '${id}'. Must be a number.`);
  }
  const found = all.find((artifact) => artifact.id === Number(id));
  if (found === undefined) {
    throw new StepFailure(
      `None of the provided artifact IDs were found: ${id}. This run has: ${all.map((artifact) => artifact.id).join(", ") || "none"}`,
    );
  }
  return found;
}
