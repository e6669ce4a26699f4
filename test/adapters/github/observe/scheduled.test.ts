import { describe, expect, test } from "vitest";
import { REPOSITORY, reply, scriptedApi, steps } from "../scripted-api.ts";

const ASKED = "GET /actions/runs";
const run = (conclusion: string | null) => ({
  id: 5,
  path: ".github/workflows/night.yml",
  created_at: "2026-11-20T03:17:00Z",
  conclusion,
});

async function look(answer: unknown, scheduled = true) {
  const api = scriptedApi({ ...REPOSITORY, [ASKED]: steps(answer) });
  const snapshot = await api.github.observe({ issues: [], prefix: "factory:", scheduled });
  const asked = api.calls.filter(({ path }) => path.startsWith("/actions/runs"));
  return { scheduled: snapshot.scheduled, asked: asked.map(({ path }) => path) };
}

describe("the last runs of schedules", () => {
  test("are one request for all workflows", async () => {
    const { scheduled, asked } = await look({ workflow_runs: [run(null), run("failure")] });
    const { path, created_at: at } = run(null);
    expect(scheduled).toEqual({
      known: [
        { path, at, conclusion: null },
        { path, at, conclusion: "failure" },
      ],
    });
    expect(asked).toEqual(["/actions/runs?event=schedule&per_page=100"]);
  });

  test("are not asked for by anybody else", async () => {
    expect(await look({ workflow_runs: [] }, false)).toEqual({ scheduled: undefined, asked: [] });
  });

  test("are unknown to a token that may not see runs", async () => {
    const refused = reply(403, { message: "Resource not accessible by integration" });
    const { scheduled } = await look(refused);
    expect(scheduled).toEqual({
      unknown: expect.stringContaining("Resource not accessible by integration"),
    });
  });
});
