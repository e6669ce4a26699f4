import { z } from "zod";
import type { FoundLedger, Scope, Snapshot } from "../../../domain/github/snapshot.ts";
import { isPageOf } from "../../../domain/ledger/pages.ts";
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
  const own = recent
    .filter(({ author }) => author.id === self.id)
    .filter(({ updatedAt }) => Date.parse(updatedAt) >= Date.parse(since))
    .toSorted((left, right) => left.id - right.id);
  return { known: ledgersOf(own, marker) };
}

async function listLedgers(
  client: Client,
  { marker, since, newest }: Wanted,
  self: { readonly id: number },
): Promise<NonNullable<Snapshot["ledgers"]>> {
  const order = newest === true ? { sort: "updated", direction: "desc" } : {};
  const found: z.infer<typeof ListedCommentAnswer>[] = [];
  for (let page = 1; ; page += 1) {
    if (page > MOST_PAGES) {
      return { unknown: `more than ${MOST_PAGES * PAGE} comments since ${since}` };
    }
    const asked = { since, ...order, per_page: PAGE, page };
    const list = await client.ask(z.array(ListedCommentAnswer), "GET /issues/comments", asked);
    found.push(...list);
    if (newest === true || list.length < PAGE) break;
  }
  const own = found
    .filter(({ user }) => user.id === self.id)
    .map(({ id, issue_url: issue, body }) => ({ issue, id, body }));
  return { known: ledgersOf(own, marker) };
}

/** The ledgers among the factory's own comments, each with the pages that were written on its issue. */
function ledgersOf(
  own: readonly { readonly issue: number; readonly id: number; readonly body: string }[],
  marker: string,
): readonly FoundLedger[] {
  const firstLine = ({ body }: { readonly body: string }) => body.split(/\r?\n/)[0] ?? "";
  const pages = own.filter((one) => isPageOf(marker, firstLine(one)));
  return own
    .filter((one) => firstLine(one) === marker)
    .map(({ issue, id: comment, body }) => {
      const its = pages.filter((page) => page.issue === issue);
      const written = its.map((page) => ({ id: page.id, body: page.body }));
      return { issue, comment, body, ...(its.length === 0 ? {} : { pages: written }) };
    });
}
