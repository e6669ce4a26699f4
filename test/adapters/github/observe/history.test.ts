import { describe, expect, test } from "vitest";
import { createGitHub } from "../../../../src/adapters/github/create-github.ts";
import type { Effect } from "../../../../src/domain/github/effect.ts";
import { LEDGER_MARKER } from "../../../../src/wording/issue/ledger-comment.ts";
import { createWorld, REPOSITORY as TWIN } from "../../../twin/github/world.ts";
import { checkedFetch } from "../checked-fetch.ts";
import {
  commentAnswer,
  issueAnswer,
  PERSON,
  pullAnswer,
  REPOSITORY,
  reply,
  type Script,
  SELF,
  scriptedApi,
  sha,
  steps,
} from "../scripted-api.ts";

const SCOPE = { issues: [3], prefix: "factory:" };
const HERE = "https://github.com/OWNER/millwright";

const ISSUE: Script = {
  ...REPOSITORY,
  "GET /issues/3": issueAnswer(3),
  "GET /issues/3/comments": [],
  "GET /git/matching-refs/heads/factory/": [
    { ref: "refs/heads/factory/3-1", object: { sha: sha("a") } },
  ],
  "GET /pulls": [],
  "GET /collaborators/ada/permission": { permission: "admin", role_name: "admin" },
};

const at = (hour: number) => `2026-11-01T${String(hour).padStart(2, "0")}:00:00Z`;
const event = (name: string, hour: number, more: object = {}) => ({
  event: name,
  actor: PERSON,
  created_at: at(hour),
  ...more,
});
const issueAt = (base: string, number: number) => ({
  number,
  html_url: `${base}/issues/${number}`,
});
const marked = (hour: number, more: object = { canonical: issueAt(HERE, 9) }) =>
  event("marked_as_duplicate", hour, more);

async function issueAfter(events: readonly object[], issue: object = {}) {
  const api = scriptedApi({
    ...ISSUE,
    "GET /issues/3": issueAnswer(3, issue),
    "GET /issues/3/events": events,
  });
  const snapshot = await api.github.observe(SCOPE);
  expect(api.github.count().requests).toBe(1 + (snapshot.permissions.ada === undefined ? 0 : 1));
  return snapshot.issues[0]?.issue;
}

describe("a mark as a duplicate", () => {
  const other = "https://github.com/OTHER/app";
  test.each<readonly [string, readonly object[], object | undefined]>([
    ["stands", [marked(1)], { number: 9, url: `${HERE}/issues/9` }],
    [
      "of an issue in another repository has no number here",
      [marked(1, { canonical: issueAt(other, 9) })],
      { url: `${other}/issues/9` },
    ],
    ["of what nobody here may see", [marked(1, {})], {}],
    ["was taken off", [marked(1), event("unmarked_as_duplicate", 2)], undefined],
    ["is older than the reopening", [marked(1), event("reopened", 2)], undefined],
    [
      "is newer than the reopening",
      [event("reopened", 1), marked(2)],
      { number: 9, url: `${HERE}/issues/9` },
    ],
    [
      "of another one as a duplicate of this",
      [marked(1, { canonical: issueAt(HERE, 3), duplicate: issueAt(HERE, 9) })],
      undefined,
    ],
    ["was never made", [event("labeled", 1, { label: { name: "bug" } })], undefined],
  ])("%s", async (_, events, expected) => {
    expect((await issueAfter(events))?.duplicateOf).toEqual(expected);
  });

  test("is known where the issue was closed as one, although nobody said of which", async () => {
    const closed = { state: "closed", state_reason: "duplicate" };
    expect((await issueAfter([], closed))?.duplicateOf).toEqual({});
    const planned = { state: "closed", state_reason: "not_planned" };
    expect((await issueAfter([], planned))?.duplicateOf).toBeUndefined();
  });
});

