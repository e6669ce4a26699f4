import { account } from "./accounts.ts";
import { connection, type PageArguments } from "./pages.ts";
import { all, type Rest, type RestUser } from "./rest.ts";

interface RestPlace {
  readonly number: number;
  readonly html_url: string;
}

/** An event of an issue. GitHub's REST names neither the place nor the other issue; a script of a twin may. */
export interface RestEvent {
  readonly id?: number;
  readonly event: string;
  readonly actor: RestUser | null;
  readonly created_at: string;
  readonly label?: { readonly name: string };
  readonly from_repository?: { readonly full_name: string };
  readonly canonical?: RestPlace;
  /** Absent: this issue. */
  readonly duplicate?: RestPlace;
}

const place = (one: RestPlace) => ({
  __typename: one.html_url.includes("/pull/") ? "PullRequest" : "Issue",
  number: one.number,
  url: one.html_url,
});

/** Both are of this repository. */
function canonicalOf({ id }: RestEvent, issue: RestPlace, rest: Rest): RestPlace | undefined {
  const number = id === undefined ? undefined : rest.canonical(id);
  if (number === undefined) return undefined;
  return { number, html_url: issue.html_url.replace(/\d+$/, String(number)) };
}

type ItemOf = (event: RestEvent, issue: RestPlace, rest: Rest) => Readonly<Record<string, unknown>>;

/** Items of a timeline by their kind, and the REST event that each is made of. */
const ITEMS: Readonly<Record<string, readonly [string, ItemOf]>> = {
  LABELED_EVENT: [
    "labeled",
    ({ actor, label, created_at: createdAt }) => ({
      __typename: "LabeledEvent",
      createdAt,
      actor: account(actor),
      label: { name: label?.name ?? "" },
    }),
  ],
  TRANSFERRED_EVENT: [
    "transferred",
    ({ created_at: createdAt, from_repository: from }) => ({
      __typename: "TransferredEvent",
      createdAt,
      fromRepository: from === undefined ? null : { nameWithOwner: from.full_name },
    }),
  ],
  MARKED_AS_DUPLICATE_EVENT: [
    "marked_as_duplicate",
    (event, issue, rest) => {
      const canonical = event.canonical ?? canonicalOf(event, issue, rest);
      return {
        __typename: "MarkedAsDuplicateEvent",
        createdAt: event.created_at,
        canonical: canonical === undefined ? null : place(canonical),
        duplicate: place(event.duplicate ?? issue),
      };
    },
  ],
  UNMARKED_AS_DUPLICATE_EVENT: [
    "unmarked_as_duplicate",
    ({ created_at: createdAt }) => ({ __typename: "UnmarkedAsDuplicateEvent", createdAt }),
  ],
  PINNED_EVENT: ["pinned", ({ actor }) => ({ __typename: "PinnedEvent", actor: account(actor) })],
  UNPINNED_EVENT: [
    "unpinned",
    ({ actor }) => ({ __typename: "UnpinnedEvent", actor: account(actor) }),
  ],
  REOPENED_EVENT: [
    "reopened",
    ({ created_at: createdAt }) => ({ __typename: "ReopenedEvent", createdAt }),
  ],
};

/** The requested items, in order of time. */
export async function timeline(
  rest: Rest,
  issue: RestPlace,
  asked: PageArguments & { readonly itemTypes?: readonly string[] },
) {
  const events = await all<RestEvent>(rest, `GET /issues/${issue.number}/events`);
  const wanted = (asked.itemTypes ?? ["all"]).map((type) => {
    const item = ITEMS[type];
    if (item === undefined) throw new Error(`The twin shows nothing of ${type} in a timeline.`);
    return item;
  });
  const items = events.flatMap((event) => {
    const found = wanted.find(([name]) => name === event.event);
    return found === undefined ? [] : [found[1](event, issue, rest)];
  });
  return connection(items, asked, (item) => item);
}
