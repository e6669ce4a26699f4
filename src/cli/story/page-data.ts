import { isOrderOf, type Worker } from "../../domain/order.ts";
import type { Proposal } from "../../domain/proposal.ts";
import { Stage } from "../../domain/stage.ts";
import type { JobRecord } from "../../twin/runner/run/records.ts";
import type { RunPageData, RunPageJob } from "../../wording/pages/run-page/data.ts";
import { ownJobName } from "../shared/job-name.ts";
import { refusalsOf } from "./refusals.ts";
import { isWell, newest, type Story } from "./story.ts";

/** What a machine without GitHub cannot show: said on the page, so that nobody takes it for more than it is. */
const NOT_IMITATED = [
  "real behaviour of a model, where its answers come from a script",
  "GraphQL, Projects, rulesets, environments and OIDC",
  "containers and services, the runner image, actions of the marketplace",
  "the click that a first contribution waits for, webhooks out of order",
];

/** A unified diff of the change, and how it was cut, as the repository port gives it. */
export interface ChangeDiff {
  readonly text: string;
  readonly truncated: boolean;
  readonly changedLines: number;
}

/** The story as the page wants it. */
export function pageOf(
  story: Story,
  run: {
    readonly startedAt: string;
    readonly durationMs: number;
    readonly scripted: boolean;
    readonly sentence: string;
    readonly diff: ChangeDiff | undefined;
  },
): RunPageData {
  const { played } = story;
  const smoke = newest(story, "post-merge-smoke");
  const verdict = newest(story, "review")?.verdict;
  const plan = newest(story, "implement")?.plan;
  const intake = newest(story, "intake-normalize")?.result;
  const draft = newest(story, "failed")?.draft?.files ?? [];
  return {
    repository: { name: story.repository },
    outcome: {
      ok: isWell(story),
      stage: Stage.safeParse(played.stage).data ?? "needs-human",
      sentence: run.sentence,
      ...(story.mode === "staged" && { staged: true as const }),
    },
    startedAt: run.startedAt,
    durationMs: run.durationMs,
    scripted: run.scripted,
    issue: { number: played.issue, ...story.issue, labels: played.labels },
    ...contractOf(story),
    questions: intake?.kind === "questions" ? intake.questions : [],
    ...(plan && { plan }),
    work: workOf(story),
    draft: draft.map(({ path }) => path),
    ...changeOf(story, run.diff),
    evidence: newest(story, "verify")?.evidence ?? [],
    ...(verdict && { verdict }),
    ...(story.risk && { risk: story.risk }),
    gate: story.gate,
    ...(story.authority && { authority: story.authority }),
    ...pullRequestOf(story),
    ...(smoke && { smoke }),
    ledger: story.ledger,
    people: story.people,
    jobs: story.jobs.map(({ job, factory }) => jobOf(job, { factory, startedAt: run.startedAt })),
    usage: story.usage,
    costs: story.proposals.map(costOf),
    requests: countRoutes(story),
    refusals: refusalsOf(story),
    humanActions: played.humanActions,
    notImitated: NOT_IMITATED,
  };
}

function contractOf(story: Story): Pick<RunPageData, "contract"> {
  const order = story.orders.findLast((one) => isOrderOf(one, ["line", "review"]));
  const proposed = story.ledger.findLast(({ event }) => event.kind === "proposed")?.event;
  if (order === undefined) return {};
  return {
    contract: {
      contract: order.contract,
      digest: order.contractDigest,
      version: proposed?.kind === "proposed" ? proposed.version : 1,
      ...approvalOf(story, order.contractDigest),
    },
  };
}

/** Who approved is the author of the comment that did; the ledger alone knows no logins. */
function approvalOf(
  { ledger, people }: Story,
  digest: string,
): Pick<NonNullable<RunPageData["contract"]>, "approvedBy"> {
  const approved = ledger.findLast(
    ({ event }) => event.kind === "approved" && event.contract === digest && event.comment !== 0,
  )?.event;
  if (approved?.kind !== "approved") return {};
  return { approvedBy: people.get(approved.by) ?? `person ${approved.by}` };
}

function pullRequestOf({ pullRequest }: Story): Pick<RunPageData, "pullRequest"> {
  if (pullRequest === undefined) return {};
  const { number, title, headSha, mergeSha } = pullRequest;
  return { pullRequest: { number, title, headSha, ...(mergeSha === null ? {} : { mergeSha }) } };
}

function costOf(proposal: Proposal): RunPageData["costs"][number] {
  const { usage, durationMs } = proposal;
  return { by: workerOf(proposal), usage, durationMs };
}

function workerOf(proposal: Proposal): Worker {
  return proposal.worker === "failed" ? proposal.of : proposal.worker;
}

/** What was read over all attempts, by worker; what ran and what was broken before, of the newest one. */
function workOf(story: Story): RunPageData["work"] {
  const places = new Map<Worker, Set<string>>();
  for (const proposal of story.proposals) {
    if (proposal.read === undefined) continue;
    const worker = workerOf(proposal);
    places.set(worker, new Set([...(places.get(worker) ?? []), ...proposal.read]));
  }
  const implement = newest(story, "implement");
  return {
    read: [...places].map(([by, all]) => ({ by, places: [...all] })),
    ran: implement?.ran ?? [],
    baseline: implement?.baseline ?? [],
    ...(implement?.tests === undefined ? {} : { tests: implement.tests }),
  };
}

function changeOf(story: Story, diff: ChangeDiff | undefined): Pick<RunPageData, "change"> {
  const implement = newest(story, "implement");
  const verify = newest(story, "verify");
  if (implement === undefined || verify === undefined || diff === undefined) return {};
  return {
    change: {
      base: verify.subject.base,
      tree: verify.subject.tree,
      summary: implement.summary,
      assumptions: implement.assumptions,
      ...(implement.leftOut === undefined ? {} : { leftOut: implement.leftOut }),
      diff: diff.text,
      truncated: diff.truncated,
      changedLines: diff.changedLines,
    },
  };
}

function jobOf(
  job: JobRecord,
  run: { readonly factory: boolean; readonly startedAt: string },
): RunPageJob {
  const name = ownJobName(job.name);
  const startMs =
    job.startedAt === null ? 0 : Date.parse(job.startedAt) - Date.parse(run.startedAt);
  const control = job.runsOn === "ubuntu-slim";
  return {
    name,
    kind: run.factory ? (control ? "control" : "worker") : "other",
    result: job.conclusion ?? "cancelled",
    startMs: Math.max(0, startMs),
    durationMs: job.durationMs,
  };
}

function countRoutes(story: Story): RunPageData["requests"] {
  const counts = new Map<string, { method: string; route: string; count: number }>();
  for (const { method, route } of story.requests) {
    const key = `${method} ${route}`;
    const known = counts.get(key) ?? { method, route, count: 0 };
    counts.set(key, { ...known, count: known.count + 1 });
  }
  return [...counts.values()].sort((left, right) => right.count - left.count);
}
