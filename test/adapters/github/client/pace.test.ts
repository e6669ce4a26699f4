import { describe, expect, test } from "vitest";
import { createPace, paceFor } from "../../../../src/adapters/github/client/pace.ts";
import { createGitHub } from "../../../../src/adapters/github/create-github.ts";
import { createFakeClock } from "../../../fakes/clock.ts";

describe("what creates content", () => {
  test("follows the last by a second, counted from where that began", async () => {
    const clock = createFakeClock();
    const pace = createPace(clock);
    await pace(async () => clock.advance(300));
    await pace(async () => undefined);
    clock.advance(5_000);
    await pace(async () => undefined);
    expect(clock.waits).toEqual([700]);
  });

  test("keeps its order and its distance when it is sent at once, and after a failure", async () => {
    const clock = createFakeClock();
    const pace = createPace(clock);
    const sent: string[] = [];
    const send = (name: string) =>
      pace(async () => {
        sent.push(name);
        if (name === "b") throw new Error("lost");
      });
    const ends = await Promise.allSettled(["a", "b", "c"].map(send));
    expect([sent, clock.waits]).toEqual([
      ["a", "b", "c"],
      [1_000, 1_000],
    ]);
    expect(ends.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });

  test.each([
    ["https://api.github.com", [1_000]],
    ["http://127.0.0.1:4000", []],
  ])("is paced at %s: %j", async (apiUrl, waits) => {
    const clock = createFakeClock();
    const pace = paceFor(apiUrl, clock);
    await pace(async () => undefined);
    await pace(async () => undefined);
    expect(clock.waits).toEqual(waits);
  });
});

test("comments, issues and pull requests are paced, edits and the rest are not", async () => {
  const paced: string[] = [];
  let asked = "";
  const github = createGitHub({
    token: "t",
    repository: "OWNER/millwright",
    apiUrl: "http://127.0.0.1:9",
    identity: { id: 1, login: "bot" },
    pace: async (send) => {
      paced.push("");
      const answer = await send();
      paced[paced.length - 1] = asked;
      return answer;
    },
    request: async (input, init) => {
      asked = `${init?.method} ${new URL(String(input)).pathname.replace(/.*millwright/, "")}`;
      const listed = init?.method === "GET" || init?.method === undefined;
      const user = { id: 1, login: "bot", type: "Bot" };
      const times = { created_at: "", updated_at: "", html_url: "" };
      const body = { id: 7, user, body: "x", ref: "r", object: { sha: "a".repeat(40) }, ...times };
      return new Response(JSON.stringify(listed ? [] : body), {
        headers: { "content-type": "application/json" },
      });
    },
  });
  const comment = { kind: "write-comment", issue: 3, marker: "m", body: "m\n" } as const;
  await github.apply([
    { ...comment, key: "new", comment: null },
    { ...comment, key: "edit", comment: 7 },
    { kind: "claim-branch", key: "claim", branch: "factory/3-1", sha: "a".repeat(40) },
  ]);
  expect(paced).toEqual(["POST /issues/3/comments"]);
});
