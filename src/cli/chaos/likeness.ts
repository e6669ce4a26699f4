import { leaseOfBranch } from "../../domain/lease.ts";
import type { LedgerEvent, SealedEntry } from "../../domain/ledger.ts";
import type { Portrait } from "../../twin/github/kept/kept.ts";
import { lineAsking } from "../../wording/issue/ask-comment.ts";
import { LEDGER_MARKER, parseLedgerComment } from "../../wording/issue/ledger-comment.ts";

/** One thing of a repository that stands there once: its name, and what it says. */
export interface Thing {
  readonly name: string;
  readonly says: string;
}

/**
 * What may differ between a life and the same life with a fault in it, and why. Everything else has to be the same.
 */
export const MAY_DIFFER = {
  "how many attempts it took":
    "an attempt that died is not made undone: the next one has a number of its own",
  "what stood on a pull request before its last commit: its check runs, and its lines of the ledger":
    "each attempt that goes on with it publishes anew",
  "what an answer in a thread says of its line":
    "a commit of an attempt that died can stand between the two",
  "branches that stand untouched at their base":
    "a claim whose answer was lost, or whose run died, is a claim all the same",
  "a branch of an attempt that died before its pull request":
    "nobody deletes what an attempt wrote, and a later one of the issue has a branch of its own",
  "which numbers, ids, times and runs are named": "whoever comes later gets a later one",
  "the lines of the ledger that tell the way: claims, refusals, what was sent back":
    "the ledger says what happened, and a fault happened; what was published, merged, seen live and reverted is compared",
  "what an issue may take, as its contract says":
    "it is told from those that were merged before it",
  "how often a doorbell was rung": "who answers one observes everything anew",
  "what it is charged": "a run that died is charged its share (decision 0011)",
  "how often production was looked at":
    "a look whose word was lost is taken again, and changes nothing",
  "that a person was asked":
    "counted, and told apart: the person says `/factory retry`, or merges what was left open",
  "a pull request of an attempt that a person closed":
    "its run died between the pull request and the ledger, and no other run has seen its evidence: the next attempt has one of its own",
  "who merged what was published, and who deploys it":
    "its run died between the ledger and the merge; what a person merges is deployed as what a person pushes",
} as const;

/** Of the ledger: what anybody outside of it can see, too. */
const SEEN_OUTSIDE = ["submitted", "proposed", "published", "merged", "reverted"];

/** A repository as a list of things, without what may differ. */
export function likenessOf(portrait: Portrait, counted: { readonly deploys: number }): Thing[] {
  return [
    ...issuesOf(portrait),
    ...pullsOf(portrait),
    ...strayBranches(portrait),
    ...checksOf(portrait),
    ...portrait.history.map((line) => {
      return { name: "commit of the default branch", says: plain(line.replace(/^\S+ /, "")) };
    }),
    { name: "default branch", says: portrait.history[0]?.split(" ")[0] ?? "" },
    ...Array.from({ length: counted.deploys }, () => ({ name: "deploy", says: "" })),
  ];
}

function checksOf({ checks, branches, issues }: Portrait): readonly Thing[] {
  const left = Object.values(issues)
    .filter(isLeft)
    .map(({ pull }) => pull?.head);
  const heads = Object.entries(branches).filter(
    ([name]) => !left.includes(name) && !isBehind(name, { branches, issues }),
  );
  const standing = new Set(heads.map(([, tree]) => tree));
  return checks
    .filter(({ tree }) => standing.has(tree))
    .map(({ name, conclusion, title }) => {
      return { name: `check ${name}`, says: `${conclusion}: ${plain(title)}` };
    });
}

function issuesOf({ issues }: Portrait): readonly Thing[] {
  return Object.entries(issues).flatMap(([number, issue]): readonly Thing[] => {
    if (issue.pull !== undefined) return [];
    const { author, title, body, state, labels } = issue;
    // By its words: one that is opened later has a later number.
    const name = author === "OWNER" ? `issue ${number}` : `issue "${title}"`;
    const says = JSON.stringify({ author, title, body: plain(body), state, labels });
    return [{ name, says }, ...issue.comments.flatMap((comment) => ofComment(name, comment))];
  });
}

function ofComment(
  issue: string,
  { author, body }: { readonly author: string; readonly body: string },
): readonly Thing[] {
  if (author === "OWNER" || lineAsking(body) !== undefined) return [];
  const marker = body.split("\n")[0] ?? "";
  const name = `${issue}, comment "${marker}"`;
  if (marker !== LEDGER_MARKER) return [{ name, says: plain(body) }];
  const parsed = parseLedgerComment(body);
  if ("fault" in parsed) return [{ name, says: parsed.fault }];
  const { entries } = parsed;
  const seen = entries.filter(({ event }, at) => {
    return SEEN_OUTSIDE.includes(event.kind) && !isPublishedAnew(entries.slice(at + 1), event);
  });
  const looked = entries.flatMap(({ event }) =>
    event.kind === "smoked" ? [`${event.status}, live: ${event.live}`] : [],
  );
  return [
    { name, says: `stands at ${entries.at(-1)?.stage}` },
    ...seen.map(({ event }) => ({ name: `${issue}, ${event.kind}`, says: "" })),
    { name: `${issue}, looked at in production`, says: [...new Set(looked)].sort().join("; ") },
  ];
}

/** What stands on a pull request is what was published there last. */
function isPublishedAnew(later: readonly SealedEntry[], event: LedgerEvent): boolean {
  return (
    event.kind === "published" &&
    later.some((one) => {
      return one.event.kind === "published" && one.event.pullRequest === event.pullRequest;
    })
  );
}

