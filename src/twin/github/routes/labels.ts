import { z } from "zod";
import { renderLabel } from "../render/issue.ts";
import { changeOf } from "../state/issue-changes.ts";
import { setLabels } from "../state/issue-labels.ts";
import type { IssueState, LabelState } from "../state/issue-state.ts";
import { nextId } from "../state/state.ts";
import {
  type Answer,
  actsAs,
  created,
  findIssue,
  NO_CONTENT,
  ok,
  parameter,
  parseBody,
  type RepositoryRequest,
  type RepositoryRoutes,
} from "./api.ts";
import { paged } from "./paging.ts";
import { forbidden, notFound, validationFailed } from "./refusals.ts";

const LONGEST_NAME = 50;
/** Color of a label that was created by use. */
const DEFAULT_COLOR = "ededed";

const creation = z.object({
  name: z.string(),
  color: z.string().optional(),
  description: z.string().nullish(),
});
/** A label in a request: its name, alone or in an object. */
export const labelReference = z.union([z.string(), z.object({ name: z.string() })]);
const names = z.array(labelReference);
const labelList = z.union([names, z.object({ labels: names.optional() })]);

export function textOf(label: z.infer<typeof labelReference>): string {
  return typeof label === "string" ? label : label.name;
}

function addLabel(
  request: RepositoryRequest,
  label: { readonly name: string; readonly color: string; readonly description: string | null },
): LabelState {
  const name = label.name.trim();
  if (name === "")
    throw validationFailed({ resource: "Label", code: "missing_field", field: "name" });
  if (name.length > LONGEST_NAME) {
    const message = `name is too long (maximum is ${LONGEST_NAME} characters)`;
    throw validationFailed({ resource: "Label", code: "custom", field: "name", message });
  }
  if (!/^[0-9a-f]{6}$/i.test(label.color)) {
    throw validationFailed({ resource: "Label", code: "invalid", field: "color" });
  }
  const state = { ...label, id: nextId(request.twin), name };
  request.repository.labels.set(name.toLowerCase(), state);
  return state;
}

/** The repository's labels with these names, ignoring case; a missing one is created by use. */
export function labelsNamed(request: RepositoryRequest, wanted: readonly string[]): LabelState[] {
  const found = wanted.map((name) => {
    const known = request.repository.labels.get(name.trim().toLowerCase());
    if (known !== undefined) return known;
    if (!actsAs(request, "write")) throw forbidden("Must have push access to repository.");
    return addLabel(request, { name, color: DEFAULT_COLOR, description: null });
  });
  return [...new Set(found)];
}

function createLabel(request: RepositoryRequest): Answer {
  const body = parseBody(request, creation);
  if (request.repository.labels.has(body.name.trim().toLowerCase())) {
    throw validationFailed({ resource: "Label", code: "already_exists", field: "name" });
  }
  const label = addLabel(request, {
    name: body.name,
    color: body.color ?? DEFAULT_COLOR,
    description: body.description ?? null,
  });
  return created(renderLabel(request.twin, request.repository, label));
}

/** A label that is deleted is also removed from its issues. */
async function deleteLabel(request: RepositoryRequest): Promise<Answer> {
  const { repository } = request;
  const key = parameter(request, "name").toLowerCase();
  const label = repository.labels.get(key);
  if (label === undefined) throw notFound();
  repository.labels.delete(key);
  for (const issue of repository.issues.values()) {
    if (!issue.labels.includes(label)) continue;
    const kept = issue.labels.filter((one) => one !== label);
    await setLabels(changeOf(request), issue, kept);
  }
  return NO_CONTENT;
}

function labelsOf(request: RepositoryRequest, issue: IssueState): Answer {
  return ok(issue.labels.map((label) => renderLabel(request.twin, request.repository, label)));
}

function requestedLabels(request: RepositoryRequest): LabelState[] {
  const body = parseBody(request, labelList);
  const list = Array.isArray(body) ? body : (body.labels ?? []);
  return labelsNamed(request, list.map(textOf));
}

async function addToIssue(request: RepositoryRequest): Promise<Answer> {
  const issue = findIssue(request);
  const wanted = requestedLabels(request);
  const missing = wanted.filter((label) => !issue.labels.includes(label));
  await setLabels(changeOf(request), issue, [...issue.labels, ...missing]);
  return labelsOf(request, issue);
}

async function replaceOnIssue(request: RepositoryRequest): Promise<Answer> {
  const issue = findIssue(request);
  await setLabels(changeOf(request), issue, requestedLabels(request));
  return labelsOf(request, issue);
}

async function removeFromIssue(request: RepositoryRequest): Promise<Answer> {
  const issue = findIssue(request);
  const name = parameter(request, "name").toLowerCase();
  const kept = issue.labels.filter((label) => label.name.toLowerCase() !== name);
  if (kept.length === issue.labels.length) throw notFound("Label does not exist");
  await setLabels(changeOf(request), issue, kept);
  return labelsOf(request, issue);
}

export const labelRoutes = {
  "GET /repos/{owner}/{repo}/labels": (request) =>
    paged(request, [...request.repository.labels.values()], (label) =>
      renderLabel(request.twin, request.repository, label),
    ),
  "POST /repos/{owner}/{repo}/labels": createLabel,
  "DELETE /repos/{owner}/{repo}/labels/{name}": deleteLabel,
  "GET /repos/{owner}/{repo}/issues/{issue_number}/labels": (request) =>
    paged(request, findIssue(request).labels, (label) =>
      renderLabel(request.twin, request.repository, label),
    ),
  "POST /repos/{owner}/{repo}/issues/{issue_number}/labels": addToIssue,
  "PUT /repos/{owner}/{repo}/issues/{issue_number}/labels": replaceOnIssue,
  "DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}": removeFromIssue,
} as const satisfies RepositoryRoutes;
