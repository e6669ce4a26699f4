import { describe, expect, test } from "vitest";
import { readCacheService } from "../../../src/adapters/runner/cache-service.ts";

const SERVED = {
  ACTIONS_CACHE_MODE: "none",
  ACTIONS_RESULTS_URL: "https://results.example/",
  ACTIONS_RUNTIME_TOKEN: "token",
};
const NEVER: typeof fetch = async () => {
  throw new Error("nothing was to be asked");
};

describe("the cache service of a job", () => {
  test.each([
    ["takes it", new Response(JSON.stringify({ ok: true, signed_upload_url: "x" })), "taken"],
    ["answers that it does not", new Response(JSON.stringify({ ok: false })), "refused"],
    ["refuses", new Response("{}", { status: 403 }), "refused"],
    ["answers something else", new Response("<html>", { status: 200 }), "refused"],
  ])("is asked to take a save: %s", async (_, answer, found) => {
    const asked: string[] = [];
    const request: typeof fetch = async (url, init) => {
      asked.push(String(url), String(init?.method));
      return answer;
    };
    expect(await readCacheService(SERVED, request)).toEqual({ "5.1": "none", "5.2": found });
    expect(asked).toEqual([
      "https://results.example/twirp/github.actions.results.api.v1.CacheService/CreateCacheEntry",
      "POST",
    ]);
  });

  test("is not asked where none is named, and says nothing where it does not answer", async () => {
    const nothing = { "5.1": "not met", "5.2": "not met" };
    expect(await readCacheService({}, NEVER)).toEqual(nothing);
    expect(await readCacheService(SERVED, NEVER)).toEqual({ "5.1": "none", "5.2": "not met" });
  });
});
