import { expect, test } from "vitest";
import { createGitHub } from "../../../src/adapters/github/create-github.ts";
import { createWorld, REPOSITORY, type World } from "../../twin/github/world.ts";
import { checkedFetch } from "./checked-fetch.ts";

const ONE = "/repos/{owner}/{repo}/pulls/{pull_number}";
const IDENTITY = { id: 41_898_282, login: "github-actions[bot]" };

function portOf(world: World, contents: "read" | "write" = "write") {
  return createGitHub({
    token: world.job({ contents, issues: "write", "pull-requests": "write" }),
    repository: REPOSITORY,
    apiUrl: world.github.url,
    identity: IDENTITY,
    retryDelayMs: 1,
    request: checkedFetch({ apiUrl: world.github.url }),
  });
}

test("what people say on a pull request is seen with what they may do, and a thread is answered once", async () => {
  await using world = await createWorld();
  await world.commit({ "a.txt": "one\ntwo\n" }, "feature", "main");
  const opening = { title: "Feature", head: "feature", base: "main" };
  await world.ask(world.owner.token, "POST /repos/{owner}/{repo}/pulls", opening);
  const pull = { pull_number: 1 };
  const { writer, reader } = world.people;
  const comments = [{ path: "a.txt", line: 2, body: "Why?" }];
  await world.ask(writer.token, `POST ${ONE}/reviews`, {
    ...pull,
    event: "REQUEST_CHANGES",
    body: "Not yet.",
    comments,
  });
  await world.ask(reader.token, "POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
    issue_number: 1,
    body: "/factory stop",
  });
  await world.ask(writer.token, `POST ${ONE}/reviews`, { ...pull, body: "a draft" });
  const port = portOf(world);
  const seen = await port.saidOn(1);
  const may = (permission: string) => expect.objectContaining({ permission, type: "User" });
  expect(seen).toMatchObject({
    pullRequest: 1,
    comments: [{ body: "/factory stop", author: may("read") }],
    threads: [{ path: "a.txt", line: 2, comments: [{ body: "Why?", author: may("write") }] }],
    reviews: [{ state: "changes-requested", body: "Not yet.", author: may("write") }],
  });
  const thread = seen.threads[0]?.id ?? 0;
  const marker = "**Millwright · attempt 2**";
  const effect = {
    kind: "answer-thread",
    key: "answer",
    pullRequest: 1,
    thread,
    marker,
    body: `${marker}\n\nDone.`,
  } as const;
  expect(await port.apply([effect])).toMatchObject([{ outcome: "done" }]);
  expect(await port.apply([effect])).toMatchObject([{ outcome: "already" }]);
  const [answered] = (await port.saidOn(1)).threads;
  expect(answered?.comments.map(({ body }) => body)).toEqual(["Why?", effect.body]);
  expect(await port.apply([{ ...effect, thread: 999_999 }])).toMatchObject([
    { outcome: "refused", status: 404 },
  ]);
});

test("a thread is resolved by a token that may write contents, and is seen as settled where a person resolved it", async () => {
  await using world = await createWorld();
  await world.commit({ "a.txt": "one\ntwo\n" }, "feature", "main");
  const opening = { title: "Feature", head: "feature", base: "main" };
  await world.ask(world.owner.token, "POST /repos/{owner}/{repo}/pulls", opening);
  const { writer } = world.people;
  const review = { event: "COMMENT", body: "Two.", comments: [] as object[] };
  for (const line of [1, 2]) review.comments.push({ path: "a.txt", line, body: `Why ${line}?` });
  await world.ask(writer.token, `POST ${ONE}/reviews`, { pull_number: 1, ...review });
  const port = portOf(world);
  const [first, second] = (await port.saidOn(1)).threads;
  expect([first, second]).toMatchObject([{ settled: false }, { settled: false }]);
  const resolve = ({ id, node }: { readonly id: number; readonly node: string | null }) =>
    ({
      kind: "resolve-thread",
      key: "resolve",
      pullRequest: 1,
      thread: id,
      node: node ?? "",
    }) as const;
  if (first === undefined || second === undefined) throw new Error("two threads were begun");
  expect(await portOf(world, "read").apply([resolve(first)])).toMatchObject([
    {
      outcome: "refused",
      status: 403,
      reason: expect.stringContaining('the job needs the permission "contents: write"'),
    },
  ]);
  expect(await port.apply([resolve(first)])).toMatchObject([{ outcome: "done" }]);
  expect(await port.apply([resolve(first)])).toMatchObject([{ outcome: "done" }]);
  await resolveAs(world, writer.token, second.node ?? "");
  // What the factory resolved is no person's word: a reply opens it again.
  expect((await port.saidOn(1)).threads).toMatchObject([{ settled: false }, { settled: true }]);
  expect(await port.apply([resolve({ id: 9, node: "PRRT_none" })])).toMatchObject([
    { outcome: "refused", status: 404 },
  ]);
});

