import { expect, test } from "vitest";
import { ownLabels } from "../../../src/domain/label.ts";
import { creationsIn } from "../../../src/twin/github/graphql/changes.ts";
import { factsOf, WHOLE_LINE } from "../jobs.ts";
import { PATIENCE_MS, REPOSITORY, raise, submit, type World } from "../rig.ts";
import { sentBack } from "../sent-back.ts";
import { standing } from "../standing.ts";

test(
  "the conductor plays the jobs of a real line, in their order and with their permissions",
  async () => {
    await using world = await raise();
    const issue = await submit(world);
    const runs = world.twin.runner.runs();
    expect(factsOf(runs.flatMap(({ jobs }) => jobs))).toEqual(WHOLE_LINE);
    expect(runs.map(({ conclusion }) => conclusion)).toEqual(["success"]);
    const { stages, state, events } = await standing(world, issue);
    expect({ stages, state }).toEqual({ stages: ["done"], state: "closed" });
    expect(events).toEqual(
      "submitted proposed approved claimed published merged smoked".split(" "),
    );
    expect(requestsOf(world)).toEqual({ ...REQUESTS, propose: FIRST_PROPOSE });
  },
  PATIENCE_MS,
);

test(
  "an issue's whole life takes twelve requests, three of which create content",
  async () => {
    await using world = await raise();
    for (const name of ownLabels("factory:")) await world.send("POST", "/labels", { name });
    await submit(world);
    expect(requestsOf(world)).toEqual(REQUESTS);
    const all = Object.values(REQUESTS);
    expect(all.reduce((sum, job) => sum + job.all, 0)).toBe(12);
    expect(all.reduce((sum, job) => sum + job.creating, 0)).toBe(3);
  },
  PATIENCE_MS,
);

test(
  "a round of rework takes four requests more, none of which creates content",
  async () => {
    await using world = await raise({ scripts: ["two-attempts", "rework"] });
    for (const name of ownLabels("factory:")) await world.send("POST", "/labels", { name });
    const issue = await submit(world);
    const { events } = await standing(world, issue);
    expect(events.filter((kind) => kind === "sent-back")).toHaveLength(1);
    const asked = requestsOf(world);
    expect(asked).toEqual({
      ...REQUESTS,
      // A look; ledger and labels. No doorbell: the next round of the same run goes on.
      settle: { all: REQUESTS.settle.all + 2, creating: 1 },
      claim: { all: REQUESTS.claim.all * 2, creating: 0 },
    });
    expect(sum(asked, "all") - sum(REQUESTS, "all")).toBe(4);
    expect(sum(asked, "creating")).toBe(sum(REQUESTS, "creating"));
  },
  PATIENCE_MS,
);

test(
  "a round that a run has no job for takes six, since a doorbell is rung and answered",
  async () => {
    const roles = await sentBack(3);
    await using world = await raise({ roles, config: { limits: { attempts: 4 } } });
    for (const name of ownLabels("factory:")) await world.send("POST", "/labels", { name });
    const issue = await submit(world);
    const { events } = await standing(world, issue);
    expect(events.filter((kind) => kind === "sent-back")).toHaveLength(3);
    const asked = requestsOf(world);
    expect(asked.route).toEqual({ all: 1, creating: 0 });
    expect(sum(asked, "all") - sum(REQUESTS, "all")).toBe(4 + 4 + 6);
    expect(sum(asked, "creating")).toBe(sum(REQUESTS, "creating"));
  },
  PATIENCE_MS,
);

function sum(jobs: Readonly<Record<string, Asked>>, of: keyof Asked): number {
  return Object.values(jobs).reduce((all, job) => all + job[of], 0);
}

/** All requests, and what of content they create. */
interface Asked {
  readonly all: number;
  readonly creating: number;
}

/**
 * What each job of the happy line asks of GitHub, by the owner of a repository: `all` requests and those of them that create
 * content. It fails when the line asks more; when it asks less, write that down.
 */
const REQUESTS = {
  // A look, with what the day has cost so far.
  open: { all: 1, creating: 0 },
  // A look; contract, ledger and labels in one document.
  propose: { all: 2, creating: 2 },
  // A look; branch, ledger and labels in one document.
  claim: { all: 2, creating: 0 },
  // A look; the commit on its branch; the pull request, whose answer is a look; check runs and merge in one document;
  // ledger and labels.
  settle: { all: 5, creating: 1 },
  // A look; ledger, labels and closing in one document.
  record: { all: 2, creating: 0 },
};

/** The first issue of a repository that has none of the factory's labels yet: they come to be with the contract. */
const FIRST_PROPOSE = { all: 3, creating: 2 };

function requestsOf(world: World): Readonly<Record<string, Asked>> {
  const jobs = world.twin.runner.runs().flatMap((run) => run.jobs);
  const asked = world.twin.github.requests().filter(({ route }) => !route.startsWith("git:"));
  const entries = jobs.flatMap(({ id, name }) => {
    const own = asked.filter(({ jobId }) => jobId === String(id));
    const creating = own.reduce((sum, request) => sum + creationsIn(request), 0);
    return own.length === 0 ? [] : [[name, { all: own.length, creating }] as const];
  });
  // The first job of intake opens before its worker reads.
  const counts: Record<string, Asked> = {};
  for (const [job, { all, creating }] of entries) {
    const name = job === "intake-normalize" ? "open" : job;
    const before = counts[name] ?? { all: 0, creating: 0 };
    counts[name] = { all: before.all + all, creating: before.creating + creating };
  }
  return counts;
}

test("what it cannot imitate it refuses", async () => {
  await using world = await raise();
  expect(() => world.twin.github.emitSchedule(REPOSITORY, "17 3 * * *")).toThrow(
    /plays no schedule but the heartbeat's/,
  );
  await expect(world.twin.runner.cancelAll("enough")).rejects.toThrow(/cannot be cancelled/);
});
