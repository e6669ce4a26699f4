import { z } from "zod";
import { renderIssue, renderIssueEvent } from "../render/issue.ts";
import { assertBody, assertTitle } from "../state/issue-bounds.ts";
import {
  addIssue,
  announceIssue,
  type Change,
  changeOf,
  noteEvent,
  touch,
} from "../state/issue-changes.ts";
import { closeIssue, reopenIssue } from "../state/issue-closing.ts";
import { setLabels } from "../state/issue-labels.ts";
import type { IssueState } from "../state/issue-state.ts";
import {
  type Answer,
  actsAs,
  created,
  findIssue,
  identified,
  ok,
  parseBody,
  type RepositoryRequest,
  type RepositoryRoutes,
} from "./api.ts";
import { listIssues } from "./issue-lists.ts";
import { labelReference, labelsNamed, textOf } from "./labels.ts";
import { paged } from "./paging.ts";
import { forbidden, unprocessable } from "./refusals.ts";

const creation = z.object({
  title: z.union([z.string(), z.number()]).transform(String),
  body: z.string().nullish(),
  labels: z.array(labelReference).optional(),
});

const update = z.object({
  title: z.string().optional(),
  body: z.string().nullish(),
  state: z.enum(["open", "closed"]).optional(),
  state_reason: z.enum(["completed", "not_planned", "duplicate", "reopened"]).nullish(),
  labels: z.array(labelReference).optional(),
});

async function createIssue(request: RepositoryRequest): Promise<Answer> {
  const { repository, twin } = request;
  const body = parseBody(request, creation);
  assertTitle("Issue", body.title);
  assertBody("Issue", body.body);
  const change = changeOf(request);
  // GitHub silently drops labels by a person who may not label.
  const names = actsAs(request, "triage") ? (body.labels ?? []).map(textOf) : [];
  const labels = labelsNamed(request, names);
  const issue = addIssue(twin, repository, {
    author: change.caller.account,
    title: body.title,
    body: body.body ?? null,
  });
  issue.labels = labels;
  await announceIssue(change, issue, { action: "opened" });
  // Labels at creation count as added: each has its event, after the opening.
  issue.labels = [];
  await setLabels(change, issue, labels);
  return created(renderIssue(twin, repository, issue));
}

function assertMayEdit(
  request: RepositoryRequest,
  issue: IssueState,
  body: z.infer<typeof update>,
): void {
  const own = identified(request).account.id === issue.author.id;
  if (!own && !actsAs(request, "triage")) throw forbidden("Must have admin rights to Repository.");
  const rewrites = body.title !== undefined || body.body !== undefined;
  if (rewrites && !own && !actsAs(request, "write")) {
    throw forbidden("Must have push access to repository.");
  }
  if (body.labels !== undefined && !actsAs(request, "triage")) {
    throw forbidden("Must have admin rights to Repository.");
  }
}

/** Title and body of an issue or pull request; announces one edit for both. */
export async function rewriteText(
  change: Change,
  issue: IssueState,
  text: { readonly title?: string | undefined; readonly body?: string | null | undefined },
): Promise<void> {
  const changes: Record<string, { from: string }> = {};
  if (text.title !== undefined && text.title !== issue.title) {
    changes.title = { from: issue.title };
    noteEvent(change, issue, { event: "renamed", rename: { from: issue.title, to: text.title } });
    issue.title = text.title;
  }
  if (text.body !== undefined && text.body !== issue.body) {
    changes.body = { from: issue.body ?? "" };
    issue.body = text.body;
  }
  if (Object.keys(changes).length === 0) return;
  touch(change, issue);
  await announceIssue(change, issue, { action: "edited", extra: { changes } });
}

async function updateIssue(request: RepositoryRequest): Promise<Answer> {
  const issue = findIssue(request);
  const body = parseBody(request, update);
  assertMayEdit(request, issue, body);
  if (body.title !== undefined) assertTitle("Issue", body.title);
  assertBody("Issue", body.body);
  if (body.state === "open" && issue.pull !== undefined && issue.state === "closed") {
    throw unprocessable("The twin opens pull requests again by PATCH /pulls/{pull_number} alone.");
  }
  const change = changeOf(request);
  const labels =
    body.labels === undefined ? undefined : labelsNamed(request, body.labels.map(textOf));
  await rewriteText(change, issue, body);
  if (labels !== undefined) await setLabels(change, issue, labels);
  if (body.state === "closed") {
    const reason = body.state_reason ?? "completed";
    await closeIssue(change, issue, { reason: reason === "reopened" ? "completed" : reason });
  }
  if (body.state === "open") await reopenIssue(change, issue);
  return ok(renderIssue(request.twin, request.repository, issue));
}

export const issueRoutes = {
  "GET /repos/{owner}/{repo}/issues": listIssues,
  "POST /repos/{owner}/{repo}/issues": createIssue,
  "GET /repos/{owner}/{repo}/issues/{issue_number}": (request) =>
    ok(renderIssue(request.twin, request.repository, findIssue(request))),
  "PATCH /repos/{owner}/{repo}/issues/{issue_number}": updateIssue,
  "GET /repos/{owner}/{repo}/issues/{issue_number}/events": (request) =>
    paged(request, findIssue(request).events, (event) =>
      renderIssueEvent(request.twin, request.repository, event),
    ),
} as const satisfies RepositoryRoutes;
