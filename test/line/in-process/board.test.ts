import { expect, test } from "vitest";
import { PATIENCE_MS, REPOSITORY, raise } from "../rig.ts";

interface Listed {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly user: { readonly login: string };
}

test(
  "a beat opens the board where the config asks for one, and the next leaves it as it is",
  async () => {
    await using world = await raise({ config: { board: true } });
    const beat = async () => {
      world.twin.github.emitSchedule(REPOSITORY, "41 * * * *");
      await world.idle();
    };
    await beat();
    await beat();
    const runs = world.twin.runner.runs();
    expect(runs.map(({ conclusion }) => conclusion)).toEqual(["success", "success"]);
    expect(runs.map(({ jobs }) => jobs.map(({ name }) => name))).toEqual([
      ["heartbeat", "board"],
      ["heartbeat"],
    ]);
    const issues = await world.get<readonly Listed[]>("/issues");
    expect(issues).toMatchObject([{ title: "Millwright: the board" }]);
    expect(issues[0]?.body).toContain("**The line runs.**");
    expect(issues[0]?.body).toContain("| `factory.yml` | none known |");
    expect(issues[0]?.user.login).toBe("github-actions[bot]");
    expect(requestsOf(world)).toEqual({ heartbeat: 2, board: 6 });
  },
  PATIENCE_MS,
);

function requestsOf(world: Awaited<ReturnType<typeof raise>>) {
  const jobs = world.twin.runner.runs().flatMap(({ jobs: ran }) => ran);
  const asked = world.twin.github.requests();
  return Object.fromEntries(
    ["heartbeat", "board"].map((name) => {
      const ids = new Set(jobs.filter((job) => job.name === name).map(({ id }) => String(id)));
      return [name, asked.filter(({ jobId }) => jobId !== undefined && ids.has(jobId)).length];
    }),
  );
}
