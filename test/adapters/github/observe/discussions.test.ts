import { describe, expect, test } from "vitest";
import { createGitHub } from "../../../../src/adapters/github/create-github.ts";
import type { JobPermissions } from "../../../../src/twin/github/twin-github.ts";
import { createWorld, REPOSITORY, type World } from "../../../twin/github/world.ts";
import { checkedFetch } from "../checked-fetch.ts";

const READS: JobPermissions = { discussions: "read" };

function portOf(world: World, permissions: JobPermissions) {
  const { url } = world.github;
  return createGitHub({
    token: world.job(permissions),
    repository: REPOSITORY,
    apiUrl: url,
    identity: { id: 41_898_282, login: "github-actions[bot]" },
    retryDelayMs: 1,
    request: checkedFetch({ apiUrl: url }),
  });
}

function start(world: World, title: string, ...labels: readonly string[]): number {
  const discussion = { author: "stranger", title, body: "It is slow", labels };
  return world.github.startDiscussion(REPOSITORY, discussion);
}

describe("the discussions with a label", () => {
  test("are the newest first, each with its address, whatever case the label has", async () => {
    await using world = await createWorld();
    const first = start(world, "One", "Feedback", "other");
    start(world, "Another", "other");
    const issue = await world.ask(world.owner.token, "POST /repos/{owner}/{repo}/issues", {
      title: "An issue",
    });
    const last = start(world, "Two", "feedback");
    // One row of numbers for all three.
    expect([first, issue.body.number, last]).toEqual([1, 3, 4]);
    const seen = await portOf(world, READS).discussionsWith("feedback");
    const common = { body: "It is slow", author: "stranger" };
    expect(seen).toMatchObject({
      known: {
        discussions: [
          { number: last, title: "Two", labels: ["feedback"], ...common },
          { number: first, title: "One", labels: ["Feedback", "other"], ...common },
        ],
        unread: 0,
      },
    });
    const addresses = "known" in seen ? seen.known.discussions.map(({ url }) => url) : [];
    expect(addresses[0]).toMatch(/\/OWNER\/app\/discussions\/4$/);
  });

  test("are looked for among five hundred, and how many more there are is told", async () => {
    await using world = await createWorld();
    start(world, "The oldest", "feedback");
    for (let count = 1; count < 501; count += 1) start(world, "Talk");
    start(world, "The newest", "feedback");
    const port = portOf(world, READS);
    const seen = await port.discussionsWith("feedback");
    expect(seen).toMatchObject({ known: { discussions: [{ title: "The newest" }], unread: 2 } });
    expect(port.count().requests).toBe(5);
  });

  test.each<readonly [string, JobPermissions, boolean, string]>([
    ["the token may not read them", { issues: "read" }, true, "not accessible by integration"],
    ["they are off", READS, false, "discussions are off in this repository"],
  ])("are unknown where %s", async (_what, permissions, isOn, words) => {
    await using world = await createWorld();
    if (isOn) start(world, "One", "feedback");
    const seen = await portOf(world, permissions).discussionsWith("feedback");
    expect(seen).toEqual({ unknown: expect.stringContaining(words) });
  });
});
