import { describe, expect, test } from "vitest";
import {
  commentAnswer,
  PERSON,
  pullAnswer,
  REPOSITORY,
  reply,
  type Script,
  SELF,
  scriptedApi,
} from "../scripted-api.ts";

const AT = "2026-11-20T08:00:00Z";
const label = (name: string, actor: object | null = PERSON, created_at = AT) => ({
  ...{ event: "labeled", actor, created_at },
  label: { name },
});
const ask = { issues: [], prefix: "factory:", unblocking: true } as const;
const labelled = (number: number) => pullAnswer(number, { labels: [{ name: "Factory:Unblock" }] });

function look(script: Script) {
  const api = scriptedApi({ ...REPOSITORY, "GET /issues": [], ...script });
  return { api, seen: api.github.observe(ask) };
}

describe("pull requests with the label by which people ask", () => {
  test("are shown with whoever put it there last, when, and what the factory said on them", async () => {
    const { api, seen } = look({
      "GET /pulls": [labelled(7), pullAnswer(8)],
      "GET /issues/7/events": [
        label("factory:unblock", { ...PERSON, id: 5, login: "eve" }, "2026-11-19T08:00:00Z"),
        label("FACTORY:unblock"),
        label("bug", { ...PERSON, id: 5, login: "eve" }),
      ],
      "GET /issues/7/comments": [
        commentAnswer(21, PERSON, "please"),
        commentAnswer(22, SELF, "### Millwright · unblock of x by run 1"),
      ],
      "GET /collaborators/ada/permission": {
        ...{ permission: "write", role_name: "write" },
        user: PERSON,
      },
    });
    const { unblocking } = await seen;
    expect(unblocking).toMatchObject({
      known: [
        {
          pull: { number: 7, state: "open" },
          by: { known: { id: PERSON.id, permission: "write" } },
          at: AT,
          said: [{ id: 22 }],
        },
      ],
    });
    expect(api.names()).toEqual(["POST /graphql", "GET /collaborators/ada/permission"]);
  });

  test.each([
    ["since the label", "2026-11-20T08:00:01Z", true],
    ["before it", "2026-11-20T07:00:00Z", undefined],
  ])("say that not all is shown where more than fit was said %s", async (_, created_at, isCut) => {
    const noise = Array.from({ length: 60 }, (_one, index) => ({
      ...commentAnswer(100 + index, PERSON, "noise"),
      created_at,
    }));
    const { seen } = look({
      "GET /pulls": [labelled(7)],
      "GET /issues/7/events": [label("factory:unblock")],
      "GET /issues/7/comments": noise,
      "GET /collaborators/ada/permission": {
        ...{ permission: "write", role_name: "write" },
        user: PERSON,
      },
    });
    const { unblocking } = await seen;
    expect("known" in (unblocking ?? {}) && unblocking).toMatchObject({ known: [{ said: [] }] });
    const [found] = unblocking !== undefined && "known" in unblocking ? unblocking.known : [];
    expect(found?.isCut).toBe(isCut);
  });

  test("cost no further request where there is none", async () => {
    const { api, seen } = look({ "GET /pulls": [pullAnswer(8)] });
    expect((await seen).unblocking).toEqual({ known: [] });
    expect(api.names()).toEqual(["POST /graphql"]);
  });

  test.each([
    ["an account that is gone", [label("factory:unblock", null)], "the account is gone"],
    ["nobody that GitHub shows", [], "GitHub shows no event of the label"],
  ])("by %s are nobody's word", async (_, events, unknown) => {
    const { seen } = look({
      "GET /pulls": [labelled(7)],
      "GET /issues/7/events": events,
      "GET /issues/7/comments": [],
    });
    expect((await seen).unblocking).toMatchObject({ known: [{ by: { unknown } }] });
  });

  test("are no part that may be missing: without them nothing is decided", async () => {
    const { seen } = look({ "GET /pulls": reply(403, { message: "no" }) });
    await expect(seen).rejects.toThrow(/the look at the repository/);
  });
});

describe("what the factory said on the pull request of the scope", () => {
  const scope = { issues: [], prefix: "factory:", pullRequest: 7, pullSaid: true };

  test("is shown in the one question", async () => {
    const api = scriptedApi({
      ...REPOSITORY,
      "GET /issues": [],
      "GET /pulls/7": pullAnswer(7),
      "GET /issues/7/comments": [
        commentAnswer(21, PERSON, "hello"),
        commentAnswer(22, SELF, "mine"),
      ],
    });
    const { pullSaid } = await api.github.observe(scope);
    expect(pullSaid).toMatchObject({ known: [{ id: 22, body: "mine" }] });
    expect(api.names()).toEqual(["POST /graphql"]);
  });

  test("is unknown where GitHub does not show it", async () => {
    const api = scriptedApi({
      ...REPOSITORY,
      "GET /issues": [],
      "GET /pulls/7": pullAnswer(7),
      "GET /issues/7/comments": reply(403, { message: "no" }),
    });
    expect((await api.github.observe(scope)).pullSaid).toEqual({
      unknown: "GitHub does not show it",
    });
  });
});
