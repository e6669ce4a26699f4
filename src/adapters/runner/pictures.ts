import { join } from "node:path";
import type { Runner } from "../../ports/runner.ts";
import { temporaryFolder } from "./order-file.ts";

/** The job's folder for pictures, which the workflow uploads as an artifact of the run, and the words that name it. */
export function keepPictures(
  runner: Runner,
  say: (file: string, kept: { readonly artifact: string; readonly run: string }) => string,
) {
  runner.output("pictures", "");
  const pictures = join(temporaryFolder(), "pictures");
  const { serverUrl, repository, id, attempt } = runner.run;
  const artifact = `pictures-run-loop-${attempt}`;
  const run = `${serverUrl}/${repository}/actions/runs/${id}`;
  return {
    environment: process.env,
    pictures,
    kept: (file: string) => {
      runner.output("pictures", pictures);
      return say(file, { artifact, run });
    },
  };
}
