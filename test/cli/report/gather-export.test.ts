import { describe, expect, test } from "vitest";
import { type Get, gatherExport, getBy } from "../../../src/cli/report/gather-export.ts";

const WINDOW = { from: "2026-08-20T00:00:00Z", until: "2026-08-30T00:00:00Z" };
const pull = (number: number, merged: string | null, updated = "2026-08-25T00:00:00Z") => ({
  ...{ number, merged_at: merged, updated_at: updated },
});

test("asks for each merged pull request of the window and the two weeks before, and stops at what is older", async () => {
  const asked: string[] = [];
  const pages: Readonly<Record<string, { body: unknown; next?: string }>> = {
    "/repos/O/R": { body: { full_name: "O/R" } },
    "/repos/O/R/pulls?state=all&sort=updated&direction=desc&per_page=100": {
      body: [pull(9, "2026-08-24T00:00:00Z"), pull(8, null)],
      next: "page-2",
    },
    "page-2": {
      body: [
        pull(5, "2026-08-06T00:00:00Z"),
        pull(4, "2026-08-01T00:00:00Z", "2026-08-01T00:00:00Z"),
      ],
      next: "page-3",
    },
    "/repos/O/R/pulls/9": {
      body: { ...pull(9, "2026-08-24T00:00:00Z"), merged_by: { login: "ann" } },
    },
    "/repos/O/R/pulls/5": { body: pull(5, "2026-08-06T00:00:00Z") },
  };
  const get: Get = async (path) => {
    asked.push(path);
    if (path.includes("/issues/events")) throw new Error("403");
    const { body, next } = pages[path] ?? { body: [] };
    return { body, next };
  };
  const found = (await gatherExport(get, "O/R", { window: WINDOW, shows: () => undefined })) as {
    pulls: unknown[];
  };
  expect(asked).not.toContain("page-3");
  expect(asked.filter((path) => /pulls\/[0-9]+\/files/.test(path))).toHaveLength(2);
  expect(found.pulls).toHaveLength(4);
  expect(found.pulls[0]).toMatchObject({ number: 9, merged_by: { login: "ann" } });
  expect(found).not.toHaveProperty("events");
  expect(found).not.toHaveProperty("deployments");
});

test("the token goes to no other host, and what GitHub refuses is said in its words", async () => {
  const answers = [
    new Response("[]", { headers: { link: '<https://api.example.com/a?page=2>; rel="next"' } }),
    new Response("[]", { headers: { link: '<https://elsewhere.example/a>; rel="next"' } }),
    new Response("Bad credentials", { status: 401 }),
  ];
  const sent: Request[] = [];
  const get = getBy("https://api.example.com", "a-token", async (request) => {
    sent.push(request);
    return answers.shift() ?? new Response("[]");
  });
  expect(await get("/a")).toEqual({ body: [], next: "https://api.example.com/a?page=2" });
  expect(sent[0]?.headers.get("authorization")).toBe("Bearer a-token");
  await expect(get("/a")).rejects.toThrow("its next page is on another host");
  await expect(get("/a")).rejects.toThrow("401 Bad credentials");
});

describe("what keeps GitHub's lists from being read is said in a sentence", () => {
  const ask = (token: string | undefined, send: () => Promise<Response>) =>
    getBy("https://api.example.com", token, send)("/repos/O/R");
  const missing = async () =>
    new Response('{"message":"Not Found","status":"404"}', { status: 404 });

  test("a host that does not answer", async () => {
    const failing = () => Promise.reject(new TypeError("fetch failed"));
    await expect(ask("t", failing)).rejects.toThrow(
      /^https:\/\/api\.example\.com did not answer: check the network, or name another host in GITHUB_API_URL$/,
    );
  });

  test("a refusal, in GitHub's own words alone", async () => {
    await expect(ask("t", missing)).rejects.toThrow(/^GET \/repos\/O\/R: 404 Not Found$/);
  });

  test("a refusal where no token was sent", async () => {
    await expect(ask(undefined, missing)).rejects.toThrow(
      /404 Not Found; no token was sent: set GITHUB_TOKEN or GH_TOKEN$/,
    );
  });

  test("a body of another form", async () => {
    const page = async () => new Response("<html>".repeat(200), { status: 502 });
    await expect(ask("t", page)).rejects.toThrow(/^GET \/repos\/O\/R: 502 (<html>){50}$/);
  });
});
