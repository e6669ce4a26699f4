import { expect, test, vi } from "vitest";
import { PATIENCE_MS, REPOSITORY, raise, submit, type World } from "../rig.ts";

const ELSEWHERE = "OWNER/elsewhere";

async function beat(world: World): Promise<void> {
  world.twin.github.emitSchedule(REPOSITORY, "41 * * * *");
  await world.idle();
}

/** The next hour in which a beat looks whether this issue is gone. */
function hourOf(issue: number): Date {
  const hour = Math.floor(Date.now() / 3_600_000);
  return new Date((hour + ((((issue - hour) % 24) + 24) % 24)) * 3_600_000 + 60_000);
}

test(
  "the pull request of an issue that was transferred says so, once",
  async () => {
    await using world = await raise({ config: { trust: { default: "open-pr" } } });
    const issue = await submit(world);
    const [pull] = await world.get<readonly { number: number }[]>("/pulls");
    const number = pull?.number ?? 0;
    await world.twin.github.createRepository(ELSEWHERE, {
      defaultBranch: "main",
      collaborators: {},
    });
    const there = await world.twin.github.transferIssue({
      ...{ from: REPOSITORY, number: issue, to: ELSEWHERE },
    });
    await world.idle();
    const answer = await fetch(`${world.twin.github.url}/repos/${REPOSITORY}/issues/${issue}`, {
      redirect: "manual",
    });
    expect(answer.status).toBe(301);
    expect(answer.headers.get("location")).toContain(`/repos/${ELSEWHERE}/issues/${there}`);
    const jobs = () => world.twin.runner.runs().map((run) => run.jobs.map(({ name }) => name));
    const before = jobs().length;
    vi.useFakeTimers({ toFake: ["Date"], now: hourOf(issue) });
    try {
      await beat(world);
      await beat(world);
    } finally {
      vi.useRealTimers();
    }
    expect(jobs().slice(before)).toEqual([["heartbeat"], ["route"], ["heartbeat"], ["route"]]);
    const said = await world.get<readonly { body: string }[]>(`/issues/${number}/comments`);
    const gone = said.filter(({ body }) => body.startsWith("### Millwright · the issue of this"));
    expect(gone).toHaveLength(1);
    expect(gone[0]?.body).toContain(`${ELSEWHERE}/issues/${there}`);
    expect(gone[0]?.body).toContain(`delete \`factory/${issue}-1\``);
    const moved = await world.twin.request("GET", `/repos/${ELSEWHERE}/issues/${there}`);
    expect(moved).toMatchObject({ state: "open", labels: [] });
  },
  PATIENCE_MS,
);
