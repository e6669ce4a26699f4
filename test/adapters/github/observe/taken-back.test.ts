import { describe, expect, test } from "vitest";
import { REPOSITORY, type Script, scriptedApi, steps } from "../scripted-api.ts";

const UNTIL = "2026-11-20T00:00:00Z";

function pull(number: number, change: object = {}) {
  return {
    number,
    head: { ref: `factory/${number}-1-revert` },
    merged_at: "2026-11-10T09:00:00Z",
    updated_at: "2026-11-10T09:00:00Z",
    ...change,
  };
}

async function observe(script: Script) {
  const api = scriptedApi({ ...REPOSITORY, ...script });
  const takenBack = { until: UNTIL, days: 14 };
  const seen = await api.github.observe({ issues: [], prefix: "factory:", takenBack });
  return { ...seen, calls: api.calls.map(({ path }) => path) };
}

describe("what was taken back lately", () => {
  test("are the merges of the factory's own reverts in that time, with the paths that they touched", async () => {
    const { takenBack, calls } = await observe({
      "GET /pulls": [
        pull(3),
        pull(4, { head: { ref: "factory/4-1" } }),
        pull(5, { head: { ref: "my-revert" } }),
        pull(6, { merged_at: null }),
        pull(7, { merged_at: "2026-11-05T09:00:00Z" }),
      ],
      "GET /pulls/3/files": [{ filename: "a.ts" }, { filename: "c.ts", previous_filename: "b.ts" }],
    });
    const paths = ["a.ts", "c.ts", "b.ts"];
    expect(takenBack).toEqual({
      known: [{ pullRequest: 3, mergedAt: "2026-11-10T09:00:00Z", paths }],
    });
    expect(calls).toContain("/pulls?state=closed&sort=updated&direction=desc&per_page=100&page=1");
  });

  test("are looked for as far back as that time, and no further", async () => {
    const others = { head: { ref: "feature" } };
    const first = Array.from({ length: 100 }, (_, at) => pull(at + 1, others));
    const old = Array.from({ length: 100 }, (_, at) =>
      pull(at + 101, { ...others, updated_at: "2026-11-01T09:00:00Z" }),
    );
    const { takenBack, calls } = await observe({ "GET /pulls": steps(first, old) });
    expect(takenBack).toEqual({ known: [] });
    expect(calls.filter((path) => path.startsWith("/pulls?"))).toHaveLength(2);
  });

  test.each([
    ["more pull requests changed than are read", 100, "feature", /^more than 300 pull requests/],
    ["more was taken back than is read", 11, "factory/1-1-revert", /^more than 10 merges/],
  ])("are not known where %s", async (_, count, ref, unknown) => {
    const page = Array.from({ length: count }, (_one, at) => pull(at + 1, { head: { ref } }));
    const { takenBack } = await observe({ "GET /pulls": steps(page) });
    expect(takenBack).toEqual({ unknown: expect.stringMatching(unknown) });
  });
});