test("a review is asked for once, and not of one who is no collaborator", async () => {
  await using world = await createWorld();
  await world.commit({ "a.txt": "one\n" }, "feature", "main");
  const opening = { title: "Feature", head: "feature", base: "main" };
  await world.ask(world.owner.token, "POST /repos/{owner}/{repo}/pulls", opening);
  const { writer } = world.people;
  const port = portOf(world);
  const asking = (...people: string[]) =>
    ({ kind: "request-review", key: "review", pullRequest: 1, people, teams: [] }) as const;
  const login = writer.login.toUpperCase();
  expect(await port.apply([asking(login)])).toMatchObject([{ outcome: "done" }]);
  expect(await port.apply([asking(login)])).toMatchObject([{ outcome: "already" }]);
  const refused = expect.stringContaining("only be requested from collaborators");
  expect(await port.apply([asking(login, "nobody")])).toMatchObject([
    { outcome: "refused", status: 422, reason: refused },
  ]);
  const teams = { ...asking(), teams: ["greeting"] };
  expect(await port.apply([teams])).toMatchObject([{ outcome: "refused", status: 422 }]);
});

async function resolveAs(world: World, token: string, threadId: string): Promise<void> {
  const query =
    "mutation ($id: ID!) { resolveReviewThread(input: { threadId: $id }) { thread { isResolved } } }";
  const answer = await fetch(`${world.github.url}/graphql`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables: { id: threadId } }),
  });
  const { errors } = (await answer.json()) as { readonly errors?: unknown };
  expect(errors).toBeUndefined();
}

test("who changed a path last is told by the pull request that brought it", async () => {
  await using world = await createWorld();
  await world.commit({ "a.txt": "one\n", "b.txt": "one\n" }, "feature", "main");
  const opening = { title: "Feature", head: "feature", base: "main" };
  await world.ask(world.owner.token, "POST /repos/{owner}/{repo}/pulls", opening);
  const merged = await world.ask(world.owner.token, `PUT ${ONE}/merge`, { pull_number: 1 });
  const { sha } = merged.body as { sha: string };
  const changers = await portOf(world).changersOf(sha, ["a.txt", "b.txt", "nowhere.txt"]);
  expect([...changers]).toEqual([
    ["a.txt", 1],
    ["b.txt", 1],
  ]);
});

test("a look that is taken again in a job costs nothing of what did not change, and sees what did", async () => {
  await using world = await createWorld();
  await world.commit({ "a.txt": "one\n" }, "feature", "main");
  const opening = { title: "Feature", head: "feature", base: "main" };
  await world.ask(world.owner.token, "POST /repos/{owner}/{repo}/pulls", opening);
  const port = portOf(world);
  const lists = async () => {
    const before = world.github.requests().length;
    const seen = await port.saidOn(1);
    const asked = world.github.requests().slice(before);
    const statuses = asked.flatMap(({ route, status }) =>
      /\/(?:comments|reviews)$/.test(route) ? [status] : [],
    );
    return { seen, statuses };
  };
  const first = await lists();
  const second = await lists();
  expect([first.statuses, second.statuses]).toEqual([
    [200, 200, 200],
    [304, 304, 304],
  ]);
  expect(second.seen).toEqual(first.seen);
  const said = { issue_number: 1, body: "A word." };
  const comments = "POST /repos/{owner}/{repo}/issues/{issue_number}/comments";
  await world.ask(world.people.writer.token, comments, said);
  const third = await lists();
  expect(third.statuses.toSorted()).toEqual([200, 304, 304]);
  expect(third.seen.comments).toMatchObject([{ body: "A word." }]);
});
