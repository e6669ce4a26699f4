import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { conditional } from "../../../../src/adapters/github/client/conditional.ts";
import { cases } from "../../../cases.ts";

const ADDRESS = "https://api.github.com/repos/OWNER/app/deployments";

/** A server whose pages say what was put there last, by their tags. */
function createServer() {
  const pages = new Map<string, string>();
  const statuses: number[] = [];
  const asked: (string | null)[] = [];
  const serve: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers);
    asked.push(headers.get("if-none-match"));
    const page = pages.get(String(input)) ?? "[]";
    const body = headers.get("accept") === "raw" ? JSON.stringify({ raw: page }) : page;
    const tag = `W/"${createHash("sha256").update(body).digest("hex")}"`;
    const isSame = headers.get("if-none-match") === tag;
    statuses.push(isSame ? 304 : 200);
    const told = {
      etag: tag,
      "content-type": "application/json; charset=utf-8",
      "x-ratelimit-used": String(statuses.filter((status) => status === 200).length),
    };
    return isSame
      ? new Response(null, { status: 304, headers: told })
      : new Response(body, { status: 200, headers: told });
  };
  return { serve, statuses, asked, put: (at: string, text: string) => pages.set(at, text) };
}

const step = fc.oneof(
  fc.record({ put: fc.constantFrom("1", "2"), text: fc.constantFrom("[]", "[1]", "[1,2]") }),
  fc.record({ get: fc.constantFrom("1", "2"), accept: fc.constantFrom("json", "raw") }),
);

describe("reads that are repeated", () => {
  test("say what stands there now, whatever was read before", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        const server = createServer();
        const ask = conditional(server.serve);
        for (const one of steps) {
          if ("put" in one) server.put(`${ADDRESS}/${one.put}`, one.text);
          else {
            const init = { headers: { accept: one.accept } };
            const [told, true_] = await Promise.all([
              ask(`${ADDRESS}/${one.get}`, init),
              server.serve(`${ADDRESS}/${one.get}`, init),
            ]);
            expect([told.status, await told.text()]).toEqual([200, await true_.text()]);
          }
        }
      }),
      cases(200),
    );
  });

  test("cost nothing while it stays the same, and show how much of the hour is left", async () => {
    const server = createServer();
    const ask = conditional(server.serve);
    const first = await ask(ADDRESS);
    const second = await ask(ADDRESS);
    expect(server.statuses).toEqual([200, 304]);
    expect(await second.json()).toEqual(await first.json());
    expect(second.headers.get("x-ratelimit-used")).toBe("1");
    expect(second.headers.get("content-type")).toContain("application/json");
    server.put(ADDRESS, "[1]");
    expect(await (await ask(ADDRESS)).json()).toEqual([1]);
    expect(server.statuses).toEqual([200, 304, 200]);
  });

  test.each([
    ["", 30],
    ["?per_page=100", 100],
    ["?state=open&per_page=2&page=3", 2],
  ])(
    "a last page that is full is asked for anew: what comes next stands behind it%s",
    async (asked, size) => {
      let all = size;
      const requests: (string | null)[] = [];
      // The body and so its tag stay the same; where the next page is stands in a header, and a 304 has none.
      const ask = conditional(async (_input, init) => {
        const seen = new Headers(init?.headers).get("if-none-match");
        requests.push(seen);
        const headers = new Headers({ etag: `"${Math.min(all, size)}"` });
        if (seen === headers.get("etag")) return new Response(null, { status: 304, headers });
        headers.set("content-type", "application/json");
        if (all > size) headers.set("link", '<https://api.github.com/next>; rel="next"');
        return new Response(JSON.stringify(Array(Math.min(all, size)).fill(1)), { headers });
      });
      const next = async () => (await ask(`${ADDRESS}${asked}`)).headers.get("link");
      expect(await next()).toBeNull();
      all += 1;
      expect(await next()).toContain('rel="next"');
      // Another one changes nothing of this page, which names the next already.
      all += 1;
      expect(await next()).toContain('rel="next"');
      all = size - 1;
      await next();
      expect(await next()).toBeNull();
      expect(requests.map((tag) => tag !== null)).toEqual([false, false, true, true, true]);
    },
  );

  test("a write is never asked for so, nor what has no tag or is no JSON", async () => {
    const server = createServer();
    const ask = conditional(server.serve);
    await ask(ADDRESS);
    await ask(ADDRESS, { method: "POST", body: "{}" });
    expect(server.asked).toEqual([null, null]);
    const seen: (string | null)[] = [];
    const answers = [
      new Response("log", { headers: { etag: '"1"', "content-type": "text/plain" } }),
      new Response("[]", { headers: { "content-type": "application/json" } }),
      new Response("{}", {
        status: 404,
        headers: { etag: '"1"', "content-type": "application/json" },
      }),
    ];
    const plain = conditional(async (_input, init) => {
      seen.push(new Headers(init?.headers).get("if-none-match"));
      return answers[seen.length % answers.length]?.clone() ?? new Response();
    });
    for (let round = 0; round < 6; round += 1) await plain(ADDRESS);
    expect(seen).toEqual([null, null, null, null, null, null]);
  });
});
