import type { Actor } from "../../../domain/actor.ts";
import type { AndonLabel, Part } from "../../../domain/github/snapshot.ts";
import { GHOST, type IssueAnswer, IssueEventAnswer } from "../answers.ts";
import type { Client } from "../client.ts";
import type { Permissions } from "../permissions.ts";
import { requestErrorOf } from "../request-error.ts";

/** Of so many labelled issues GitHub is asked who labelled them: a label on every issue must not use up the hour. */
const MOST_ASKED = 20;

/** An issue with the label, and the account that put it on. */
export interface Labelled {
  readonly issue: number;
  readonly by: Part<Actor>;
}

/** Who put the label on each of these issues last. Nothing is asked where no issue carries it. */
export async function readLabellers(
  client: Client,
  issues: readonly IssueAnswer[],
  label: string,
): Promise<readonly Labelled[]> {
  return await Promise.all(
    issues.map(async ({ number }, index) => ({
      issue: number,
      by:
        index < MOST_ASKED
          ? await readLabeller(client, number, label)
          : { unknown: `more than ${MOST_ASKED} issues carry the label` },
    })),
  );
}

/** Who put a label on an issue last, by GitHub's own event of it. */
export async function readLabeller(
  client: Client,
  issue: number,
  label: string,
): Promise<Part<Actor>> {
  try {
    const route = "GET /issues/{issue_number}/events";
    const events = await client.list(IssueEventAnswer, route, { issue_number: issue });
    const last = events.findLast(
      (one) => one.event === "labeled" && one.label?.name.toLowerCase() === label.toLowerCase(),
    );
    if (last === undefined) return { unknown: "GitHub shows no event of the label" };
    const { actor } = last;
    return actor == null || actor.id === GHOST.id
      ? { unknown: "the account is gone" }
      : { known: actor };
  } catch (error: unknown) {
    const failure = requestErrorOf(error);
    if (failure?.status !== 403 && failure?.status !== 404) throw error;
    return { unknown: failure.message };
  }
}

export function labellersOf(labelled: readonly Labelled[]): readonly Actor[] {
  return labelled.flatMap(({ by }) => ("known" in by ? [by.known] : []));
}

export function andonLabels(
  labelled: readonly Labelled[],
  permissions: Permissions,
): readonly AndonLabel[] {
  return labelled.map(({ issue, by }) => ({
    issue,
    by: "known" in by ? permissions.find(by.known) : by,
  }));
}
