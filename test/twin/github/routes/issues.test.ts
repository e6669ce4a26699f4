import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closedByText } from "../../../../src/twin/github/state/issue-closing.ts";
import type { RepositoryState } from "../../../../src/twin/github/state/state.ts";
import { loadConformance } from "../conformance.ts";
import { createWorld, type Reply, type World } from "../world.ts";

const ISSUES = "/repos/{owner}/{repo}/issues";
const ISSUE = `${ISSUES}/{issue_number}`;
const conformance = loadConformance();
let now = new Date("2026-11-02T10:00:00Z");
let world: World;

beforeAll(async () => {
  world = await createWorld({ github: { now: () => now } });
});
afterAll(() => world[Symbol.asyncDispose]());

/** Asks, and holds the answer against GitHub's description at once. */
async function ask(token: string, route: string, values?: Record<string, unknown>): Promise<Reply> {
  const reply = await world.ask(token, route, values);
  expect(conformance.answer(route, reply)).toEqual([]);
  return reply;
}

function later(): string {
  now = new Date(now.getTime() + 60_000);
  return now.toISOString().replace(".000Z", "Z");
}

async function open(values: Record<string, unknown> = {}, token = world.owner.token) {
  const { body, status } = await ask(token, `POST ${ISSUES}`, { title: "A title", ...values });
  expect(status).toBe(201);
  return body as Reply["body"];
}

/** The events that `act` causes, each held against GitHub's webhook schema. */
async function eventsOf(act: () => Promise<unknown>) {
  const before = world.events.length;
  await act();
  const caused = world.events.slice(before);
  expect(caused.flatMap((event) => conformance.event(event))).toEqual([]);
  return caused;
}

