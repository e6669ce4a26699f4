import { leaseOfBranch } from "../../domain/lease.ts";
import { isAgentAddress } from "./agents.ts";
import type { GitHubExport } from "./github-export.ts";
import type { Deployment, IssueFacts, Merge, Told, Writer } from "./history.ts";
import { present } from "./present.ts";

type Pull = GitHubExport["pulls"][number];
/** A pull request that was merged into the default branch. */
type Merged = Pull & { readonly merged_at: string; readonly merge_commit_sha: string };

/** GitHub's own words in a pull request that reverts another one. */
const REVERTS_PULL = /^Reverts (?:[\w.-]+\/[\w.-]+)?#([1-9][0-9]{0,9})\s*$/gm;
const REVERTS = /^(?:This reverts commit |Reverts: )([0-9a-f]{40})\b/gm;

/** Pull requests merged into the default branch, in the order of their merges. */
export function mergesOfExport(found: GitHubExport, agents: readonly string[]): readonly Merge[] {
  const merged = found.pulls
    .filter((pull): pull is Merged => isMerged(pull, found.repository.default_branch))
    .toSorted((left, right) => left.merged_at.localeCompare(right.merged_at));
  const takenBack = takenBackIn(found, merged);
  const seen = personsIn(found);
  return merged.map((pull) => {
    const { number } = pull;
    const id = `#${number}`;
    return {
      ...{ id, commit: pull.merge_commit_sha, mergedAt: inUtc(pull.merged_at) },
      writer: writerOf(found, pull, agents),
      ...present({
        issue: leaseOfBranch(pull.head.ref)?.issue,
        begunAt: begunAtOf(found, number),
        person: seen && (seen.has(number) || isPerson(pull.merged_by)),
        takenBackAt: takenBack.get(id),
        repairs: revertsOf(found, pull).length > 0 ? (true as const) : undefined,
        lines: linesOf(found, number),
      }),
    } satisfies Merge;
  });
}

function linesOf({ pull_files }: GitHubExport, number: number): Merge["lines"] {
  return pull_files?.[number]?.map(({ filename, additions }) => {
    return { path: filename, added: additions };
  });
}

function isMerged({ merged_at, merge_commit_sha, base }: Pull, branch: string): boolean {
  return merged_at !== null && merge_commit_sha !== null && base.ref === branch;
}

/** One form of time, so that times compare as texts. */
function inUtc(at: string): string {
  return new Date(at).toISOString().replace(/\.000Z$/, "Z");
}

function begunAtOf({ pull_commits }: GitHubExport, number: number): string | undefined {
  const dates = (pull_commits?.[number] ?? []).flatMap(({ commit }) =>
    commit.author === null ? [] : [inUtc(commit.author.date)],
  );
  return dates.toSorted()[0];
}

/** Writers: the person who opened it, and the authors of its commits. */
function writerOf(
  { pull_commits }: GitHubExport,
  { number, user }: Pull,
  agents: readonly string[],
): Writer {
  const commits = pull_commits?.[number] ?? [];
  const byAgent = [
    ...(user === null ? [] : [user.type === "Bot" || agents.includes(user.login)]),
    ...commits.flatMap(({ commit }) =>
      commit.author === null ? [] : [isAgentAddress(commit.author.email, agents)],
    ),
  ];
  if (byAgent.length > 0 && byAgent.every(Boolean)) return "agent";
  return byAgent.some(Boolean) ? "both" : "person";
}

function isPerson(user: GitHubExport["pulls"][number]["user"] | undefined): boolean {
  return user?.type === "User";
}

/** Pull requests that a person other than the opener has reviewed; undefined if reviews were not listed. */
function personsIn({ reviews, pulls }: GitHubExport): ReadonlySet<number> | undefined {
  if (reviews === undefined) return undefined;
  const openedBy = new Map(pulls.map(({ number, user }) => [number, user?.login]));
  const read = reviews.flatMap(({ pull_request_url, user }) => {
    const number = Number(/\/([0-9]+)$/.exec(pull_request_url)?.[1]);
    return isPerson(user) && openedBy.get(number) !== user?.login ? [number] : [];
  });
  const own = pulls.filter(({ user }) => isPerson(user)).map(({ number }) => number);
  return new Set([...read, ...own]);
}

