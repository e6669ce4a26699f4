import type { Actor } from "../../../../domain/actor.ts";
import type { AndonLabel, Part } from "../../../../domain/github/snapshot.ts";
import { andonLabel } from "../../../../domain/label.ts";
import { GHOST, IssueEventAnswer, type UserAnswer } from "../../answers.ts";
import type { Client } from "../../client/client.ts";
import { requestErrorOf } from "../../client/request-error.ts";
import type { Permissions } from "../../permissions.ts";
import type { Look } from "../look/look.ts";
import { ANDONS } from "../look/query.ts";
import { issuesBehind } from "../open-issues.ts";

/** An issue with the label, and the account that added it. */
export interface Labelled {
  readonly issue: number;
  readonly by: Part<Actor>;
}

/**
 * Who last added the label to each of these issues. A label on every issue must not use up the hour: beyond the first
 * few nobody is asked, and they stop the line as well.
 */
export async function readLabellers(
  client: Client,
  { andon }: Look,
  prefix: string,
): Promise<Part<readonly Labelled[]>> {
  if ("unknown" in andon) return andon;
  const label = andonLabel(prefix);
  const { nodes, pageInfo } = andon.known;
  const behind = await issuesBehind(client, pageInfo, label);
  const first = nodes.map(({ number, timelineItems }) => ({
    issue: number,
    by: labeller(timelineItems.nodes, label),
  }));
  const unknown = `more than ${ANDONS} issues carry the label`;
  return { known: [...first, ...behind.map(({ number }) => ({ issue: number, by: { unknown } }))] };
}

type Events = readonly {
  readonly actor?: UserAnswer | null | undefined;
  readonly label: { readonly name: string };
}[];

export function labeller(events: Events, label: string): Part<Actor> {
  const last = events.findLast((one) => one.label.name.toLowerCase() === label.toLowerCase());
  if (last === undefined) return { unknown: "GitHub shows no event of the label" };
  const { actor } = last;
  return actor == null || actor.id === GHOST.id
    ? { unknown: "the account is gone" }
    : { known: actor };
}

/** Who last added a label to an issue, by GitHub's own event. */
export async function readLabeller(
  client: Client,
  issue: number,
  label: string,
): Promise<Part<Actor>> {
  try {
    const route = "GET /issues/{issue_number}/events";
    const events = await client.list(IssueEventAnswer, route, { issue_number: issue });
    const labelled = events.flatMap(({ event, actor, label: one }) =>
      event === "labeled" && one !== undefined ? [{ actor, label: one }] : [],
    );
    return labeller(labelled, label);
  } catch (error: unknown) {
    const failure = requestErrorOf(error);
    if (failure?.status !== 403 && failure?.status !== 404) throw error;
    return { unknown: failure.message };
  }
}

export function labellersOf(labelled: Part<readonly Labelled[]>): readonly Actor[] {
  const known = "known" in labelled ? labelled.known : [];
  return known.flatMap(({ by }) => ("known" in by ? [by.known] : []));
}

export function andonLabels(
  labelled: Part<readonly Labelled[]>,
  permissions: Permissions,
): Part<readonly AndonLabel[]> {
  if ("unknown" in labelled) return labelled;
  return {
    known: labelled.known.map(({ issue, by }) => ({
      issue,
      by: "known" in by ? permissions.find(by.known) : by,
    })),
  };
}
