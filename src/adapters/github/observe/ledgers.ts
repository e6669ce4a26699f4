import { z } from "zod";
import type { FoundLedger, Scope, Snapshot } from "../../../domain/github/snapshot.ts";
import { isPageOf } from "../../../domain/ledger/pages.ts";
import type { FoundWork } from "../../../domain/ledger/pull-work.ts";
import { ListedCommentAnswer } from "../answers.ts";
import type { Client } from "../client/client.ts";
import { requestErrorOf } from "../client/request-error.ts";
import type { RecentPulls } from "./look/on-pulls.ts";
import type { Recent } from "./look/past.ts";

const PAGE = 100;
/** The most pages of the list, because an audit must not use up the hour of a busy repository. */
const MOST_PAGES = 100;

/**
 * Ledgers written to since then: as in the look, or listed if it shows only some. Comments by others do not count,
 * whatever their first line. The list is in the order of creation, so that a new comment moves none.
 */
export async function readLedgers(
  client: Client,
  seen: {
    readonly scope: Pick<Scope, "ledgers">;
    readonly recent: Recent | null;
    readonly recentPulls: RecentPulls | null;
  },
  self: { readonly id: number },
): Promise<Pick<Snapshot, "ledgers" | "pullWork">> {
  const { ledgers: wanted } = seen.scope;
  if (wanted === undefined) return {};
  const { work } = wanted;
  const onPulls = work === undefined ? [] : saidLately(seen.recentPulls, wanted.since);
  if (seen.recent != null && onPulls !== undefined) {
    return found(
      { own: ledgersAmong(seen.recent, wanted, self), onPulls: ownOf(onPulls, self) },
      wanted,
    );
  }
  try {
    return await listLedgers(client, wanted, self);
  } catch (error: unknown) {
    const failure = requestErrorOf(error);
    if (failure?.status !== 403 && failure?.status !== 404) throw error;
    const unknown = { unknown: failure.message };
    return { ledgers: unknown, ...(work === undefined ? {} : { pullWork: unknown }) };
  }
}

type Own = readonly { readonly issue: number; readonly id: number; readonly body: string }[];

/** A list of all comments contains those of issues and of pull requests. */
function found(
  { own, onPulls }: { readonly own: Own; readonly onPulls: Own },
  { marker, work }: Wanted,
): Pick<Snapshot, "ledgers" | "pullWork"> {
  return {
    ledgers: { known: ledgersOf(own, marker) },
    ...(work === undefined ? {} : { pullWork: { known: workAmong(onPulls, work) } }),
  };
}

function workAmong(own: Own, markers: readonly string[]): readonly FoundWork[] {
  return own
    .filter(({ body }) => markers.some((marker) => body.startsWith(marker)))
    .map(({ issue: pullRequest, id: comment, body }) => ({ pullRequest, comment, body }));
}

/** Comments on pull requests that changed since then; undefined if the look does not show all of it. */
function saidLately(recent: RecentPulls | null, since: string) {
  if (recent === null) return undefined;
  const isSince = ({ updatedAt }: { readonly updatedAt: string }) =>
    Date.parse(updatedAt) >= Date.parse(since);
  const changed = recent.nodes.filter(isSince);
  const isCut = recent.pageInfo.hasNextPage && changed.length === recent.nodes.length;
  if (isCut || changed.some(({ comments }) => comments.pageInfo.hasNextPage)) return undefined;
  return changed.flatMap(({ number: issue, comments }) =>
    comments.nodes
      .filter(isSince)
      .map(({ fullDatabaseId: id, author, body }) => ({ issue, id, author, body })),
  );
}

function ownOf(
  said: readonly (Own[number] & { readonly author: { readonly id: number } })[],
  self: { readonly id: number },
): Own {
  return said.filter(({ author }) => author.id === self.id);
}

type Wanted = NonNullable<Scope["ledgers"]>;

/** An issue may have changed since then without its ledger. */
function ledgersAmong(
  recent: NonNullable<Recent>,
  { since }: Wanted,
  self: { readonly id: number },
): Own {
  return recent
    .filter(({ author }) => author.id === self.id)
    .filter(({ updatedAt }) => Date.parse(updatedAt) >= Date.parse(since))
    .toSorted((left, right) => left.id - right.id);
}

async function listLedgers(
  client: Client,
  wanted: Wanted,
  self: { readonly id: number },
): Promise<Pick<Snapshot, "ledgers" | "pullWork">> {
  const { since, newest } = wanted;
  const order = newest === true ? { sort: "updated", direction: "desc" } : {};
  const listed: z.infer<typeof ListedCommentAnswer>[] = [];
  for (let page = 1; ; page += 1) {
    if (page > MOST_PAGES) {
      const unknown = { unknown: `more than ${MOST_PAGES * PAGE} comments since ${since}` };
      return { ledgers: unknown, ...(wanted.work === undefined ? {} : { pullWork: unknown }) };
    }
    const asked = { since, ...order, per_page: PAGE, page };
    const list = await client.ask(z.array(ListedCommentAnswer), "GET /issues/comments", asked);
    listed.push(...list);
    if (newest === true || list.length < PAGE) break;
  }
  const own = listed
    .filter(({ user }) => user.id === self.id)
    .map(({ id, issue_url: issue, body }) => ({ issue, id, body }));
  return found({ own, onPulls: own }, wanted);
}

/** Ledgers among the factory's own comments, each with the pages on its issue. */
function ledgersOf(own: Own, marker: string): readonly FoundLedger[] {
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