/** What a person closed was never merged, and is gone on with by nobody. */
function isLeft({ state, pull }: Portrait["issues"][string]): boolean {
  return state === "closed" && pull?.isMerged === false;
}

function pullsOf({ issues, branches }: Portrait): readonly Thing[] {
  return Object.values(issues).flatMap((issue): readonly Thing[] => {
    const { pull, state, title, body, labels } = issue;
    if (pull === undefined || isLeft(issue)) return [];
    const { head, threads, ...rest } = pull;
    const name = `pull request of ${familyOf(head)}`;
    const tree = branches[head] === undefined ? "gone" : "there";
    const says = { ...rest, state, labels, title: plain(title), body: plain(body), tree };
    return [
      { name, says: JSON.stringify(says) },
      ...threads.map((said) => ({ name: `${name}, in a thread of ${firstLine(said)}`, says: "" })),
      ...issue.comments.flatMap((comment) => ofComment(name, comment)),
    ];
  });
}

function familyOf(branch: string): string {
  const lease = leaseOfBranch(branch);
  return lease === undefined ? branch.replace(/-\d+$/, "-*") : `issue ${lease.issue}`;
}

/** A branch of an attempt that nobody opened a pull request for, and that another attempt of its issue came after. */
function isBehind(
  name: string,
  { branches, issues }: Pick<Portrait, "branches" | "issues">,
): boolean {
  const lease = leaseOfBranch(name);
  if (lease === undefined || Object.values(issues).some(({ pull }) => pull?.head === name)) {
    return false;
  }
  return Object.keys(branches).some((other) => {
    const later = leaseOfBranch(other);
    return later?.issue === lease.issue && later.attempt > lease.attempt;
  });
}

/** Branches that are nobody's head, and hold anything. */
function strayBranches({ branches, issues, history }: Portrait): readonly Thing[] {
  const heads = new Set(Object.values(issues).flatMap(({ pull }) => pull?.head ?? []));
  const bases = new Set(history.map((line) => line.split(" ")[0]));
  return Object.entries(branches)
    .filter(([name, tree]) => !heads.has(name) && !bases.has(tree))
    .filter(([name]) => !isBehind(name, { branches, issues }))
    .map(([name]) => ({ name: `branch of ${familyOf(name)} without a pull request`, says: "" }));
}

function firstLine(text: string): string {
  return plain(text.split("\n")[0] ?? "");
}

/** Without the numbers that whoever comes later has other ones of. */
function plain(text: string): string {
  return text
    .replaceAll(/\/actions\/runs\/\d+/g, "/actions/runs/*")
    .replaceAll(/issuecomment-\d+/g, "issuecomment-*")
    .replaceAll(/\b[0-9a-f]{40}\b/g, "*")
    .replaceAll(/\b(?=[a-f]*\d)[0-9a-f]{7,12}\b/g, "*")
    .replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, "")
    .replaceAll(/^\*\*What it takes:\*\* .*$/gm, "")
    .replaceAll(/(?:#|pull\/|pull request |attempt )\d+/gi, "#*");
}

export interface Difference {
  /** Things that stand there more often than they should. */
  readonly doubled: readonly string[];
  /** Things that should stand there and do not. */
  readonly lost: readonly string[];
  /** Things that say something else: name, expected, found. */
  readonly changed: readonly (readonly [string, string, string])[];
}

export function differenceOf(expected: readonly Thing[], found: readonly Thing[]): Difference {
  const isByPerson = mergedByPerson(found) > mergedByPerson(expected);
  const same = isByPerson ? whoeverMerged : (things: readonly Thing[]) => things;
  const [wanted, there] = [byName(same(expected)), byName(same(found))];
  const names = [...new Set([...wanted.keys(), ...there.keys()])];
  const more = names.flatMap((name) => Array<string>(surplus(there, wanted, name)).fill(name));
  const less = names.flatMap((name) => Array<string>(surplus(wanted, there, name)).fill(name));
  const changed = names.flatMap((name) => {
    const [before = [], after = []] = [wanted.get(name), there.get(name)];
    if (before.length !== after.length || before.join("\n") === after.join("\n")) return [];
    return [[name, before.join("\n"), after.join("\n")] as const];
  });
  return { doubled: more, lost: less, changed };
}

const MERGED_BY = /"mergedBy":"([^"]*)"/;

function mergedByPerson(things: readonly Thing[]): number {
  return things.filter(({ says }) => MERGED_BY.exec(says)?.[1] === "OWNER").length;
}

function whoeverMerged(things: readonly Thing[]): readonly Thing[] {
  return things
    .filter(({ name }) => name !== "deploy")
    .map(({ name, says }) => ({ name, says: says.replace(MERGED_BY, '"mergedBy":"somebody"') }));
}

export function isSame({ doubled, lost, changed }: Difference): boolean {
  return doubled.length + lost.length + changed.length === 0;
}

function byName(things: readonly Thing[]): ReadonlyMap<string, readonly string[]> {
  const groups = Map.groupBy(things, ({ name }) => name);
  return new Map([...groups].map(([name, some]) => [name, some.map(({ says }) => says).sort()]));
}

function surplus(
  one: ReadonlyMap<string, readonly string[]>,
  other: ReadonlyMap<string, readonly string[]>,
  name: string,
): number {
  return Math.max(0, (one.get(name)?.length ?? 0) - (other.get(name)?.length ?? 0));
}