describe("an issue", () => {
  test("is made, read and listed with the same ids", async () => {
    const issue = await open({ body: "Why", labels: ["bug"] });
    const read = await ask(world.people.reader.token, `GET ${ISSUE}`, {
      issue_number: issue.number,
    });
    expect(read.body).toMatchObject({
      id: issue.id,
      node_id: issue.node_id,
      number: issue.number,
      title: "A title",
      body: "Why",
      state: "open",
      user: { login: "OWNER", id: world.owner.id },
      labels: [{ name: "bug", color: "ededed" }],
    });
    const list = await ask("", `GET ${ISSUES}`);
    expect(list.body.map((each: { id: number }) => each.id)).toContain(issue.id);
  });

  test("tells of its opening, then of each label that it was opened with", async () => {
    const caused = await eventsOf(() => open({ labels: ["one", "two"] }));
    expect(caused.map(({ action, name }) => `${name} ${action}`)).toEqual([
      "issues opened",
      "issues labeled",
      "issues labeled",
    ]);
    expect(caused.map(({ startsRuns }) => startsRuns)).toEqual(["yes", "yes", "yes"]);
    expect(caused[0]).toMatchObject({ ref: "refs/heads/main", actor: { login: "OWNER" } });
    expect(caused[0]?.payload.issue).toMatchObject({ labels: [{ name: "one" }, { name: "two" }] });
    expect(caused[1]?.payload.label).toMatchObject({ name: "one" });
  });

  test("counts the parts and the blockers that it has, and of these the open ones", async () => {
    const [whole, part, blocker] = [await open(), await open(), await open()];
    const { token } = world.owner;
    const issue_number = whole.number;
    await ask(token, `POST ${ISSUE}/sub_issues`, { issue_number, sub_issue_id: part.id });
    const blocked = `POST ${ISSUE}/dependencies/blocked_by`;
    const joined = await ask(token, blocked, { issue_number, issue_id: blocker.id });
    expect(joined.status).toBe(201);
    expect((await ask(token, blocked, { issue_number, issue_id: blocker.id })).status).toBe(422);
    expect((await ask(token, blocked, { issue_number, issue_id: 999_999 })).status).toBe(404);
    const shown = async (number: number) => {
      const { body } = await ask("", `GET ${ISSUE}`, { issue_number: number });
      return [body.sub_issues_summary, body.issue_dependencies_summary];
    };
    const dependencies = { blocked_by: 1, total_blocked_by: 1, blocking: 0, total_blocking: 0 };
    const parts = { total: 1, completed: 0, percent_completed: 0 };
    expect(await shown(whole.number)).toEqual([parts, dependencies]);
    expect((await shown(blocker.number))[1]).toMatchObject({ blocking: 1, total_blocking: 1 });
    for (const { number } of [part, blocker]) {
      await ask(token, `PATCH ${ISSUE}`, { issue_number: number, state: "closed" });
    }
    expect(await shown(whole.number)).toEqual([
      { total: 1, completed: 1, percent_completed: 100 },
      { ...dependencies, blocked_by: 0 },
    ]);
  });

  test("moves updated_at with every change and created_at with none", async () => {
    const issue = await open();
    const changes: [string, Record<string, unknown>][] = [
      [`PATCH ${ISSUE}`, { title: "Another" }],
      [`POST ${ISSUE}/comments`, { body: "Hm" }],
      [`POST ${ISSUE}/labels`, { labels: ["touched"] }],
      [`PATCH ${ISSUE}`, { state: "closed" }],
    ];
    for (const [route, values] of changes) {
      const at = later();
      await ask(world.owner.token, route, { issue_number: issue.number, ...values });
      const read = await ask("", `GET ${ISSUE}`, { issue_number: issue.number });
      expect(read.body).toMatchObject({ updated_at: at, created_at: issue.created_at });
    }
  });

  test("closes with a reason, once, and opens again", async () => {
    const issue = await open();
    const patch = (values: Record<string, unknown>) =>
      ask(world.owner.token, `PATCH ${ISSUE}`, { issue_number: issue.number, ...values });
    const caused = await eventsOf(async () => {
      const closed = await patch({ state: "closed", state_reason: "not_planned" });
      expect(closed.body).toMatchObject({
        state: "closed",
        state_reason: "not_planned",
        closed_by: { login: "OWNER" },
      });
      await patch({ state: "closed", state_reason: "not_planned" });
      const opened = await patch({ state: "open" });
      expect(opened.body).toMatchObject({
        state: "open",
        state_reason: "reopened",
        closed_at: null,
      });
    });
    expect(caused.map(({ action }) => action)).toEqual(["closed", "reopened"]);
  });

  test("says what was before an edit, and stays silent where nothing changed", async () => {
    const issue = await open({ body: "Old" });
    const edit = (values: Record<string, unknown>) =>
      eventsOf(() =>
        ask(world.owner.token, `PATCH ${ISSUE}`, { issue_number: issue.number, ...values }),
      );
    const [edited] = await edit({ body: "New" });
    expect(edited).toMatchObject({
      action: "edited",
      payload: { changes: { body: { from: "Old" } } },
    });
    expect(await edit({ body: "New" })).toEqual([]);
  });

  test.each([
    ["a body of 65,536 characters", { body: "x".repeat(65_536) }, 201],
    ["a longer body", { body: "x".repeat(65_537) }, 422],
    ["an empty title", { title: " " }, 422],
    ["a title of 257 characters", { title: "x".repeat(257) }, 422],
    ["a title that is a list", { title: [] }, 422],
  ])("with %s", async (_, values, status) => {
    const reply = await ask(world.owner.token, `POST ${ISSUES}`, { title: "A title", ...values });
    expect(reply.status).toBe(status);
  });

  test("is unknown by a wrong number", async () => {
    for (const issue_number of ["999", "0", "x"]) {
      expect((await ask("", `GET ${ISSUE}`, { issue_number })).status).toBe(404);
    }
  });
});

describe("the list of issues", () => {
  test("is filtered by state, labels, creator and since", async () => {
    const first = await open({ labels: ["List", "a"] });
    const second = await open({ labels: ["list"] }, world.people.writer.token);
    const third = await open({ labels: ["list"] });
    const since = later();
    await ask(world.owner.token, `PATCH ${ISSUE}`, { issue_number: third.number, state: "closed" });
    const listed = async (query: Record<string, unknown>): Promise<number[]> => {
      const { body } = await ask("", `GET ${ISSUES}`, { labels: "LIST", ...query });
      return body.map((issue: { number: number }) => issue.number);
    };
    expect(await listed({})).toEqual([second.number, first.number]);
    expect(await listed({ direction: "asc" })).toEqual([first.number, second.number]);
    expect(await listed({ state: "closed" })).toEqual([third.number]);
    expect(await listed({ state: "all" })).toHaveLength(3);
    expect(await listed({ labels: "list,A" })).toEqual([first.number]);
    expect(await listed({ creator: "Writer" })).toEqual([second.number]);
    expect(await listed({ state: "all", since })).toEqual([third.number]);
    expect((await ask("", `GET ${ISSUES}`, { assignee: "writer" })).status).toBe(422);
  });
});

