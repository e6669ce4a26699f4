import { randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openCacheShelf } from "../../../../src/adapters/runner/cache/shelf.ts";
import type { TwinEvent } from "../../../../src/twin/github/twin-github.ts";
import {
  type CacheService,
  createCacheService,
} from "../../../../src/twin/runner/actions/cache-service.ts";
import { cacheAccessOf } from "../../../../src/twin/runner/actions/caches.ts";
import type { CacheMode } from "../../../../src/twin/runner/workflow/overlay.ts";

let folder = "";
let service: CacheService;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "caches-"));
  service = await createCacheService(join(folder, "caches"));
});
afterEach(async () => {
  await service.close();
  await rm(folder, { recursive: true, force: true });
});

const REPOSITORY = { default_branch: "main" };
const PUSH = { name: "push", ref: "refs/heads/main", payload: { repository: REPOSITORY } };
const COMMENT = { ...PUSH, name: "issue_comment" };
const PULL = {
  name: "pull_request",
  ref: "refs/pull/2/merge",
  payload: { repository: REPOSITORY, pull_request: { base: { ref: "main" } } },
};
const BRANCH = { ...PUSH, ref: "refs/heads/other" };

function shelfOf(
  event: Partial<TwinEvent>,
  mode: CacheMode | "unsaid" = "write",
  repository = "acme/app",
) {
  const token = `token-${randomUUID()}`;
  const asked = mode === "unsaid" ? undefined : mode;
  service.admit(token, cacheAccessOf({ ...(event as TwinEvent), repository }, asked));
  const shelf = openCacheShelf({
    // What a job is told decides nothing: the service does.
    ACTIONS_CACHE_MODE: "write",
    ACTIONS_RESULTS_URL: service.url,
    ACTIONS_RUNTIME_TOKEN: token,
  });
  if (shelf === undefined) throw new Error("no shelf");
  return { ...shelf, token };
}

async function put(shelf: ReturnType<typeof shelfOf>, content: string, key = "k") {
  await writeFile(join(folder, "in"), content);
  return await shelf.put(key, join(folder, "in"));
}

async function bring(shelf: ReturnType<typeof shelfOf>, maximumBytes = 1_000) {
  const file = join(folder, "out");
  const came = await shelf.bring("k", { file, maximumBytes });
  return came === "brought" ? await readFile(file, "utf8") : came;
}

describe("the twin's cache, asked as GitHub's is", () => {
  test("gives back what was saved, to every ref what the default branch saved", async () => {
    expect(await put(shelfOf(PUSH), "one")).toBe("kept");
    for (const event of [PUSH, COMMENT, PULL, BRANCH]) {
      expect(await bring(shelfOf(event))).toBe("one");
    }
  });

  test.each([
    ["a pull request", PULL],
    ["another branch", BRANCH],
  ])("gives what %s saved to nobody else, and to itself first", async (_, event) => {
    await put(shelfOf(PUSH), "one");
    await put(shelfOf(event), "mine");
    expect(await bring(shelfOf(event))).toBe("mine");
    expect(await bring(shelfOf(PUSH))).toBe("one");
  });

  test("keeps repositories apart", async () => {
    await put(shelfOf(PUSH), "one");
    expect(await bring(shelfOf(PUSH, "read", "acme/other"))).toBe("nothing");
  });

  test("changes no entry", async () => {
    await put(shelfOf(PUSH), "one");
    expect(await put(shelfOf(PUSH), "two")).toEqual({ failed: "CreateCacheEntry answered 409" });
    expect(await bring(shelfOf(PUSH))).toBe("one");
  });

  test.each([
    ["none", PUSH, "none", false, false],
    ["read", PUSH, "read", false, true],
    ["write-only", PUSH, "write-only", true, false],
    ["write", PUSH, "write", true, true],
    ["no mode, for a push", PUSH, "unsaid", true, true],
    ["no mode, for a comment, which strangers write", COMMENT, "unsaid", false, true],
  ] as const)("holds a job with %s to it", async (_, event, mode, saves, finds) => {
    const shelf = shelfOf(event, mode);
    expect((await put(shelf, "mine", "other")) === "kept").toBe(saves);
    await put(shelfOf(PUSH), "one");
    expect((await bring(shelf)) === "one").toBe(finds);
  });

  test("knows no job that has ended", async () => {
    const shelf = shelfOf(PUSH);
    service.forget(shelf.token);
    expect(await put(shelf, "one")).toEqual({ failed: "CreateCacheEntry answered 401" });
  });

  test("brings no more than was allowed", async () => {
    await put(shelfOf(PUSH), "x".repeat(2_000));
    expect(await bring(shelfOf(PUSH))).toEqual({ failed: "the entry has more than 1000 bytes" });
  });
});

test.each([
  ["none", { ACTIONS_CACHE_MODE: "none" }],
  ["a mode that nobody named", {}],
  ["no service", { ACTIONS_CACHE_MODE: "read", ACTIONS_RESULTS_URL: "" }],
])("no shelf with %s", (_, environment) => {
  const service = { ACTIONS_RESULTS_URL: "https://results.example/", ACTIONS_RUNTIME_TOKEN: "t" };
  expect(openCacheShelf({ ...service, ...environment })).toBeUndefined();
});
