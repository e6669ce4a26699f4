import { z } from "zod";
import type { Scope, Snapshot } from "../../../domain/github/snapshot.ts";
import { ListedCommentAnswer } from "../answers.ts";
import type { Client } from "../client/client.ts";
import { requestErrorOf } from "../client/request-error.ts";
import type { Recent } from "./look/past.ts";

const PAGE = 100;
/** Of so many pages the list is read: an audit must not use up the hour of a repository where much is said. */
const MOST_PAGES = 100;

/**
 * The ledgers that were written to since then: as the look shows them, or listed where it shows only some. What anybody else
 * wrote is none, whatever its first line says. The list is in the order in which comments were made, so that one which is made
 * meanwhile moves none.
 */
export async function readLedgers(
  client: Client,
  { scope, recent }: { readonly scope: Pick<Scope, "ledgers">; readonly recent: Recent | null },
  self: { readonly id: number },
): Promise<Pick<Snapshot, "ledgers">> {
  const { ledgers: wanted } = scope;
  if (wanted === undefined) return {};
  if (recent != null) return { ledgers: ledgersAmong(recent, wanted, self) };
  try {
    return { ledgers: await listLedgers(client, wanted, self) };
  } catch (error: unknown) {
    const failure = requestErrorOf(error);
    if (failure?.status !== 403 && failure?.status !== 404) throw error;
    return { ledgers: { unknown: failure.message } };
  }
}

type Wanted = NonNullable<Scope["ledgers"]>;

/** An issue may have changed since then, and its ledger not. */
function ledgersAmong(
  recent: NonNullable<Recent>,
  { marker, since }: Wanted,
  self: { readonly id: number },
): NonNullable<Snapshot["ledgers"]> {
  const known = recent
    .filter(({ author, body }) => author.id === self.id && body.split(/\r?\n/)[0] === marker)
    .filter(({ updatedAt }) => Date.parse(updatedAt) >= Date.parse(since))
    .toSorted((left, right) => left.id - right.id)
    .map(({ issue, id: comment, body }) => ({ issue, comment, body }));
  return { known };
}

async function listLedgers(
  client: Client,
  { marker, since }: Wanted,
  self: { readonly id: number },
): Promise<NonNullable<Snapshot["ledgers"]>> {
  const found: z.infer<typeof ListedCommentAnswer>[] = [];
  for (let page = 1; ; page += 1) {
    if (page > MOST_PAGES) {
      return { unknown: `more than ${MOST_PAGES * PAGE} comments since ${since}` };
    }
    const asked = { since, per_page: PAGE, page };
    const list = await client.ask(z.array(ListedCommentAnswer), "GET /issues/comments", asked);
    found.push(...list);
    if (list.length < PAGE) break;
  }
  const known = found
    .filter(({ user, body }) => user.id === self.id && body.split(/\r?\n/)[0] === marker)
    .map(({ id, issue_url: issue, body }) => ({ issue, comment: id, body }));
  return { known };
}