describe("labels", () => {
  test("are one regardless of case, and come to be by being used", async () => {
    const issue = await open({ labels: ["Case"] });
    const values = { issue_number: issue.number, labels: ["case", "Fresh:label"] };
    const added = await ask(world.people.writer.token, `POST ${ISSUE}/labels`, values);
    expect(added.body.map(({ name }: { name: string }) => name)).toEqual(["Case", "Fresh:label"]);
    expect((await open({ labels: ["Case"] })).labels[0].id).toBe(issue.labels[0].id);
    const all = await ask("", "GET /repos/{owner}/{repo}/labels", { per_page: 100 });
    expect(all.body.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(["Case", "Fresh:label"]),
    );
  });

  test("are set as a whole with one event for each that came or went", async () => {
    const issue = await open({ labels: ["stay", "go"] });
    const values = { issue_number: issue.number, labels: ["stay", "come"] };
    const caused = await eventsOf(() =>
      ask(world.people.triager.token, `PUT ${ISSUE}/labels`, { ...values, labels: ["stay"] }),
    );
    expect(caused.map(({ action, payload }) => [action, payload.label])).toMatchObject([
      ["unlabeled", { name: "go" }],
    ]);
    const put = await eventsOf(() => ask(world.owner.token, `PUT ${ISSUE}/labels`, values));
    expect(put.map(({ action, payload }) => [action, payload.label])).toMatchObject([
      ["labeled", { name: "come" }],
    ]);
    const events = await ask("", `GET ${ISSUE}/events`, { issue_number: issue.number });
    const told = events.body.map((event: Reply["body"]) => [
      event.event,
      event.label.name,
      event.actor.login,
    ]);
    expect(told).toEqual([
      ["labeled", "stay", "OWNER"],
      ["labeled", "go", "OWNER"],
      ["unlabeled", "go", "triager"],
      ["labeled", "come", "OWNER"],
    ]);
  });

  test("are taken off one by one, and a missing one is 404", async () => {
    const issue = await open({ labels: ["factory:queued"] });
    const values = { issue_number: issue.number, name: "factory:queued" };
    const off = await ask(world.owner.token, `DELETE ${ISSUE}/labels/{name}`, values);
    expect(off).toMatchObject({ status: 200, body: [] });
    const again = await ask(world.owner.token, `DELETE ${ISSUE}/labels/{name}`, values);
    expect(again).toMatchObject({ status: 404, body: { message: "Label does not exist" } });
    expect((await ask("", `GET ${ISSUE}/labels`, values)).body).toEqual([]);
  });

  test("of the repository are made once", async () => {
    const make = (values: Record<string, unknown>) =>
      ask(world.owner.token, "POST /repos/{owner}/{repo}/labels", values);
    const label = { name: "kind", color: "00ff00", description: "A kind" };
    expect(await make(label)).toMatchObject({ status: 201, body: label });
    expect(await make({ name: "KIND" })).toMatchObject({
      status: 422,
      body: { errors: [{ resource: "Label", code: "already_exists", field: "name" }] },
    });
    expect((await make({ name: "colour", color: "green" })).status).toBe(422);
    expect((await make({ name: "x".repeat(51) })).status).toBe(422);
  });
});

