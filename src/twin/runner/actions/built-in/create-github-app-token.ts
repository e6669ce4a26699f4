import { messageOf } from "../../../../domain/text/message-of.ts";
import type { JobPermissions } from "../../../github/twin-github.ts";
import { writeLog } from "../../job/job-state.ts";
import { StepFailure } from "../../workflow/failures.ts";
import type { BuiltIn, BuiltInCall } from "./built-in-action.ts";

const ASKED = "permission-";
/** Permissions that a workflow can give to its jobs, which are all that the twin knows. */
const PERMISSIONS = [
  "actions",
  "checks",
  "contents",
  "deployments",
  "discussions",
  "issues",
  "pull-requests",
  "statuses",
  "workflows",
];

/** actions/create-github-app-token: a token for this repository, which ends with the job. */
export const createGitHubAppToken: BuiltIn = {
  name: "actions/create-github-app-token",
  inputs: {
    "client-id": "",
    "private-key": "",
    ...Object.fromEntries(PERMISSIONS.map((name) => [`${ASKED}${name}`, ""])),
  },
  refused: { owner: "", repositories: "", "skip-token-revoke": "false", "github-api-url": "" },
  run: createToken,
};

async function createToken(call: BuiltInCall): Promise<boolean> {
  const { run } = call;
  const { job } = run.scope;
  const asked = PERMISSIONS.flatMap((name) => {
    const level = call.input(`${ASKED}${name}`);
    return level === "" ? [] : [[name, levelOf(name, level)] as const];
  });
  try {
    const { token, slug, installationId } = job.apps.mintAppToken({
      clientId: call.input("client-id"),
      privateKey: call.input("private-key"),
      repository: job.repository,
      ...(asked.length === 0 ? {} : { permissions: Object.fromEntries(asked) }),
    });
    job.masker.add(token);
    run.outputs.set("token", token);
    run.outputs.set("app-slug", slug);
    run.outputs.set("installation-id", String(installationId));
    job.posts.push({ run: async () => job.apps.revokeToken(token) });
    writeLog(job, `A token of the App ${slug} has been made for ${job.repository}`);
    return true;
  } catch (error) {
    run.console.error(messageOf(error));
    return false;
  }
}

function levelOf(name: string, level: string): JobPermissions[string] {
  if (level === "read" || level === "write") return level;
  throw new StepFailure(`${ASKED}${name}: expected read or write, found "${level}"`);
}
