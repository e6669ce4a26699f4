import type { LoopIssue } from "../../../domain/github/loop-issue.ts";
import type { Scope, Snapshot } from "../../../domain/github/snapshot.ts";
import { incidentLabel, loopLabel } from "../../../domain/label.ts";
import { IssueAnswer } from "../answers.ts";
import type { Client } from "../client/client.ts";
import { readContained } from "./containment.ts";
import type { LookAnswer } from "./look/answers.ts";
import { readSuspect } from "./suspect.ts";

const DISMISSED: ReadonlySet<string> = new Set(["not_planned", "duplicate"]);

/** Facts about an alert: the issues of alerts, the merges of a release, and whether it contains a fix. */
export async function readAlerted(
  client: Client,
  scope: Scope,
  self: { readonly id: number; readonly login: string },
): Promise<Pick<Snapshot, "incidents" | "suspect" | "contained">> {
  const [incidents, suspect, contained] = await Promise.all([
    readIncidents(client, scope, self),
    readSuspect(client, scope),
    readContained(client, scope),
  ]);
  return { ...incidents, ...suspect, ...contained };
}

/** Issues that alerts opened. Issues by others under the label do not count, whatever their last line. */
async function readIncidents(
  client: Client,
  { incidents, prefix }: Pick<Scope, "incidents" | "prefix">,
  self: { readonly id: number; readonly login: string },
): Promise<Pick<Snapshot, "incidents">> {
  if (incidents !== true) return {};
  const own = await listOwn(client, incidentLabel(prefix), self);
  return { incidents: own.map(({ title: _title, body: _body, ...incident }) => incident) };
}

/** Issues that loops filed, and the loops' rolling issues. */
export async function readLoopIssues(
  client: Client,
  { loopIssues, prefix }: Pick<Scope, "loopIssues" | "prefix">,
  self: { readonly id: number; readonly login: string },
): Promise<Pick<Snapshot, "loopIssues">> {
  if (loopIssues !== true) return {};
  return { loopIssues: await listOwn(client, loopLabel(prefix), self) };
}

/** Those that changed lately, as the look shows them. Issues by others under the label do not count. */
export function loopsLately(
  { loops }: Pick<LookAnswer, "loops">,
  self: { readonly id: number },
): Pick<Snapshot, "loopsLately"> {
  if (loops === undefined) return {};
  if (loops.pageInfo.hasNextPage) {
    return { loopsLately: { unknown: `more than ${loops.nodes.length} issues of loops changed` } };
  }
  const own = loops.nodes.filter(({ author }) => author.id === self.id);
  return { loopsLately: { known: own.map(({ number, body }) => ({ number, body })) } };
}

/** The factory's own issues under a label, open and closed. */
async function listOwn(
  client: Client,
  label: string,
  self: { readonly id: number; readonly login: string },
): Promise<readonly LoopIssue[]> {
  const listed = await client.list(IssueAnswer, "GET /issues", {
    state: "all",
    creator: self.login,
    labels: label,
  });
  return listed
    .filter(({ user, pull_request }) => user.id === self.id && pull_request === undefined)
    .map(({ number, title, state, body, labels, state_reason: reason }) => ({
      number,
      title,
      state,
      body: body ?? "",
      marker: lastLine(body ?? ""),
      labels,
      dismissed: state === "closed" && DISMISSED.has(reason ?? ""),
    }));
}

function lastLine(body: string): string {
  return body.trimEnd().split(/\r?\n/).at(-1) ?? "";
}
