import { basename, relative } from "node:path";
import { writeLog } from "../../job/job-state.ts";
import { StepFailure } from "../../workflow/failures.ts";
import type { BuiltIn, BuiltInCall } from "./built-in-action.ts";
import { searchFiles } from "./search-files.ts";

/** actions/upload-artifact: the files are copied into the run's store. */
export const uploadArtifact: BuiltIn = {
  name: "actions/upload-artifact",
  inputs: {
    name: "artifact",
    path: "",
    "if-no-files-found": "warn",
    "retention-days": "0",
    "compression-level": "6",
    overwrite: "false",
    "include-hidden-files": "false",
    archive: "true",
  },
  refused: {},
  run: runUpload,
};

async function runUpload(call: BuiltInCall): Promise<boolean> {
  const { run } = call;
  const { job } = run.scope;
  if (call.input("path").trim() === "") {
    throw new StepFailure("Input required and not supplied: path");
  }
  const { root, files } = searchFiles(
    call.input("path"),
    job.folders.workspace,
    call.input("include-hidden-files") === "true",
  );
  const single = call.input("archive") === "false";
  if (files.length === 0) {
    return nothingFound(call);
  }
  if (single && files.length > 1) {
    throw new StepFailure("'archive: false' takes one file, and several were found");
  }
  const [first = ""] = files;
  const artifact = await job.artifacts.upload({
    // Unarchived, the file's own name is the name of the artifact.
    name: single ? basename(first) : call.input("name"),
    files: files.map((from) => ({ from, path: single ? basename(from) : relative(root, from) })),
    overwrite: call.input("overwrite") === "true",
  });
  run.outputs.set("artifact-id", String(artifact.id));
  run.outputs.set("artifact-digest", artifact.digest);
  const runId = job.contexts.github;
  run.outputs.set("artifact-url", artifactUrl(job.serverUrl, job.repository, [runId, artifact.id]));
  writeLog(
    job,
    `Artifact ${artifact.name} has been uploaded: ${files.length} file(s), id ${artifact.id}`,
  );
  return true;
}

function artifactUrl(server: string, repository: string, ids: readonly [unknown, number]): string {
  const [github, artifact] = ids;
  const run =
    typeof github === "object" && github !== null && "run_id" in github ? github.run_id : "";
  return `${server}/${repository}/actions/runs/${run}/artifacts/${artifact}`;
}

function nothingFound(call: BuiltInCall): boolean {
  const message = `No files were found with the provided path: ${call.input("path")}. No artifacts will be uploaded.`;
  switch (call.input("if-no-files-found")) {
    case "error":
      call.run.console.error(message);
      return false;
    case "ignore":
      writeLog(call.run.scope.job, message);
      return true;
    default:
      call.run.console.warning(message);
      return true;
  }
}
