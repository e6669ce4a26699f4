import { describe, expect, test } from "vitest";
import type { Scope } from "../../../src/domain/github/snapshot.ts";
import {
  commentAnswer,
  issueAnswer,
  PERSON,
  pullAnswer,
  REPOSITORY,
  reply,
  type Script,
  scriptedApi,
  sha,
  steps,
} from "./scripted-api.ts";
import { COMMENT, OPEN } from "./together/effects.ts";

const SCOPE: Scope = { prefix: "factory:", issues: [3] };
const LOOKED: Script = {
  ...REPOSITORY,
  "GET /": { ...(REPOSITORY["GET /"] as object), owner: PERSON },
  "GET /issues/3": issueAnswer(3),
  "GET /issues/3/comments": [],
  "GET /git/matching-refs/heads/factory/": [
    { ref: "refs/heads/factory/3-1", object: { sha: sha("a") } },
  ],
  "GET /pulls": steps([], [pullAnswer(4)]),
  "POST /pulls": pullAnswer(4),
  "POST /issues/3/comments": commentAnswer(9, PERSON, COMMENT.body),
};

/** Looks, opens the pull request, and looks again. */
async function opened(script: Script = {}, between: Parameters<typeof open>[0] = []) {
  return await open(between, SCOPE, script);
}

async function open(
  between: readonly (typeof COMMENT)[],
  scope: Scope = SCOPE,
  script: Script = {},
) {
  const api = scriptedApi({ ...LOOKED, ...script });
  await api.github.observe(SCOPE);
  const receipts = await api.github.apply([OPEN]);
  for (const effect of between) await api.github.apply([effect]);
  const before = api.names().length;
  const snapshot = await api.github.observe(scope);
  return { api, receipts, snapshot, asked: api.names().slice(before) };
}

describe("the answer that a pull request is open", () => {
  test("is the next look", async () => {
    const { api, asked, receipts, snapshot } = await opened();
    expect(receipts).toMatchObject([{ outcome: "done", number: 4 }]);
    expect(asked).toEqual([]);
    expect(snapshot.pullRequests).toMatchObject([{ number: 4, state: "open" }]);
    await api.github.observe(SCOPE);
    expect(api.names().at(-1)).toBe("POST /graphql");
    expect(api.names()).toHaveLength(3);
  });

  test("is none of another scope, and none where something was written behind it", async () => {
    const other = { ...SCOPE, openPullRequests: true };
    expect((await open([], other)).asked).toEqual(["POST /graphql"]);
    expect((await opened({}, [COMMENT])).asked).toEqual(["POST /graphql"]);
  });

  test("is looked for where GitHub refuses to show a part of it: it may have been opened", async () => {
    const { api, receipts, asked } = await opened({
      "GET /issues": steps([], reply(403, { message: "no" }), []),
    });
    expect(receipts).toMatchObject([{ outcome: "done", number: 4 }]);
    expect(api.names()).toContain("GET /pulls");
    expect(asked).toEqual(["POST /graphql"]);
  });

  test.each([
    [403, "GitHub Actions is not permitted to create or approve pull requests."],
    [422, "No commits between main and factory/3-1"],
  ])("may be a refusal: %d", async (status, message) => {
    const { receipts, asked } = await opened({ "POST /pulls": reply(status, { message }) });
    expect(receipts).toMatchObject([{ cause: "refused-by-github", status, reason: message }]);
    expect(asked).toEqual(["POST /graphql"]);
  });

  test("may be lost: then it is looked for, and not opened twice", async () => {
    const { api, receipts } = await opened({ "POST /pulls": reply(502, {}) });
    expect(receipts).toMatchObject([{ outcome: "done", number: 4 }]);
    expect(api.names()).not.toContain("POST /pulls");
  });
});
