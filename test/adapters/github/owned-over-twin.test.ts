import { expect, test } from "vitest";
import { createGitHub } from "../../../src/adapters/github/create-github.ts";
import { createWorld, REPOSITORY, type World } from "../../twin/github/world.ts";
import { checkedFetch } from "./checked-fetch.ts";

const ONE = "/repos/{owner}/{repo}/pulls/{pull_number}";
const IDENTITY = { id: 41_898_282, login: "github-actions[bot]" };

function portOf(world: World) {
  return createGitHub({
    token: world.job({ contents: "write", issues: "write", "pull-requests": "write" }),
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