function takenBackIn(found: GitHubExport, merged: readonly Merged[]): ReadonlyMap<string, string> {
  const takenBack = new Map<string, string>();
  for (const pull of merged) {
    for (const id of revertsOf(found, pull)) {
      if (!takenBack.has(id)) takenBack.set(id, inUtc(pull.merged_at));
    }
  }
  return takenBack;
}

/** Pull requests that this one reverts: by GitHub's words in its text, or by the ids of their merges in its commits. */
function revertsOf(
  found: GitHubExport,
  { number, body, merge_commit_sha }: Pull,
): readonly string[] {
  const byCommit = new Map(found.pulls.map((pull) => [pull.merge_commit_sha, `#${pull.number}`]));
  const commits = [
    ...(found.pull_commits?.[number] ?? []),
    ...(found.commits ?? []).filter(({ sha }) => sha === merge_commit_sha),
  ];
  const ids = commits
    .flatMap(({ commit }) => [...commit.message.matchAll(REVERTS)])
    .flatMap(([, id = ""]) => byCommit.get(id) ?? []);
  const pulls = [...(body ?? "").matchAll(REVERTS_PULL)].map(([, other]) => `#${other}`);
  return [...new Set([...pulls, ...ids])].filter((id) => id !== `#${number}`);
}

/** Issues without the pull requests that GitHub lists among them. */
export function issuesOfExport({ issues }: GitHubExport): Told<readonly IssueFacts[]> {
  if (issues === undefined) return { untold: "no-issues" };
  return {
    known: issues
      .filter(({ pull_request }) => pull_request === undefined)
      .map((issue) => ({
        ...{ number: issue.number, title: issue.title },
        ...{ openedAt: inUtc(issue.created_at), updatedAt: inUtc(issue.updated_at) },
        labels: issue.labels.map((label) => (typeof label === "string" ? label : label.name)),
        ...(issue.closed_at === null ? {} : { closedAt: inUtc(issue.closed_at) }),
        ...(issue.milestone === null ? {} : { milestone: issue.milestone.title }),
      })),
  };
}

const ENDED: readonly string[] = ["success", "failure", "error"];

/** Deployments with a reported end, in the order of their ends. A failed one is recovered by the next success in its environment. */
export function deploymentsOfExport({
  deployments,
}: Pick<GitHubExport, "deployments">): Told<readonly Deployment[]> {
  if (deployments === undefined) return { untold: "no-deployments" };
  const ended = deployments
    .flatMap(({ sha, environment, statuses }) => {
      const last = statuses
        .filter(({ state }) => ENDED.includes(state))
        .toSorted((left, right) => left.created_at.localeCompare(right.created_at))
        .at(0);
      return last === undefined
        ? []
        : [{ sha, environment, at: inUtc(last.created_at), isWell: last.state === "success" }];
    })
    .toSorted((left, right) => left.at.localeCompare(right.at));
  return {
    known: ended.map(({ sha, environment, at, isWell }) => {
      const recovered = ended.find(
        (one) => one.at > at && one.environment === environment && one.isWell,
      );
      return {
        ...{ commit: sha, at, outcome: isWell ? "well" : "failed" },
        ...(isWell || recovered === undefined ? {} : { recoveredAt: recovered.at }),
      } satisfies Deployment;
    }),
  };
}

/** Each time that an issue had the andon's label, between GitHub's events of adding and removing it. */
export function labelSpans(
  events: GitHubExport["events"],
  label: string,
): Told<readonly { readonly issue: number; readonly from: string; readonly until?: string }[]> {
  if (events === undefined) return { untold: "no-events" };
  const inOrder = events.toSorted((left, right) => left.created_at.localeCompare(right.created_at));
  const put = inOrder.filter((one) => one.event === "labeled" && isLabel(one.label?.name, label));
  return {
    known: put.map(({ issue, created_at }) => {
      const gone = inOrder.find(
        (one) =>
          one.issue.number === issue.number &&
          one.created_at > created_at &&
          (one.event === "closed" ||
            (one.event === "unlabeled" && isLabel(one.label?.name, label))),
      );
      return {
        ...{ issue: issue.number, from: inUtc(created_at) },
        ...(gone === undefined ? {} : { until: inUtc(gone.created_at) }),
      };
    }),
  };
}

/** GitHub compares names of labels without case. */
function isLabel(name: string | undefined, label: string): boolean {
  return name?.toLowerCase() === label.toLowerCase();
}
