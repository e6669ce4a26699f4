import { expect, test } from "vitest";
import { filesOf, LINES } from "../../../../src/cli/chaos/lines.ts";
import { openPlayground, REPOSITORY } from "../../../../src/cli/chaos/playground.ts";

test("what was done since is undone, of issues as of git, and the same is done again", async () => {
  await using playground = await openPlayground(filesOf(LINES.happy));
  const { github, send } = playground;
  const look = () => github.portray(REPOSITORY);
  const before = await look();
  const live = async () => {
    const issue = (await send("POST", "/issues", { title: "One", body: "more" })) as { id: number };
    await send("POST", "/issues/1/comments", { body: "said" });
    await send("POST", "/issues/1/labels", { labels: ["bug"] });
    const main = (await send("GET", "/git/ref/heads/main")) as { object: { sha: string } };
    const { sha } = main.object;
    await send("POST", "/git/refs", { ref: "refs/heads/factory/1-1", sha });
    return { issue: issue.id, at: playground.clockOf(0).now(), seen: await look() };
  };
  const first = await live();
  expect(first.seen).not.toEqual(before);
  expect(Object.keys(first.seen.branches)).toEqual(["factory/1-1", "main"]);
  await playground.restore();
  expect(await look()).toEqual(before);
  // All that was written before is the push that hosts it.
  const written = github.requests().filter(({ write }) => write);
  expect(written.map(({ route }) => route)).toEqual(["git:receive-pack"]);
  expect(await live()).toEqual(first);
});
