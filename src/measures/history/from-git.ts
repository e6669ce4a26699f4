import { isAgentAddress } from "./agents.ts";
import type { ChangedLines, Merge, Writer } from "./history.ts";
import { present } from "./present.ts";

/** A commit from `git log`; times in ISO 8601. */
export interface GitCommit {
  readonly id: string;
  readonly parents: readonly string[];
  readonly authoredAt: string;
  readonly committedAt: string;
  readonly author: string;
  readonly committer: string;
  /** Addresses of its `Co-authored-by` trailers, as git reads them. */
  readonly coAuthors: readonly string[];
  readonly message: string;
}

export interface GitFacts {
  /** All commits that lead to the head of the default branch. */
  readonly commits: readonly GitCommit[];
  readonly head: string;
  /** Lines that each requested commit on the default branch added, by its id. */
  readonly lines: ReadonlyMap<string, readonly ChangedLines[]>;
  /** Addresses of accounts that are agents, as a person says, besides those of GitHub's apps. */
  readonly agents: readonly string[];
}

/** GitHub's own committer, for merges and squashes in its own name and words. */
const GITHUB = "noreply@github.com";
const MERGED = /^Merge pull request #([1-9][0-9]{0,9}) from /;
const SQUASHED = / \(#([1-9][0-9]{0,9})\)$/;
/** `git revert` writes this sentence, with the whole id; the factory writes this trailer. */
const REVERTS = /^(?:This reverts commit |Reverts: )([0-9a-f]{40})\b/gm;
/** GitHub's own words in a pull request that reverts another one. */
const REVERTS_PULL = /^Reverts (?:[\w.-]+\/[\w.-]+)?#([1-9][0-9]{0,9})\s*$/gm;
/** The trailer in which a commit names the one that it fixes. */
const MENDS = /^Fixes: ([0-9a-f]{7,40})\b/gm;

interface Landing {
  readonly commit: GitCommit;
  readonly id: string;
  /** Commits merged by it; itself if it is no merge. */
  readonly brought: readonly GitCommit[];
}

/** Each step of the default branch, oldest first, as a change of its own. */
export function mergesOfGit(facts: GitFacts): readonly Merge[] {
  const landings = landingsOf(facts);
  const takenBack = takenBackIn(landings);
  const landed = new Set(landings.flatMap(ownIds));
  return landings.map((landing) => {
    const { commit, id, brought } = landing;
    const begunAt = brought.map(({ authoredAt }) => authoredAt).toSorted()[0];
    return {
      ...{ id, commit: commit.id, mergedAt: commit.committedAt },
      writer: writerOf(brought, facts.agents),
      ...present({
        person: isByPerson(landing, facts.agents) ? true : undefined,
        // A wrong clock gives no time.
        begunAt: begunAt !== undefined && begunAt <= commit.committedAt ? begunAt : undefined,
        takenBackAt: takenBack.get(commit.id),
        repairs: doesRepair(landing, landed) ? (true as const) : undefined,
        lines: facts.lines.get(commit.id),
      }),
    } satisfies Merge;
  });
}

/** The default branch by first parents; other commits that first lead to one of them came with it. */
function landingsOf({ commits, head }: GitFacts): readonly Landing[] {
  const byId = new Map(commits.map((commit) => [commit.id, commit]));
  const trunk: GitCommit[] = [];
  for (let at = byId.get(head); at !== undefined; at = byId.get(at.parents[0] ?? "")) {
    trunk.push(at);
  }
  const seen = new Set(trunk.map(({ id }) => id));
  return trunk.toReversed().map((commit) => {
    const brought: GitCommit[] = [];
    const open = commit.parents.slice(1);
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      const found = byId.get(id);
      if (found === undefined || seen.has(id)) continue;
      seen.add(id);
      if (found.parents.length < 2) brought.push(found);
      open.push(...found.parents);
    }
    const id = pullRequestOf(commit) ?? commit.id;
    return { commit, id, brought: brought.length === 0 ? [commit] : brought };
  });
}

/** The pull request that GitHub names in its own message. */
function pullRequestOf({ committer, message }: GitCommit): string | undefined {
  if (committer !== GITHUB) return undefined;
  const [subject = ""] = message.split("\n", 1);
  const number = MERGED.exec(subject)?.[1] ?? SQUASHED.exec(subject)?.[1];
  return number === undefined ? undefined : `#${number}`;
}

/** A change is reverted if its landing commit is, or every commit that came with it. Keyed by the landing commit. */
function takenBackIn(landings: readonly Landing[]): ReadonlyMap<string, string> {
  const byCommit = new Map(landings.flatMap((one) => ownIds(one).map((id) => [id, one] as const)));
  const byPull = new Map(landings.map((one) => [one.id, one]));
  const gone = new Set<string>();
  const isGone = ({ commit, brought }: Landing) =>
    gone.has(commit.id) || brought.every(({ id }) => gone.has(id));
  const takenBack = new Map<string, string>();
  for (const by of landings) {
    // Reverts inside a branch concern commits that never landed.
    const named = revertedBy(by).filter((id) => byCommit.get(id) !== by);
    for (const id of named) gone.add(id);
    const whole = named.flatMap((id) => byCommit.get(id) ?? []).filter(isGone);
    const pulls = pullsRevertedBy(by).flatMap((id) => byPull.get(id) ?? []);
    for (const { commit } of [...whole, ...pulls]) {
      if (!takenBack.has(commit.id)) takenBack.set(commit.id, by.commit.committedAt);
    }
  }
  return takenBack;
}

function ownIds({ commit, brought }: Landing): readonly string[] {
  return [commit, ...brought].map(({ id }) => id);
}

function revertedBy({ commit, brought }: Landing): readonly string[] {
  return [...new Set([commit, ...brought])].flatMap(({ message }) => named(message, REVERTS));
}

function pullsRevertedBy({ commit }: Landing): readonly string[] {
  if (commit.committer !== GITHUB) return [];
  return named(commit.message, REVERTS_PULL).map((number) => `#${number}`);
}

/** A branch that reverts its own commits, or ones rewritten before landing, repairs nothing. */
function doesRepair(landing: Landing, landed: ReadonlySet<string>): boolean {
  const own = new Set(ownIds(landing));
  const takesBack = revertedBy(landing).some((id) => landed.has(id) && !own.has(id));
  const mends = [...new Set([landing.commit, ...landing.brought])].some(
    ({ message }) => named(message, MENDS).length > 0,
  );
  return takesBack || pullsRevertedBy(landing).length > 0 || mends;
}

function named(message: string, pattern: RegExp): readonly string[] {
  return [...message.matchAll(pattern)].map(([, found = ""]) => found);
}

function writerOf(brought: readonly GitCommit[], agents: readonly string[]): Writer {
  const addresses = brought.flatMap(({ author, coAuthors }) => [author, ...coAuthors]);
  const byAgent = addresses.map((address) => isAgentAddress(address, agents));
  if (byAgent.every(Boolean)) return "agent";
  return byAgent.some(Boolean) ? "both" : "person";
}

/** The author of a merge commit merged it; the pusher of an own commit has read it. For a squash, git does not say. */
function isByPerson({ commit }: Landing, agents: readonly string[]): boolean {
  if (isAgentAddress(commit.author, agents)) return false;
  return commit.parents.length > 1 || commit.author === commit.committer;
}