describe("an issue that came from another repository", () => {
  const came = event("transferred", 12, { from_repository: { full_name: "OWNER/old" } });
  const said = (id: number, by: typeof SELF | typeof PERSON, hour: number, body: string) => ({
    ...commentAnswer(id, by, body),
    created_at: at(hour),
    updated_at: at(hour),
  });
  const comments = [
    said(1, SELF, 9, `${LEDGER_MARKER}\nof another place`),
    said(2, PERSON, 10, "it still fails"),
    said(3, SELF, 13, "written here"),
  ];

  test("brings what people said, and nothing that the factory wrote elsewhere", async () => {
    const api = scriptedApi({
      ...ISSUE,
      "GET /issues/3/comments": comments,
      "GET /issues/3/events": [came],
      "POST /issues/3/comments": steps("lost", said(4, SELF, 14, "of this place")),
    });
    const [seen] = (await api.github.observe(SCOPE)).issues;
    expect(seen?.issue.transferred).toEqual({ at: at(12), from: "OWNER/old" });
    expect(seen?.comments.map(({ id }) => id)).toEqual([2, 3]);
    const write: Effect = {
      kind: "write-comment",
      key: "ledger",
      issue: 3,
      marker: LEDGER_MARKER,
      body: `${LEDGER_MARKER}\nof this place`,
      comment: null,
    };
    // The answer to the write is lost: what stands there under its marker is of the other place.
    const [receipt] = await api.github.apply([write]);
    expect(receipt).toMatchObject({ outcome: "done", number: 4 });
    const stayed = scriptedApi({ ...ISSUE, "GET /issues/3/comments": comments });
    const [own] = (await stayed.github.observe(SCOPE)).issues;
    expect(own?.comments.map(({ id }) => id)).toEqual([1, 2, 3]);
  });
});

describe("an issue that is not of this repository any more", () => {
  test.each<readonly [string, unknown, object]>([
    [
      "is answered from where it went",
      issueAnswer(3, { html_url: "https://github.com/OTHER/millwright/issues/8", number: 8 }),
      { url: "https://github.com/OTHER/millwright/issues/8" },
    ],
    [
      "is of the same number there",
      issueAnswer(3, { html_url: "https://github.com/OTHER/millwright/issues/3" }),
      { url: "https://github.com/OTHER/millwright/issues/3" },
    ],
    ["is nowhere", reply(404, { message: "Not Found" }), {}],
    ["was deleted", reply(410, { message: "This issue was deleted" }), {}],
  ])("%s: it is not looked at, and its branches are named", async (_, answer, went) => {
    const api = scriptedApi({ ...ISSUE, "GET /issues/3": answer, "GET /issues/8/comments": [] });
    const snapshot = await api.github.observe(SCOPE);
    expect(snapshot.issues).toEqual([]);
    expect(snapshot.gone).toEqual([{ number: 3, ...went, branches: ["factory/3-1"] }]);
  });

  test("leaves its open pull requests behind, and none that is closed or of a fork", async () => {
    const head = (id: number) => ({ ref: "factory/3-1", sha: sha("c"), repo: { id } });
    const base = { ref: "main", sha: sha("a"), repo: { id: 1 } };
    const api = scriptedApi({
      ...ISSUE,
      "GET /issues/3": reply(404, { message: "Not Found" }),
      "GET /pulls": [
        pullAnswer(5, { head: head(1), base }),
        pullAnswer(6, { head: head(1), base, state: "closed" }),
        pullAnswer(7, { head: head(2), base }),
      ],
    });
    expect((await api.github.observe(SCOPE)).gone).toMatchObject([{ number: 3, pulls: [5] }]);
  });
});

test("over the twin the comment of somebody with write is a mark, until the issue is opened again", async () => {
  await using world = await createWorld();
  const ISSUES = "/repos/{owner}/{repo}/issues";
  const { owner, people } = world;
  for (const title of ["first", "second"])
    await world.ask(owner.token, `POST ${ISSUES}`, { title });
  const port = createGitHub({
    token: world.job({ contents: "read", issues: "read", "pull-requests": "read" }),
    repository: TWIN,
    apiUrl: world.github.url,
    identity: { id: 41_898_282, login: "github-actions[bot]" },
    retryDelayMs: 1,
    request: checkedFetch({ apiUrl: world.github.url }),
  });
  const say = (token: string, body: string) =>
    world.ask(token, `POST ${ISSUES}/{issue_number}/comments`, { issue_number: 2, body });
  const close = (change: object) =>
    world.ask(owner.token, `PATCH ${ISSUES}/{issue_number}`, { issue_number: 2, ...change });
  const seen = async () =>
    (await port.observe({ prefix: "factory:", issues: [2] })).issues[0]?.issue.duplicateOf?.number;
  await say(people.reader.token, "Duplicate of #1");
  await say(owner.token, "Perhaps a\nDuplicate of #1");
  await say(owner.token, "Duplicate of #7");
  expect(await seen()).toBeUndefined();
  await say(people.writer.token, "Duplicate of #1");
  expect(await seen()).toBe(1);
  await close({ state: "closed", state_reason: "duplicate" });
  expect(await seen()).toBe(1);
  await close({ state: "open" });
  expect(await seen()).toBeUndefined();
});
