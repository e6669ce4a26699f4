import { controlJob, type JobEnd, openingJob, type Site, SKIPPED, workerJob } from "./job.ts";

/** Promises by name: what has one name is done one after the other, as in a concurrency group of the workflows. */
export type Groups = <Result>(name: string, work: () => Promise<Result>) => Promise<Result>;

export function createGroups(): Groups {
  const last = new Map<string, Promise<unknown>>();
  return (name, work) => {
    const next = (last.get(name) ?? Promise.resolve()).then(work, work);
    last.set(
      name,
      next.catch(() => undefined),
    );
    return next;
  };
}

interface Payload {
  readonly issue?: { readonly number: number; readonly pull_request?: unknown };
  readonly label?: { readonly name: string };
  readonly comment?: { readonly body: string; readonly author_association: string };
}

function isFamiliarApproval({ issue, comment }: Payload): boolean {
  if (comment?.body.startsWith("/factory approve") !== true || issue?.pull_request) return false;
  return ["OWNER", "MEMBER", "COLLABORATOR"].includes(comment.author_association);
}

/** What `factory.yml` does with an event: which jobs follow which stands in the workflows, and is tested on the twin's runner. */
export async function playFactory(site: Site, groups: Groups): Promise<void> {
  const { event } = site.run;
  const payload = event.payload as Payload;
  if (event.name === "schedule") {
    await playBeat(site, groups);
    return;
  }
  const approves = event.name === "issue_comment" && isFamiliarApproval(payload);
  const routed = event.name === "issues" || approves ? SKIPPED : await controlJob(site, "route");
  const next = routed.outputs.get("next");
  const issue = routed.outputs.get("issue") ?? String(payload.issue?.number ?? "");
  const queued = event.action === "labeled" && payload.label?.name === "factory:queued";
  const taken =
    next === "intake" || queued
      ? await groups(`issue-${issue}`, () => playIntake(site, issue))
      : SKIPPED;
  if (next === "line" || taken.outputs.get("next") === "line" || approves) {
    await playRounds(site, { issue, staged: taken, groups });
  }
  await playRouted(site, { issue, order: routed, groups });
}

/** What starts from an order of route's own. */
async function playRouted(site: Site, given: Parameters<typeof playRelease>[1]): Promise<void> {
  const next = given.order.outputs.get("next");
  if (next === "release") await playRelease(site, given);
  if (next === "unblock") await playUnblock(site, given.order);
}

/** `unblock.yml` */
async function playUnblock(site: Site, order: JobEnd): Promise<void> {
  const implement = await workerJob(site, "implement", order);
  const verify = isDone(implement)
    ? await workerJob(site, "verify", order, { implement })
    : SKIPPED;
  await controlJob(site, "unblock-settle", { order, workers: { implement, verify } });
}

async function playBeat(site: Site, groups: Groups): Promise<void> {
  const beat = await controlJob(site, "heartbeat");
  if (beat.outputs.get("next")?.endsWith("board")) {
    await groups("board", () => controlJob(site, "board"));
  }
}

/** `intake.yml` */
async function playIntake(site: Site, issue: string): Promise<JobEnd> {
  const opened = await openingJob(site, issue);
  return controlJob(site, "propose", {
    issue,
    order: opened,
    workers: { "intake-normalize": opened },
  });
}

interface Attempted {
  readonly issue: string;
  readonly staged: JobEnd;
  readonly groups: Groups;
}

/** How often `factory.yml` calls `line.yml` in one run. */
const ROUNDS = 3;

/** An attempt that is sent back continues in the same run. Each round requests the group of its issue again. */
async function playRounds(site: Site, given: Attempted): Promise<void> {
  const { issue, groups } = given;
  for (let number = 1; number <= ROUNDS; number += 1) {
    const staged = number === 1 ? given.staged : SKIPPED;
    const round = { number, left: ROUNDS - number };
    const settle = await groups(`issue-${issue}`, () =>
      playAttempt(site, { ...given, staged, round }),
    );
    if (settle.outputs.get("next") !== "line") return;
  }
}

/** `line.yml` */
async function playAttempt(
  site: Site,
  given: Attempted & { readonly round: { readonly number: number; readonly left: number } },
): Promise<JobEnd> {
  const { issue, staged, groups, round } = given;
  const claim = await groups("start", () => controlJob(site, "claim", { issue, staged, round }));
  const next = claim.outputs.get("next");
  if (next !== "line" && next !== "verify") return SKIPPED;
  const implement = await workerJob(site, "implement", claim);
  const verify = isDone(implement)
    ? await workerJob(site, "verify", claim, { implement })
    : SKIPPED;
  const review =
    next === "line" && isDone(verify)
      ? await workerJob(site, "review", claim, { implement, verify })
      : SKIPPED;
  const workers = { implement, verify, review };
  const settle = await groups("merge", () =>
    controlJob(site, "settle", { issue, order: claim, staged: claim, workers, round }),
  );
  if (settle.outputs.get("next") === "release") {
    await playRelease(site, { issue, order: settle, groups });
  }
  return settle;
}

/** `post-merge-smoke.yml` */
async function playSmoke(site: Site, issue: string, order: JobEnd): Promise<JobEnd> {
  const smoke = await workerJob(site, "post-merge-smoke", order);
  return controlJob(site, "record", { issue, order, workers: { "post-merge-smoke": smoke } });
}

/** `post-merge-smoke.yml`, and `revert.yml` where that asks for it */
async function playRelease(
  site: Site,
  given: { readonly issue: string; readonly order: JobEnd; readonly groups: Groups },
): Promise<void> {
  const { issue, order, groups } = given;
  const record = await playSmoke(site, issue, order);
  if (record.outputs.get("next") !== "revert") return;
  const verify = await workerJob(site, "verify", record);
  const revert = await groups("merge", () =>
    controlJob(site, "revert", { issue, order: record, workers: { verify } }),
  );
  if (revert.outputs.get("next") === "release") await playSmoke(site, issue, revert);
}

function isDone({ outputs }: JobEnd): boolean {
  return outputs.get("outcome") === "done";
}
