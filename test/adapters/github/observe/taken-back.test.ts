import { describe, expect, test } from "vitest";
import { pullAnswer, REPOSITORY, type Script, scriptedApi, sha, steps } from "../scripted-api.ts";

const UNTIL = "2026-11-20T00:00:00Z";

function pull(number: number, change: object = {}) {
  return pullAnswer(number, {
    state: "closed",
    head: head(`factory/${number}-1-revert`),
    merged_at: "2026-11-10T09:00:00Z",
    updated_at: "2026-11-10T09:00:00Z",
    ...change,
  });
}

function head(ref: string) {
  return { ref, sha: sha("c") };
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
        pull(4, { head: head("factory/4-1") }),
        pull(5, { head: head("my-revert") }),
        pull(6, { merged_at: null }),
        pull(7, { merged_at: "2026-11-05T09:00:00Z" }),
      ],
      "GET /pulls/3/files": [{ filename: "a.ts" }, { filename: "c.ts", previous_filename: "b.ts" }],
    });
    const paths = ["a.ts", "c.ts", "b.ts"];
    expect(takenBack).toEqual({
      known: [{ pullRequest: 3, mergedAt: "2026-11-10T09:00:00Z", paths }],
    });
    expect(calls).toEqual(["/graphql", "/pulls/3/files?per_page=100"]);
  });

  test("are looked for as far back as that time, and no further", async () => {
    const others = { head: head("feature") };
    const first = Array.from({ length: 100 }, (_, at) => pull(at + 1, others));
    const old = Array.from({ length: 100 }, (_, at) =>
      pull(at + 101, { ...others, updated_at: "2026-11-01T09:00:00Z" }),
    );
    const listed = [...first, ...old];
    const { takenBack, calls } = await observe({ "GET /pulls": steps(listed, first, old) });
    expect(takenBack).toEqual({ known: [] });
    expect(calls).toEqual([
      "/graphql",
      "/pulls?state=closed&sort=updated&direction=desc&per_page=100&page=1",
      "/pulls?state=closed&sort=updated&direction=desc&per_page=100&page=2",
    ]);
  });

  test("are all in the look where the last of its hundred is older", async () => {
    const others = { head: head("feature"), updated_at: "2026-11-01T09:00:00Z" };
    const old = Array.from({ length: 200 }, (_, at) => pull(at + 1, others));
    const { takenBack, calls } = await observe({ "GET /pulls": old });
    expect([takenBack, calls]).toEqual([{ known: [] }, ["/graphql"]]);
  });

  test.each([
    ["more pull requests changed than are read", 100, "feature", /^more than 300 pull requests/],
    ["more was taken back than is read", 11, "factory/1-1-revert", /^more than 10 merges/],
  ])("are not known where %s", async (_, count, ref, unknown) => {
    const page = Array.from({ length: count }, (_one, at) => pull(at + 1, { head: head(ref) }));
    const more = count < 100 ? page : [...page, pull(500)];
    const { takenBack } = await observe({ "GET /pulls": steps(more, page) });
    expect(takenBack).toEqual({ unknown: expect.stringMatching(unknown) });
  });
});
