import { expect, test } from "vitest";
import { createGitHub } from "../../../src/adapters/github/create-github.ts";
import { runInMode } from "../../../src/control/loop/run-in-mode.ts";
import { createFakeClock } from "../../fakes/clock.ts";
import { createWorld, REPOSITORY } from "../../twin/github/world.ts";
import { checkedFetch } from "./checked-fetch.ts";

const IDENTITY = { id: 41_898_282, login: "github-actions[bot]" };
/** Of the hour's thousand: what a beat may ask where nothing has changed. */
const MOST_REQUESTS = 12;

test("a beat over a thousand open issues that have not changed asks at most twelve requests, and writes none", async () => {
  await using world = await createWorld();
  await world.commit({ ".github/factory.yml": "version: 1\nboard: true\n" });
  const route = "POST /repos/{owner}/{repo}/issues";
  const stages = [["factory:proposed"], ["factory:done"], ["bug"], []];
  for (let issue = 0; issue < 1_000; issue += 1) {
    const labels = stages[issue % stages.length] ?? [];
    await world.ask(world.owner.token, route, { title: `Issue ${issue}`, body: "Do it", labels });
  }
  const github = createGitHub({
    token: world.job({
      contents: "read",
      issues: "read",
      "pull-requests": "read",
      actions: "write",
    }),
    repository: REPOSITORY,
    apiUrl: world.github.url,
    identity: IDENTITY,
    retryDelayMs: 1,
    request: checkedFetch({ apiUrl: world.github.url }),
  });
  const before = world.github.requests().length;
  const input = {
    task: "heartbeat",
    run: {
      id: 7,
      attempt: 1,
      repository: REPOSITORY,
      workflowFile: "factory.yml",
      serverUrl: "https://github.com",
      actor: { ...IDENTITY, type: "Bot" },
    },
    event: { name: "schedule", payload: {} },
    proposals: [],
    sealKey: "a-key-that-opens-nothing-".repeat(2),
    identity: IDENTITY,
  } as const;
  const result = await runInMode(input, { github, clock: createFakeClock() });
  expect(result).toMatchObject({ ok: true, effects: [], refusals: [] });
  const asked = world.github.requests().slice(before);
  expect(asked.length).toBeGreaterThanOrEqual(10);
  expect(asked.length).toBeLessThanOrEqual(MOST_REQUESTS);
  expect(asked.filter(({ status }) => status >= 400)).toEqual([]);
});
