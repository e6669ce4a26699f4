import { describe, expect, test } from "vitest";
import type { Scope } from "../../../../src/domain/github/snapshot.ts";
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
  steps,
} from "../scripted-api.ts";

const MARKER = "### Ledger";
const ledgers = { marker: MARKER, since: "2026-08-20T00:00:00Z" };
const URL = "https://api.github.com/repos/OWNER/millwright/issues";
const listed = (id: number, user: object, body: string, issue = 3) => ({
  ...commentAnswer(id, user, body),
  issue_url: `${URL}/${issue}`,
});
const page = (count: number) =>
  Array.from({ length: count }, (_, index) => listed(index + 1, PERSON, "talk"));

/** More was said on issue 3 than the look shows. */
const BUSY: Script = {
  "GET /issues": [issueAnswer(3)],
  "GET /issues/3/comments": Array.from({ length: 21 }, (_, at) =>
    commentAnswer(at + 1, PERSON, "talk"),
  ),
};

async function look(...pages: readonly unknown[]) {
  return lookFor(ledgers, ...pages);
}

async function lookFor(wanted: NonNullable<Scope["ledgers"]>, ...pages: readonly unknown[]) {
  const answers = { "GET /issues/comments": steps(...pages) };
  const api = scriptedApi({ ...REPOSITORY, ...BUSY, ...answers });
  const snapshot = await api.github.observe({ issues: [], prefix: "factory:", ledgers: wanted });
  const asked = api.calls.filter(({ path }) => path.startsWith("/issues/comments"));
  return { ledgers: snapshot.ledgers, asked };
}

describe("the ledgers of all issues", () => {
  test("are found among what was said since then, page by page", async () => {
    const { ledgers: found, asked } = await look(page(100), [
      listed(201, SELF, `${MARKER}\r\n\r\nmore`, 7),
      listed(202, SELF, `> ${MARKER}`),
    ]);
    expect(found).toEqual({
      known: [{ issue: 7, comment: 201, body: `${MARKER}\r\n\r\nmore` }],
    });
    expect(asked.map(({ path }) => path)).toEqual(
      [1, 2].map((number) => `/issues/comments?since=${ledgers.since}&per_page=100&page=${number}`),
    );
  });

  test("are those of one page where some of the newest are enough", async () => {
    const newest = { ...ledgers, newest: true } as const;
    const { ledgers: found, asked } = await lookFor(newest, [
      listed(201, SELF, MARKER, 7),
      ...page(99),
    ]);
    expect(found).toEqual({ known: [{ issue: 7, comment: 201, body: MARKER }] });
    expect(asked.map(({ path }) => path)).toEqual([
      `/issues/comments?since=${ledgers.since}&sort=updated&direction=desc&per_page=100&page=1`,
    ]);
  });

  test("are unknown where more was said than is read", async () => {
    const { ledgers: found, asked } = await look(page(100));
    expect(found).toEqual({ unknown: "more than 10000 comments since 2026-08-20T00:00:00Z" });
    expect(asked).toHaveLength(100);
  });

  test("are not read where GitHub names no issue for one", async () => {
    const odd = { ...listed(1, SELF, MARKER), issue_url: `${URL}/new` };
    await expect(look([odd])).rejects.toThrow("GitHub's answer to GET /issues/comments");
  });

  test("are those that the look shows, where it shows all: edited since then, and the factory's own", async () => {
    const at = (updated_at: string, comment: object) => ({ ...comment, updated_at });
    const api = scriptedApi({
      ...REPOSITORY,
      "GET /issues": [issueAnswer(7), issueAnswer(3)],
      "GET /issues/7/comments": [
        commentAnswer(202, PERSON, MARKER),
        at("2026-08-20T00:00:00Z", commentAnswer(201, SELF, `${MARKER}\r\nnew`)),
      ],
      "GET /issues/3/comments": [
        at("2026-08-19T23:59:59Z", commentAnswer(9, SELF, `${MARKER}\nold`)),
        commentAnswer(12, SELF, `${MARKER}\nedited`),
        commentAnswer(13, SELF, `> ${MARKER}`),
      ],
    });
    const snapshot = await api.github.observe({ issues: [], prefix: "factory:", ledgers });
    expect(snapshot.ledgers).toEqual({
      known: [
        { issue: 3, comment: 12, body: `${MARKER}\nedited` },
        { issue: 7, comment: 201, body: `${MARKER}\r\nnew` },
      ],
    });
    expect(api.names()).toEqual(["POST /graphql"]);
  });

  test("are none of those that came with an issue from another repository", async () => {
    const came = { event: "transferred", actor: PERSON, created_at: "2026-11-02T08:00:01Z" };
    const later = { ...commentAnswer(12, SELF, `${MARKER}\nhere`), created_at: came.created_at };
    const api = scriptedApi({
      ...REPOSITORY,
      "GET /issues": [issueAnswer(7)],
      "GET /issues/7/events": [came],
      "GET /issues/7/comments": [commentAnswer(9, SELF, `${MARKER}\nthere`), later],
    });
    const snapshot = await api.github.observe({ issues: [], prefix: "factory:", ledgers });
    expect(snapshot.ledgers).toEqual({
      known: [{ issue: 7, comment: 12, body: `${MARKER}\nhere` }],
    });
  });

  test("are listed where the look does not show them", async () => {
    const hidden = { "GET /issues/3/comments": reply(403, { message: "no" }) };
    const answers = { "GET /issues/comments": [listed(5, SELF, MARKER)] };
    const api = scriptedApi({ ...REPOSITORY, ...BUSY, ...hidden, ...answers });
    const snapshot = await api.github.observe({ issues: [], prefix: "factory:", ledgers });
    expect(snapshot.ledgers).toMatchObject({ known: [{ comment: 5 }] });
  });

  test("are found with their pages, the factory's own and of the same issue, listed or shown", async () => {
    const paged = `${MARKER}, page 1: lines 1 to 2 · 0123456789\n`;
    const pages = [
      [11, SELF, paged, 7],
      [12, PERSON, paged, 7],
      [13, SELF, paged, 3],
      [14, SELF, `${MARKER}, pages`, 7],
      [15, SELF, MARKER, 7],
    ] as const;
    const expected = {
      known: [{ issue: 7, comment: 15, body: MARKER, pages: [{ id: 11, body: paged }] }],
    };
    const { ledgers: found } = await look(
      pages.map(([id, user, body, issue]) => listed(id, user, body, issue)),
    );
    expect(found).toEqual(expected);
    const on = (issue: number) =>
      pages.flatMap(([id, user, body, of]) =>
        of === issue ? [commentAnswer(id, user, body)] : [],
      );
    const api = scriptedApi({
      ...REPOSITORY,
      "GET /issues": [issueAnswer(7), issueAnswer(3)],
      "GET /issues/7/comments": on(7),
      "GET /issues/3/comments": on(3),
    });
    const snapshot = await api.github.observe({ issues: [], prefix: "factory:", ledgers });
    expect(snapshot.ledgers).toEqual(expected);
    expect(api.names()).toEqual(["POST /graphql"]);
  });
});

