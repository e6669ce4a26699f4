import type { EffectKind } from "../../src/domain/github/effect.ts";
import { githubSuite, STAGED } from "../ports/github.suite.ts";
import { createFakeGitHub } from "./github.ts";

const ALL: readonly EffectKind[] = [
  "write-comment",
  "set-labels",
  "claim-branch",
  "publish-commit",
  "open-pull-request",
  "update-pull-request",
  "write-check-run",
  "merge-pull-request",
  "dispatch-workflow",
  "close-issue",
  "open-issue",
  "edit-issue",
  "reopen-issue",
  "pin-issue",
];

githubSuite("fake", async () => {
  const fake = createFakeGitHub({
    people: STAGED.people,
    config: STAGED.files[".github/factory.yml"],
    paths: Object.keys(STAGED.files),
    allows: ALL,
    workflows: ["deploy.yml"],
  });
  return {
    github: fake,
    identity: fake.identity,
    addIssue: async ({ labels, ...issue }) =>
      fake.addIssue({ ...issue, ...(labels === undefined ? {} : { labels: [...labels] }) }),
    addComment: async (comment) => fake.addComment(comment),
    moveHead: async () => fake.moveHead(),
    moveBranch: async (name) => fake.moveBranch(name),
    mergeByPerson: async (number, login) => fake.mergeByPerson(number, login),
    treeWith: async (changeSet) => fake.treeWith(changeSet),
    dispatches: () => fake.dispatches,
    [Symbol.asyncDispose]: async () => undefined,
  };
});