describe("comments", () => {
  test("are made, read, changed and listed since a time", async () => {
    const issue = await open();
    const values = { issue_number: issue.number };
    let made: Reply["body"];
    const created = await eventsOf(async () => {
      const reply = await ask(world.people.reader.token, `POST ${ISSUE}/comments`, {
        ...values,
        body: "First",
      });
      made = reply.body;
    });
    expect(created).toMatchObject([
      { name: "issue_comment", action: "created", actor: { login: "reader" } },
    ]);
    await ask(world.owner.token, `POST ${ISSUE}/comments`, { ...values, body: "Second" });
    const since = later();
    const edited = await eventsOf(() =>
      ask(world.people.reader.token, `PATCH ${ISSUES}/comments/{comment_id}`, {
        comment_id: made.id,
        body: "Better",
      }),
    );
    expect(edited).toMatchObject([
      { action: "edited", payload: { changes: { body: { from: "First" } } } },
    ]);
    const read = await ask("", `GET ${ISSUES}/comments/{comment_id}`, { comment_id: made.id });
    expect(read.body).toMatchObject({
      body: "Better",
      created_at: made.created_at,
      updated_at: since,
    });
    const list = await ask("", `GET ${ISSUE}/comments`, values);
    expect(list.body.map(({ body }: { body: string }) => body)).toEqual(["Better", "Second"]);
    const recent = await ask("", `GET ${ISSUE}/comments`, { ...values, since });
    expect(recent.body).toHaveLength(1);
    const all = await ask("", `GET ${ISSUES}/comments`, { since });
    const [better] = all.body;
    expect(all.body).toHaveLength(1);
    expect(better).toMatchObject({ body: "Better", user: { login: "reader" } });
    expect(better.issue_url.endsWith(`/issues/${issue.number}`)).toBe(true);
    expect((await ask("", `GET ${ISSUE}`, values)).body.comments).toBe(2);
    const other = { issue_number: (await open()).number, body: "Third" };
    await ask(world.owner.token, `POST ${ISSUE}/comments`, other);
    const both = (await ask("", `GET ${ISSUES}/comments`, { since })).body;
    expect(both.map(({ body }: { body: string }) => body)).toEqual(["Better", "Third"]);
  });

  test("are deleted by who wrote them and by who may write, and are gone then", async () => {
    const values = { issue_number: (await open()).number };
    const { triager, writer } = world.people;
    const made = await ask(world.owner.token, `POST ${ISSUE}/comments`, { ...values, body: "Hm" });
    const named = { comment_id: made.body.id };
    const route = `DELETE ${ISSUES}/comments/{comment_id}`;
    expect((await ask(triager.token, route, named)).status).toBe(403);
    const deleted = await eventsOf(async () => {
      expect((await ask(writer.token, route, named)).status).toBe(204);
    });
    expect(deleted).toMatchObject([{ name: "issue_comment", action: "deleted" }]);
    expect((await ask("", `GET ${ISSUE}/comments`, values)).body).toEqual([]);
    expect((await ask(writer.token, route, named)).status).toBe(404);
  });

  test("are changed by who wrote them, and by who may write", async () => {
    const issue = await open();
    const { reader, triager, writer } = world.people;
    const { body } = await ask(reader.token, `POST ${ISSUE}/comments`, {
      issue_number: issue.number,
      body: "Mine",
    });
    const values = { comment_id: body.id, body: "Not mine" };
    const route = `PATCH ${ISSUES}/comments/{comment_id}`;
    expect((await ask(triager.token, route, values)).status).toBe(403);
    expect((await ask(writer.token, route, values)).status).toBe(200);
  });

  test.each([
    ["blank", "  ", 422],
    ["of 65,536 characters", "x".repeat(65_536), 201],
    ["longer", "x".repeat(65_537), 422],
  ])("%s", async (_, body, status) => {
    const issue = await open();
    const values = { issue_number: issue.number, body };
    const reply = await ask(world.owner.token, `POST ${ISSUE}/comments`, values);
    expect(reply.status).toBe(status);
  });
});

describe("closing keywords", () => {
  test.each([
    ["Closes #3", [3]],
    ["fixes: #4 and RESOLVED #5, closes #4", [4, 5]],
    ["Fix OWNER/app#6 but not close other/app#7", [6]],
    ["see #8, discloses #9, closes # 10", []],
  ])("%s", (text, numbers) => {
    const repository = { fullName: "OWNER/app" } as RepositoryState;
    expect(closedByText(repository, text)).toEqual(numbers);
  });
});
