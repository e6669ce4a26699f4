import { expect, test } from "vitest";
import { createGitHub } from "../../../../src/adapters/github/create-github.ts";
import { blockedBy } from "../../../../src/adapters/github/observe/open-issues.ts";
import { createWorld, REPOSITORY } from "../../../twin/github/world.ts";
import { checkedFetch } from "../checked-fetch.ts";

test.each([
  [{ total: 3, completed: 1 }, 1, { blockedBy: 3 }],
  [{ total: 3, completed: 3 }, 0, { blockedBy: 0 }],
  [{ total: 3, completed: 1 }, undefined, { blockedBy: 2 }],
  [undefined, 2, { blockedBy: 2 }],
  // One of the two is not shown: nobody knows that nothing blocks it.
  [{ total: 0, completed: 0 }, undefined, {}],
  [null, 0, {}],
  [null, null, {}],
] as const)("parts %j and %j blockers are %j", (parts, blockers, seen) => {
  expect(blockedBy(parts, blockers)).toEqual(seen);
});

test("an issue waits for its parts and its blockers until the last of them is closed", async () => {
  await using world = await createWorld();
  const { token } = world.owner;
  const ISSUES = "/repos/{owner}/{repo}/issues";
  const open = async (title: string) =>
    (await world.ask(token, `POST ${ISSUES}`, { title })).body as { number: number; id: number };
  const [whole, part, blocker] = [await open("whole"), await open("part"), await open("blocker")];
  const on = { issue_number: whole.number };
  const one = `${ISSUES}/{issue_number}`;
  await world.ask(token, `POST ${one}/sub_issues`, { ...on, sub_issue_id: part.id });
  await world.ask(token, `POST ${one}/dependencies/blocked_by`, { ...on, issue_id: blocker.id });
  const port = createGitHub({
    token: world.job({ contents: "read", issues: "read", "pull-requests": "read" }),
    repository: REPOSITORY,
    apiUrl: world.github.url,
    identity: { id: 41_898_282, login: "github-actions[bot]" },
    retryDelayMs: 1,
    request: checkedFetch({ apiUrl: world.github.url }),
  });
  const seen = async () => {
    const scope = { prefix: "factory:", issues: [whole.number], openIssues: true };
    const { issues, openIssues } = await port.observe(scope);
    const listed = "known" in openIssues ? openIssues.known : [];
    const found = listed.find(({ number }) => number === whole.number);
    return [issues[0]?.issue.blockedBy, found?.blockedBy];
  };
  expect(await seen()).toEqual([2, 2]);
  for (const { number } of [part, blocker]) {
    await world.ask(token, `PATCH ${one}`, { issue_number: number, state: "closed" });
  }
  expect(await seen()).toEqual([0, 0]);
});