describe("what was spent on pull requests", () => {
  const work = ["### Work, ", "### Review"];
  const wanted = { ...ledgers, work };
  const spent = (id: number, body: string, user: object = SELF) => commentAnswer(id, user, body);
  const observed = async (script: Script) => {
    const api = scriptedApi({ ...REPOSITORY, "GET /issues": [], ...script });
    const { pullWork } = await api.github.observe({
      issues: [],
      prefix: "factory:",
      ledgers: wanted,
    });
    return { pullWork, names: api.names() };
  };
  const updated = (number: number, updated_at: string) => pullAnswer(number, { updated_at });

  test("is shown in the one question, of those that changed since", async () => {
    const { pullWork, names } = await observed({
      "GET /pulls": [updated(9, "2026-11-02T08:00:00Z"), updated(8, "2026-08-19T00:00:00Z")],
      "GET /issues/9/comments": [
        spent(31, "### Work, run 1\nmore"),
        spent(32, "### Review\n"),
        spent(33, "> ### Review\n"),
        spent(34, "### Work, run 2\n", PERSON),
      ],
      "GET /issues/8/comments": [spent(35, "### Review\n")],
    });
    expect(pullWork).toEqual({
      known: [
        { pullRequest: 9, comment: 31, body: "### Work, run 1\nmore" },
        { pullRequest: 9, comment: 32, body: "### Review\n" },
      ],
    });
    expect(names).toEqual(["POST /graphql"]);
  });

  test.each([
    [
      "more was said on one than the look shows",
      {
        "GET /pulls": [updated(9, "2026-11-02T08:00:00Z")],
        "GET /issues/9/comments": Array.from({ length: 21 }, (_, at) => spent(at + 1, "talk")),
      },
    ],
    [
      "more have changed than it shows",
      {
        "GET /pulls": Array.from({ length: 21 }, (_, at) =>
          updated(at + 9, "2026-11-02T08:00:00Z"),
        ),
        ...Object.fromEntries(
          Array.from({ length: 21 }, (_, at) => [`GET /issues/${at + 9}/comments`, []]),
        ),
      },
    ],
  ])("is listed with the ledgers where %s", async (_, script) => {
    const { pullWork, names } = await observed({
      ...script,
      "GET /issues/comments": [listed(41, SELF, "### Work, run 3\n", 9), listed(42, SELF, MARKER)],
    });
    expect(pullWork).toEqual({
      known: [{ pullRequest: 9, comment: 41, body: "### Work, run 3\n" }],
    });
    expect(names).toEqual(["POST /graphql", "GET /issues/comments"]);
  });
});
