import { type AskedRole, isAskedRole } from "../../domain/config/asked.ts";
import type { OpenIssue, Part } from "../../domain/github/snapshot.ts";
import { stagesOf } from "../../domain/label.ts";
import type { SealedEntry } from "../../domain/ledger.ts";
import { millisecondsBetween } from "../../domain/text/time.ts";
import { mergesAnything } from "../../domain/trust/trust-level.ts";
import type { View } from "../observed/issue-view.ts";
import { startedBy } from "../observed/ledger/begun.ts";
import { entriesOf, lastOf, sinceOf } from "../observed/ledger/ledger.ts";
import { approverOf, recordedOwners } from "../observed/people/asked.ts";
import { urgencyOf } from "../observed/turns/in-turn.ts";
import { mostFor } from "../observed/turns/work-today.ts";
import type { Candidate } from "./queue.ts";

/** Facts about an issue from the list of open issues, or from the issue itself. */
export type Seen = Pick<OpenIssue, "number" | "labels" | "updatedAt" | "blockedBy"> & {
  readonly author: Pick<OpenIssue["author"], "id">;
};

type Entries = readonly SealedEntry[] | undefined;

/** An issue as the schedule sees it. `entries` are those of its ledger, if that was written to lately. */
export function readCandidate(view: View, seen: Seen, entries: Entries): Candidate {
  const work = stagesOf(view.prefix, seen.labels).includes("queued") ? "read" : "build";
  return {
    issue: seen.number,
    work,
    ...urgencyOf(view.prefix, seen),
    isBegun: entries !== undefined && entriesOf(entries, "claimed").length > 0,
    author: seen.author.id,
    waitedMs: waited(view, seen, entries),
    scope: scopeOf(entries),
    blockedBy: seen.blockedBy === undefined ? NOT_READ : { known: seen.blockedBy },
    asks: asksOf(view, { work, seen, entries }),
    most: entries === undefined ? NOT_READ : { known: mostFor(view, entries) },
  };
}

const NOT_READ = { unknown: "not read" } as const;

/** Only people change a waiting issue. It has waited since its last change, or longer if its ledger says so. */
function waited({ now }: View, { updatedAt }: Seen, entries: Entries): number {
  const since = entries === undefined ? undefined : sinceOf(entries);
  const times = [updatedAt, ...(since === undefined ? [] : [since])];
  return Math.max(0, ...times.map((time) => millisecondsBetween(time, now)));
}

export function scopeOf(entries: Entries): Part<readonly string[]> {
  const scope = entries === undefined ? undefined : lastOf(entries, "proposed")?.event.scope;
  return scope === undefined ? NOT_READ : { known: scope };
}

interface Asking {
  readonly work: Candidate["work"];
  readonly seen: Seen;
  readonly entries: Entries;
}

/** The people at whom the work ends, if that is certain: every contract is approved by a person, or every merge is made by one. */
export function asksOf(view: View, { work, seen, entries }: Asking): Candidate["asks"] {
  const { approve, trust } = view.config;
  const mergesAlone = view.input.sealKey !== undefined && mergesAnything(trust);
  const isByPerson = work === "read" ? approve === "always" : !mergesAlone;
  // An issue that a loop began ends at a person, who approves its contract or merges it.
  const isCertain = isByPerson || startedBy(entries ?? []) !== undefined;
  if (isCertain) return { known: peopleOf(view, seen, entries) };
  return { unknown: "it may end without a person" };
}

/**
 * People whom the config names, each once. If its roles are vacant, or it names nobody: the person who approved or
 * submitted the issue, or else its author.
 */
export function peopleOf(
  view: View,
  seen: Pick<Seen, "author">,
  entries: Entries = [],
): readonly string[] {
  const approver = approverOf(entries);
  const byRole: Readonly<Record<AskedRole, readonly string[]>> = {
    "issue author": [String(seen.author.id)],
    "contract approver": approver === undefined ? [] : [String(approver)],
    "code owners": recordedOwners(entries).map((login) => personOf(view, login)),
  };
  const named = view.config.ask.flatMap((one) =>
    isAskedRole(one) ? byRole[one] : [personOf(view, one)],
  );
  if (named.length > 0) return [...new Set(named)];
  const spoke = [approver, lastOf(entries, "submitted")?.event.by];
  const known = spoke.filter((id) => id !== undefined);
  return [...new Set(known.length > 0 ? known : [seen.author.id])].map(String);
}

/** A person is identified by number if this look shows whose login it is, so that nobody has two budgets. */
function personOf({ snapshot, issues }: View, login: string): string {
  const name = login.toLowerCase();
  const { openIssues, asked = openIssues } = snapshot;
  const authors = [
    ...("known" in asked ? asked.known.map(({ author }) => author) : []),
    ...issues.flatMap(({ issue, comments }) => [issue, ...comments].map(({ author }) => author)),
  ];
  const id = authors.find((author) => author.login.toLowerCase() === name)?.id;
  return id === undefined ? `@${name}` : String(id);
}
