import { z } from "zod";
import type { IssueHistory } from "../../../../domain/github/issue-history.ts";

/** Events that say whether an issue belongs to this repository, and whether it is a duplicate. The last ones up to this number are read. */
const EVENTS = 20;

/**
 * GitHub's own facts about an issue that came from elsewhere, or that a person with write access marked as a duplicate. Both sides
 * of a mark show the event. Source: docs.github.com/en/graphql/reference/objects, the items of an issue's timeline.
 */
export const HISTORY = `fragment History on Issue {
  stateReason(enableDuplicate: true)
  history: timelineItems(itemTypes: [TRANSFERRED_EVENT, MARKED_AS_DUPLICATE_EVENT, UNMARKED_AS_DUPLICATE_EVENT, REOPENED_EVENT], last: ${EVENTS}) {
    nodes {
      __typename
      ... on TransferredEvent { createdAt fromRepository { nameWithOwner } }
      ... on MarkedAsDuplicateEvent { createdAt canonical { ...Place } duplicate { ...Place } }
      ... on UnmarkedAsDuplicateEvent { createdAt }
      ... on ReopenedEvent { createdAt }
    }
  }
}
fragment Place on IssueOrPullRequest { ... on Issue { number url } ... on PullRequest { number url } }`;

/** Null if it is in a repository that the token may not see. */
const Place = z.object({ number: z.int().positive(), url: z.string() }).nullable();

const Event = z.discriminatedUnion("__typename", [
  z.object({
    __typename: z.literal("TransferredEvent"),
    createdAt: z.string(),
    fromRepository: z.object({ nameWithOwner: z.string() }).nullable(),
  }),
  z.object({
    __typename: z.literal("MarkedAsDuplicateEvent"),
    createdAt: z.string(),
    canonical: Place,
    duplicate: Place,
  }),
  z.object({ __typename: z.literal("UnmarkedAsDuplicateEvent"), createdAt: z.string() }),
  z.object({ __typename: z.literal("ReopenedEvent"), createdAt: z.string() }),
]);

/** In order of time. */
export const HistoryAnswer = {
  stateReason: z.string().nullish(),
  history: z.object({ nodes: z.array(Event) }),
};

interface Told {
  readonly url: string;
  readonly stateReason?: string | null | undefined;
  readonly history: { readonly nodes: readonly z.infer<typeof Event>[] };
}

export function historyOf(told: Told): IssueHistory {
  return { ...transferOf(told), ...duplicateOf(told) };
}

function transferOf({ history: { nodes } }: Told): Pick<IssueHistory, "transferred"> {
  const last = nodes.findLast((one) => one.__typename === "TransferredEvent");
  if (last?.__typename !== "TransferredEvent") return {};
  const from = last.fromRepository?.nameWithOwner;
  return { transferred: { at: last.createdAt, ...(from === undefined ? {} : { from }) } };
}

/** The last event counts: after removing the mark, or reopening the issue, there is none. */
function duplicateOf({ url, stateReason, history }: Told): Pick<IssueHistory, "duplicateOf"> {
  const words = history.nodes.filter(
    (one) =>
      one.__typename !== "TransferredEvent" &&
      (one.__typename !== "MarkedAsDuplicateEvent" || one.duplicate?.url === url),
  );
  const last = words.at(-1);
  if (last?.__typename === "MarkedAsDuplicateEvent") {
    return { duplicateOf: last.canonical === null ? {} : placeOf(last.canonical, url) };
  }
  return stateReason === "DUPLICATE" ? { duplicateOf: {} } : {};
}

/** Only an issue of this repository is linked by its number. */
function placeOf(canonical: { readonly number: number; readonly url: string }, url: string) {
  const home = (address: string) => address.replace(/\/(?:issues|pull)\/\d+$/, "").toLowerCase();
  const isHere = home(canonical.url) === home(url);
  return { url: canonical.url, ...(isHere ? { number: canonical.number } : {}) };
}
