import type { EventOf, LedgerEntry } from "../domain/ledger.ts";
import type { WorkRecord } from "../domain/quality/record.ts";

/** The trusted ledger of an issue. */
export interface IssueLedger {
  readonly issue: number;
  readonly entries: readonly Pick<LedgerEntry, "at" | "event">[];
}

/** The schema's limits; beyond them, the newest count. */
const MOST_CHANGES = 1_000;
const MOST_ATTEMPTS = 2_000;

/** What these ledgers say that happened since then, in the order of their issues. */
export function recordOf(ledgers: readonly IssueLedger[], since: string): WorkRecord {
  const inOrder = ledgers.toSorted((left, right) => left.issue - right.issue);
  const lately = (at: string) => Date.parse(at) >= Date.parse(since);
  const all = <Part>(
    of: (ledger: IssueLedger, lately: (at: string) => boolean) => readonly Part[],
  ) => inOrder.flatMap((ledger) => of(ledger, lately));
  return {
    changes: all(changesOf).slice(-MOST_CHANGES),
    attempts: all(attemptsOf).slice(-MOST_ATTEMPTS),
    escaped: all(escapedOf).slice(-MOST_CHANGES),
  };
}

/** A change is merged as the published commit, whoever merged it. */
function changesOf(
  { issue, entries }: IssueLedger,
  lately: (at: string) => boolean,
): WorkRecord["changes"] {
  return entries.flatMap(({ at, event }, index) => {
    if (event.kind !== "merged" || !lately(at)) return [];
    const published = publishedAs(entries.slice(0, index), event.pullRequest);
    return published === undefined ? [] : [changeOf(issue, published)];
  });
}

function publishedAs(entries: IssueLedger["entries"], pullRequest: number) {
  return entries
    .flatMap(({ event }) => (event.kind === "published" ? [event] : []))
    .findLast((published) => published.pullRequest === pullRequest);
}

function changeOf(
  issue: number,
  { commit, noticed }: EventOf<"published">,
): WorkRecord["changes"][number] {
  return { issue, commit, ...(noticed === undefined ? {} : { noticed }) };
}

/** Each attempt once; a merged and reverted one counts as sent back, too. */
function attemptsOf(
  { issue, entries }: IssueLedger,
  lately: (at: string) => boolean,
): WorkRecord["attempts"] {
  const ended = entries.flatMap(({ at, event }) =>
    (event.kind === "published" || event.kind === "sent-back") && lately(at) ? [event] : [],
  );
  const attempts = [...new Set(ended.map(({ attempt }) => attempt))];
  return attempts.map((attempt) => {
    const flaky = ended.find((one) => one.attempt === attempt && one.flaky !== undefined)?.flaky;
    return { issue, attempt, ...(flaky === undefined ? {} : { flaky }) };
  });
}

/** A recurring alert is one defect. For a change that was not published here, its merge is named. */
function escapedOf(
  { issue, entries }: IssueLedger,
  lately: (at: string) => boolean,
): WorkRecord["escaped"] {
  const escaped = entries.flatMap(({ at, event }) => {
    if (event.kind !== "escaped" || !lately(at)) return [];
    const { fingerprint, pullRequest } = event;
    const commit = publishedAs(entries, pullRequest)?.commit ?? event.commit;
    return [[`${commit} ${fingerprint}`, { issue, commit, fingerprint }] as const];
  });
  return [...new Map(escaped).values()];
}
