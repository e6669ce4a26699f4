import { describe, expect, test } from "vitest";
import type { ReviewerAnswer } from "../../../src/agent/roles/reviewer/answer.ts";
import { FailedProposal, ReviewProposal } from "../../../src/domain/proposal.ts";
import { runPullRequestReview } from "../../../src/workers/review/pull-request.ts";
import { createFakeClock } from "../../fakes/clock.ts";
import { type FakeTask, fakeModel } from "../../fakes/model.ts";
import { createFakeRepository, type FakeFile } from "../../fakes/repository.ts";
import { reviewOrder } from "../orders.ts";

const VERDICT: ReviewerAnswer = {
  decision: "approve",
  summary: "does what it says",
  findings: [],
  assumptions: [],
  notVerified: [],
  smallestRollback: "revert the merge",
  criteria: reviewOrder().contract.acceptance.map(({ id }) => ({
    id,
    answer: "yes" as const,
    evidence: "seen",
    quotes: [],
  })),
  risk: "low",
};
const BASE: Readonly<Record<string, FakeFile>> = {
  "docs/a.md": "one\n",
  "docs/b.md": "two\n",
  "bin/run": { mode: "100755", content: "#!/bin/sh\n" },
};

async function review(
  after: Readonly<Record<string, FakeFile>>,
  said: Pick<FakeTask, "answer" | "refusal"> = { answer: VERDICT },
) {
  const repository = createFakeRepository();
  const base = repository.commit(BASE);
  const head = repository.commit(after, "head");
  const order = reviewOrder({ base, pullRequest: { number: 7, head } });
  const model = fakeModel([{ role: "reviewer", ...said }]);
  const proposal = await runPullRequestReview(order, {
    model,
    repository,
    clock: createFakeClock(),
  });
  const schema = proposal.worker === "failed" ? FailedProposal : ReviewProposal;
  expect(schema.safeParse(proposal).error).toBeUndefined();
  return { proposal, prompt: model.tasks[0]?.prompt ?? "", subject: { base, head, repository } };
}

describe("the review of a person's pull request", () => {
  test("is about exactly the base that it left and the tree of its head", async () => {
    const { proposal, prompt, subject } = await review({ ...BASE, "docs/a.md": "three\n" });
    const tree = await subject.repository.treeOf(subject.head);
    expect(proposal).toMatchObject({
      worker: "review",
      usage: { requests: 1 },
      verdict: { subject: { base: subject.base, tree }, decision: "approve" },
    });
    expect(prompt).toContain("+three");
    expect(prompt).toContain(
      'kind: "evidence"\nfrom: "the verify station; names and output are the change\'s"\ntext: "none"',
    );
  });

  test("fails as the review, with what it cost, when the model fails", async () => {
    const refusal = { code: "model-failed", subject: "cut stream" } as const;
    const { proposal } = await review({ ...BASE, "docs/a.md": "three\n" }, { refusal });
    expect(proposal).toMatchObject({
      worker: "failed",
      of: "review",
      refusal,
      usage: { requests: 1 },
    });
  });

  /** The risk is computed from the paths that differ, whatever the reviewer says. */
  test.each<readonly [string, Readonly<Record<string, FakeFile>>, string]>([
    ["a document that changed", { ...BASE, "docs/a.md": "three\n" }, "low"],
    ["a document that came", { ...BASE, "docs/c.md": "three\n" }, "low"],
    ["a document that went", { "docs/b.md": "two\n", "bin/run": BASE["bin/run"] ?? "" }, "low"],
    ["a program that went", { "docs/a.md": "one\n", "docs/b.md": "two\n" }, "medium"],
    ["a program that changed", { ...BASE, "bin/run": { mode: "100755", content: "x" } }, "medium"],
    [
      "a document that became a program",
      { ...BASE, "docs/a.md": { mode: "100755", content: "one\n" } },
      "medium",
    ],
    ["a source that came beside them", { ...BASE, "src/a.ts": "a\n" }, "medium"],
    ["what needs a person", { ...BASE, "package.json": "{}\n" }, "high"],
  ])("%s: the risk is computed", async (_, after, risk) => {
    const { proposal } = await review(after);
    expect(proposal).toMatchObject({ worker: "review", verdict: { risk } });
  });
});
