import { z } from "zod";
import { resolveRevision } from "../git/read-refs.ts";
import {
  type DeclaredInput,
  dispatchInputs,
  findWorkflow,
  readText,
} from "../git/workflow-file.ts";
import { announce } from "../state/events.ts";
import { changeOf } from "../state/issue-changes.ts";
import {
  type Answer,
  NO_CONTENT,
  parameter,
  parseBody,
  type RepositoryRequest,
  type RepositoryRoutes,
} from "./api.ts";
import { notFound, unprocessable } from "./refusals.ts";

/** Limits since 2025-12-04: docs.github.com/en/rest/actions/workflows#create-a-workflow-dispatch-event */
const MOST_INPUTS = 25;
const LONGEST_INPUTS = 65_535;
/** Source: docs.github.com/en/rest/repos/repos#create-a-repository-dispatch-event */
const MOST_PROPERTIES = 10;

const workflowDispatch = z.object({
  ref: z.string(),
  inputs: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String))
    .optional(),
  return_run_details: z.boolean().optional(),
});
const repositoryDispatch = z.object({
  event_type: z.string().min(1).max(100),
  client_payload: z.record(z.string(), z.unknown()).optional(),
});

type Inputs = Readonly<Record<string, string>>;

function assertInputs(given: Inputs, declared: ReadonlyMap<string, DeclaredInput>): void {
  const unexpected = Object.keys(given).filter((name) => !declared.has(name));
  if (unexpected.length > 0) {
    throw unprocessable(`Unexpected inputs provided: ${JSON.stringify(unexpected)}`);
  }
  for (const [name, input] of declared) {
    const value = given[name];
    if (value === undefined && input.required && !input.hasDefault) {
      throw unprocessable(`Required input '${name}' not provided`);
    }
    if (value !== undefined && input.options !== undefined && !input.options.includes(value)) {
      throw unprocessable(
        `Provided value '${value}' for input '${name}' not in the list of allowed values`,
      );
    }
  }
}

function assertSizes(inputs: Inputs): void {
  const count = Object.keys(inputs).length;
  if (count > MOST_INPUTS) {
    throw unprocessable(
      `Invalid request.\n\nNo more than ${MOST_INPUTS} properties are allowed; ${count} were supplied.`,
    );
  }
  if (JSON.stringify(inputs).length > LONGEST_INPUTS) throw unprocessable("inputs are too large.");
}

/** Full name and commit of the branch or tag in a dispatch. */
async function findRef(request: RepositoryRequest, named: string) {
  const candidates = named.startsWith("refs/")
    ? [named]
    : [`refs/heads/${named}`, `refs/tags/${named}`];
  for (const ref of candidates) {
    const sha = await resolveRevision(request.repository.gitDirectory, ref);
    if (sha !== undefined) return { ref, sha };
  }
  throw unprocessable(`No ref found for: ${named}`);
}

/** The workflow has to exist on the default branch; its declarations are read at the ref, as the run will be. */
async function dispatchWorkflow(request: RepositoryRequest): Promise<Answer> {
  const { repository, twin } = request;
  const path = await findWorkflow(repository, parameter(request, "workflow_id"));
  if (path === undefined) throw notFound();
  const body = parseBody(request, workflowDispatch);
  if (body.return_run_details === true) {
    throw unprocessable("The twin does not tell the run of a dispatch: leave return_run_details.");
  }
  const inputs = body.inputs ?? {};
  assertSizes(inputs);
  const at = await findRef(request, body.ref);
  const declared = dispatchInputs((await readText(repository, at.sha, path)) ?? "");
  if (declared === undefined) {
    throw unprocessable("Workflow does not have 'workflow_dispatch' trigger");
  }
  assertInputs(inputs, declared);
  await announce(twin, repository, {
    name: "workflow_dispatch",
    caller: changeOf(request).caller,
    at,
    inputs,
    workflow: path.slice(path.lastIndexOf("/") + 1),
    payload: {
      inputs: Object.keys(inputs).length === 0 ? null : inputs,
      ref: at.ref,
      workflow: path,
    },
  });
  return NO_CONTENT;
}

async function dispatchRepository(request: RepositoryRequest): Promise<Answer> {
  const { repository, twin } = request;
  const body = parseBody(request, repositoryDispatch);
  const payload = body.client_payload ?? {};
  const count = Object.keys(payload).length;
  if (count > MOST_PROPERTIES) {
    throw unprocessable(
      `Invalid request.\n\nNo more than ${MOST_PROPERTIES} properties are allowed; ${count} were supplied.`,
    );
  }
  await announce(twin, repository, {
    name: "repository_dispatch",
    action: body.event_type,
    caller: changeOf(request).caller,
    payload: { branch: repository.defaultBranch, client_payload: payload },
  });
  return NO_CONTENT;
}

export const dispatchRoutes = {
  "POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches": dispatchWorkflow,
  "POST /repos/{owner}/{repo}/dispatches": dispatchRepository,
} as const satisfies RepositoryRoutes;
