import { expect, test } from "vitest";
import { factsOf, WHOLE_LINE } from "../jobs.ts";
import { PATIENCE_MS, REPOSITORY, raise, submit, type World } from "../rig.ts";
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
    expect(requestsOf(world)).toEqual(REQUESTS);
  },
  PATIENCE_MS,
);

/**
 * What each job of the happy line asks of GitHub, by the owner of a repository: `all` requests and those of them that create
 * content. It fails when the line asks more; when it asks less, write that down.
 */
const REQUESTS = {
  // A look, with what the day has cost so far.
  open: { all: 1, creating: 0 },
  // A look; the contract, with the labels that the repository lacks; ledger and labels in one document.
  propose: { all: 3, creating: 2 },
  // A look; branch, ledger and labels in one document.
  claim: { all: 2, creating: 0 },
  // A look; the commit on its branch; the pull request, whose answer is a look; check runs and merge in one document;
  // ledger and labels.
  settle: { all: 5, creating: 1 },
  // A look; ledger, labels and closing in one document.
  record: { all: 2, creating: 0 },
};

function requestsOf(world: World): Readonly<Record<string, object>> {
  const jobs = world.twin.runner.runs().flatMap((run) => run.jobs);
  const asked = world.twin.github.requests().filter(({ route }) => !route.startsWith("git:"));
  const entries = jobs.flatMap(({ id, name }) => {
    const own = asked.filter(({ jobId }) => jobId === String(id));
    const creating = own.filter(({ createsContent }) => createsContent).length;
    return own.length === 0 ? [] : [[name, { all: own.length, creating }] as const];
  });
  // The first job of intake opens before its worker reads.
  return Object.fromEntries(
    entries.map(([name, count]) => [name === "intake-normalize" ? "open" : name, count]),
  );
}

test("what it cannot imitate it refuses", async () => {
  await using world = await raise();
  expect(() => world.twin.github.emitSchedule(REPOSITORY, "17 3 * * *")).toThrow(
    /plays no schedule but the heartbeat's/,
  );
  await expect(world.twin.runner.cancelAll("enough")).rejects.toThrow(/cannot be cancelled/);
});
