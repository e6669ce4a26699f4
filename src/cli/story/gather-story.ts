import { weigh } from "../../control/gate/gate.ts";
import { authorityOver } from "../../control/gate/merge-authority.ts";
import { StagedWorld } from "../../domain/github/staged.ts";
import { digestOfOrder, isOrderOf, Order } from "../../domain/order.ts";
import { Proposal } from "../../domain/proposal.ts";
import { addUsage, NO_USAGE } from "../../domain/usage.ts";
import { changeFailures } from "../../measures/changes.ts";
import { restoredAfter } from "../../measures/restored.ts";
import type { RequestRecord } from "../../twin/github/twin-github.ts";
import type { RunRecord } from "../../twin/runner/run/records.ts";
import type { Handover, Twin } from "../../twin/shape.ts";
import { FACTORY_FILE } from "../../twin/shape.ts";
import { sayDoubt, sayOutcome } from "../../wording/checks/gate-sentences.ts";
import { calledIn } from "../../wording/issue/ask-comment.ts";
import { sayAuthority } from "../../wording/issue/asks.ts";
import { runsOfOthers } from "../shared/own-runs.ts";
import type { Played } from "../shared/play-issue.ts";
import { readLedger } from "./read-ledger.ts";
import { newest, type Story } from "./story.ts";

interface IssueAnswer {
  readonly title: string;
  readonly body: string | null;
  readonly user: { readonly id: number; readonly login: string };
}

interface CommentAnswer {
  readonly id: number;
  readonly body: string;
  readonly user: { readonly id: number; readonly login: string };
}

interface PullAnswer {
  readonly number: number;
  readonly title: string;
  readonly merged: boolean;
  readonly merge_commit_sha: string | null;
  readonly head: { readonly ref: string; readonly sha: string };
}

/** Gathers a story when the issue has come to rest. */
export async function gatherStory(options: {
  readonly twin: Twin;
  readonly repository: string;
  readonly played: Played;
  readonly mode: Story["mode"];
  /** Runs that count: those that had started when the issue came to rest. */
  readonly runs: readonly RunRecord[];
  /** How many of the twin's first requests do not. */
  readonly skipped: number;
}): Promise<Story> {
  const { twin, repository, played, mode, skipped } = options;
  const path = `/repos/${repository}/issues/${played.issue}`;
  const issue = (await twin.request("GET", path)) as IssueAnswer;
  const handed = await twin.handovers();
  const others = await runsOfOthers({ twin, repository, beside: played.beside }, handed);
  const runs = options.runs.filter(({ id }) => !others.has(id));
  const ids = new Set(runs.map(({ id }) => id));
  const handovers = handed.filter(({ runId }) => ids.has(runId));
  const orders = handovers
    .filter(({ name }) => name === "order.json")
    .map(({ value }) => Order.parse(value));
  const isAside = ({ kind }: Order) => kind === "revert" || kind === "unblock";
  const aside = new Set(orders.filter(isAside).map(digestOfOrder));
  const all = handovers
    .filter(({ name }) => name !== "order.json" && name !== STAGED)
    .map(({ value }) => Proposal.parse(value));
  // Checks of a revert, or of somebody else's pull request, say nothing about the attempt.
  const proposals = all.filter(({ order }) => !aside.has(order));
  const weighed = weighAgain(orders, proposals);
  const comments = [...(await commentsOf(twin, path)), ...stagedComments(handovers)];
  const ledger = readLedger(comments);
  return {
    played,
    repository,
    issue: { title: issue.title, body: issue.body ?? "", author: issue.user.login },
    orders,
    proposals,
    ledger,
    asked: comments.flatMap(({ body }) => calledIn(body) ?? []),
    restoredMs: restoredAfter(ledger),
    changes: changeFailures([ledger]),
    people: new Map([issue, ...comments].map(({ user }) => [user.id, user.login])),
    mode,
    mergedBy: weighed?.mergedBy,
    authority: weighed?.authority,
    gate: weighed?.lines ?? [],
    risk: weighed?.risk,
    pullRequest: await findPullRequest({ twin, repository, issue: played.issue }),
    jobs: runs.flatMap((run) =>
      run.jobs
        .filter(({ startedAt }) => startedAt !== null)
        .map((job) => ({ job, factory: run.file === FACTORY_FILE })),
    ),
    requests: twin.github
      .requests()
      .slice(skipped, played.requestCount)
      .filter((one) => isOfTheFactory(one) && !others.has(one.runId ?? 0)),
    usage: all.reduce((sum, { usage }) => addUsage(sum, usage), NO_USAGE),
  };
}

/** What the jobs asked of the API: not the person's own requests, not git. */
function isOfTheFactory(request: RequestRecord): boolean {
  return request.runId !== undefined && !request.route.startsWith("git:");
}

async function commentsOf(twin: Twin, path: string): Promise<readonly CommentAnswer[]> {
  return (await twin.request("GET", `${path}/comments?per_page=100`)) as readonly CommentAnswer[];
}

/** What a staged run would have written so far, handed on from job to job. */
const STAGED = "staged.json";

function stagedComments(handovers: readonly Handover[]): readonly CommentAnswer[] {
  const worlds = handovers
    .filter(({ name }) => name === STAGED)
    .map(({ value }) => StagedWorld.parse(value));
  return worlds.flatMap(({ comments }) =>
    comments.map(({ id, body, author }) => ({ id, body, user: author })),
  );
}

async function findPullRequest(of: {
  readonly twin: Twin;
  readonly repository: string;
  readonly issue: number;
}): Promise<Story["pullRequest"]> {
  const { twin, repository, issue } = of;
  const list = (await twin.request(
    "GET",
    `/repos/${repository}/pulls?state=all&per_page=100`,
  )) as readonly PullAnswer[];
  const found = list.find(({ head }) => head.ref.startsWith(`factory/${issue}-`));
  if (found === undefined) return undefined;
  const pull = (await twin.request(
    "GET",
    `/repos/${repository}/pulls/${found.number}`,
  )) as PullAnswer;
  const mergeSha = pull.merged ? pull.merge_commit_sha : null;
  const { number, title, merged } = pull;
  return { number, title, merged, headSha: pull.head.sha, mergeSha };
}

/** The gate's own judgement, decided again from what was handed over: the page shows the same checklist. */
function weighAgain(orders: readonly Order[], proposals: readonly Proposal[]) {
  const order = orders.findLast((one) => isOrderOf(one, ["line"]));
  const implement = newest({ proposals }, "implement");
  const verify = newest({ proposals }, "verify");
  const review = newest({ proposals }, "review");
  if (order === undefined || !implement || !verify || !review) return undefined;
  const { approvedDependencies } = order;
  const gate = {
    order,
    implement,
    verify,
    review,
    approvedDependencies,
    sealed: true,
    baseFiles: [],
  };
  const authority = authorityOver(gate);
  const { doubts, risk, by } = authority;
  const { outcomes, refusals } = weigh(gate);
  const lines = [...outcomes.map(sayOutcome), ...doubts.map(sayDoubt)];
  const because = sayAuthority({ ...authority, sealed: true });
  return {
    lines,
    risk,
    authority: { by, because },
    ...(refusals.length === 0 && { mergedBy: by }),
  };
}
