import { describe, expect, test } from "vitest";
import type { ReviewProposal } from "../../../src/domain/proposal.ts";
import { parseWorkFold } from "../../../src/wording/pull-request/work-lines.ts";
import { CONFIG, deliver, green, newLine, orderOf, type TestLine } from "../line.ts";

function offered(line: TestLine, number: number, change: Readonly<Record<string, unknown>> = {}) {
  const { head } = line.github.pullRequest(number);
  const { id, login, type } = line.github.actor("ada");
  return {
    name: "pull_request",
    payload: {
      action: "opened",
      pull_request: {
        number,
        title: "Greet everybody",
        head: { ref: head.branch, sha: head.sha, repo: { id: 77 } },
        base: { repo: { id: 77 } },
        ...change,
      },
      sender: { id, login, type },
    },
  };
}

function pullRequest(line: TestLine, branch = "greet"): number {
  line.github.addBranch(branch);
  return line.github.addPullRequest(branch);
}

async function reviewed(line: TestLine, number: number, decision: "approve" | "rework") {
  line.nextRun();
  const event = offered(line, number);
  const open = await line.run("review-open", { event });
  const order = orderOf(open);
  const { review } = green(line.github, order);
  const proposal: ReviewProposal = { ...review, verdict: { ...review.verdict, decision } };
  return { event, order, proposals: [deliver("review", proposal)] };
}

describe("the review of a person's pull request", () => {
  test("is one comment, edited in place, and a neutral check on the head", async () => {
    const line = newLine();
    const number = pullRequest(line);
    for (const decision of ["rework", "approve"] as const) {
      const job = await reviewed(line, number, decision);
      expect(job.order).toMatchObject({
        kind: "review",
        base: line.github.head(),
        pullRequest: { number, head: line.github.pullRequest(number).head.sha },
        issue: { number, title: "Greet everybody" },
      });
      const result = await line.run("review-settle", job);
      expect(result).toMatchObject({ next: "none", refusals: [], ok: true });
      expect(result.effects.map(({ kind }) => kind)).toEqual(["write-comment", "write-check-run"]);
    }
    expect(line.github.checkRuns.map(({ name, conclusion }) => [name, conclusion])).toEqual([
      ["factory/review", "neutral"],
      ["factory/review", "neutral"],
    ]);
  });

  test("keeps what each one cost in that comment, and the day counts it", async () => {
    const line = newLine({ config: `${CONFIG}limits: { usdPerIssue: 1, usdPerDay: 1.25 }\n` });
    const number = pullRequest(line);
    for (const decision of ["rework", "approve"] as const) {
      const job = await reviewed(line, number, decision);
      expect(await line.run("review-settle", job)).toMatchObject({ refusals: [], ok: true });
      // The same job again is the same review.
      expect(await line.run("review-settle", job)).toMatchObject({ refusals: [], ok: true });
    }
    const [comment, ...others] = line.github.comments(number);
    expect(others).toEqual([]);
    const read = parseWorkFold(comment?.body ?? "");
    expect("lines" in read && read.lines.map(({ usage }) => usage?.usd)).toEqual([0.1, 0.1]);
    line.nextRun();
    await reviewed(line, number, "approve").then((job) => line.run("review-settle", job));
    line.nextRun();
    const result = await line.run("review-open", { event: offered(line, number) });
    expect(result).toMatchObject({ next: "none", effects: [] });
    expect(result.refusals).toMatchObject([{ code: "day-spent" }]);
  });

  const costsOf = (line: TestLine, number: number) => {
    const read = parseWorkFold(line.github.comments(number)[0]?.body ?? "");
    return "lines" in read ? read.lines.map(({ usage }) => usage?.usd) : read.fault;
  };

  test("that new commits have overtaken is not shown, and its cost is counted", async () => {
    const line = newLine();
    const number = pullRequest(line);
    await line.run("review-settle", await reviewed(line, number, "rework"));
    const said = line.github.comments(number)[0]?.body.split("<details>")[0] ?? "";
    const job = await reviewed(line, number, "approve");
    const head = { branch: "greet", sha: "c".repeat(40) };
    line.github.changePullRequest(number, { head });
    for (let times = 0; times < 2; times += 1) {
      const result = await line.run("review-settle", job);
      expect(result).toMatchObject({ ok: true, refusals: [{ code: "base-moved" }] });
    }
    expect(costsOf(line, number)).toEqual([0.1, 0.1]);
    expect(line.github.comments(number)).toHaveLength(1);
    expect(line.github.comments(number)[0]?.body.split("<details>")[0]?.trim()).toBe(said.trim());
    expect(line.github.checkRuns).toHaveLength(1);
  });

  test("whose worker was silent is charged all that it was allowed, and says so", async () => {
    const line = newLine({ config: `${CONFIG}limits: { usdPerIssue: 1, usdPerDay: 1.25 }\n` });
    const number = pullRequest(line);
    const { event, order } = await reviewed(line, number, "rework");
    const jobResults = { review: "success" } as const;
    const result = await line.run("review-settle", { event, order, jobResults });
    expect(result).toMatchObject({ ok: false, refusals: [{ code: "worker-failed" }] });
    expect(costsOf(line, number)).toEqual([1]);
    expect(line.github.comments(number)[0]?.body).toContain("**No review came of this.**");
    line.nextRun();
    const open = await line.run("review-open", { event });
    expect(open).toMatchObject({ next: "none", refusals: [{ code: "day-spent" }] });
  });

  test("says so where the comment with what earlier ones cost may be among those that are not shown", async () => {
    const line = newLine();
    const number = pullRequest(line);
    const job = await reviewed(line, number, "approve");
    line.github.floodPull(number);
    const result = await line.run("review-settle", job);
    expect(result).toMatchObject({ ok: true, refusals: [{ code: "state-unknown" }] });
    expect(costsOf(line, number)).toEqual([0.1]);
  });

  test("goes on where somebody changed what earlier ones cost, and says so", async () => {
    const line = newLine();
    const number = pullRequest(line);
    await line.run("review-settle", await reviewed(line, number, "rework"));
    const [comment] = line.github.comments(number);
    const cheaper = comment?.body.replace('"usd":0.1', '"usd":0.0') ?? "";
    const job = await reviewed(line, number, "approve");
    line.github.editComment(comment?.id ?? 0, cheaper);
    const result = await line.run("review-settle", job);
    expect(result).toMatchObject({ ok: true, refusals: [{ code: "state-unknown" }] });
    expect(line.github.comments(number)[0]?.body).toContain(
      "The reviewer found nothing that has to change",
    );
    const open = await line.run("review-open", { event: offered(line, number) });
    expect(open).toMatchObject({ next: "review" });
  });

  test("is not begun where nobody knows what the day has cost, but for a caller without the key", async () => {
    const line = newLine();
    const number = pullRequest(line);
    await line.run("review-settle", await reviewed(line, number, "rework"));
    const [comment] = line.github.comments(number);
    line.github.editComment(comment?.id ?? 0, comment?.body.replace('"usd":0.1', '"usd":0') ?? "");
    line.nextRun();
    const event = offered(line, number);
    const closed = await line.run("review-open", { event });
    expect(closed).toMatchObject({ next: "none" });
    expect(closed.summary).toContain("the seal of what it cost does not match");
    expect(await line.run("review-open", { event, sealKey: "" })).toMatchObject({ next: "review" });
  });

  test.each([
    ["from a fork", { head: { ref: "greet", sha: "", repo: { id: 5 } } }, "fork"],
    ["from a fork that is gone", { head: { ref: "greet", sha: "", repo: null } }, "fork"],
  ])("is not made of one %s, and says why", async (_, change, word) => {
    const line = newLine();
    const event = offered(line, pullRequest(line), change);
    const result = await line.run("review-open", { event });
    expect(result).toMatchObject({ next: "none", effects: [], ok: true });
    expect(result.summary).toContain(word);
  });

  test("is not made of a bot's, whatever it may write", async () => {
    const line = newLine();
    const number = pullRequest(line);
    line.github.setPermission("helper[bot]", "write");
    const { id, login, type } = line.github.actor("helper[bot]");
    const event = offered(line, number);
    const sent = { ...event, payload: { ...event.payload, sender: { id, login, type } } };
    const result = await line.run("review-open", { event: sent });
    expect(result).toMatchObject({ next: "none", effects: [] });
    expect(result.order).toBeUndefined();
    expect((await line.run("review-open", { event })).order).toBeDefined();
  });

  test("is not made of what a person has replaced, closed, or may not ask for", async () => {
    const line = newLine();
    const number = pullRequest(line);
    const event = offered(line, number);
    line.github.setPermission("ada", "read");
    expect((await line.run("review-open", { event })).order).toBeUndefined();
    line.github.setPermission("ada", "write");
    const job = await reviewed(line, number, "rework");
    const head = { branch: "greet", sha: "c".repeat(40) };
    line.github.changePullRequest(number, { head });
    expect((await line.run("review-open", { event })).order).toBeUndefined();
    const settle = await line.run("review-settle", job);
    expect(settle).toMatchObject({ effects: [{ kind: "write-comment" }], ok: true });
    expect(line.github.comments(number)[0]?.body).toContain("**No review came of this.**");
    line.github.changePullRequest(number, { state: "closed" });
    const again = offered(line, number);
    expect((await line.run("review-open", { event: again })).order).toBeUndefined();
    expect(line.github.applied).toHaveLength(1);
  });

  test("says on both effects what they are of", async () => {
    const line = newLine();
    const number = pullRequest(line);
    const job = await reviewed(line, number, "rework");
    const { sha } = line.github.pullRequest(number).head;
    const { effects } = await line.run("review-settle", job);
    const [comment, check] = effects;
    expect(comment).toEqual({
      kind: "write-comment",
      key: `review/${number}/${sha}`,
      issue: number,
      marker: "### Millwright · review",
      body: expect.stringContaining(`https://github.com/OWNER/app/actions/runs/${job.order.runId}`),
      comment: null,
    });
    expect(check).toMatchObject({
      kind: "write-check-run",
      key: `review-check/${sha}`,
      name: "factory/review",
      sha,
      conclusion: "neutral",
      title: expect.stringMatching(/\w/),
      summary: comment?.kind === "write-comment" ? comment.body : "",
    });
  });

  test("has the person's words as its issue, and three questions as its contract", async () => {
    const line = newLine();
    const number = pullRequest(line);
    const { order } = await reviewed(line, number, "approve");
    expect(order).toMatchObject({
      actor: { login: "ada" },
      issue: { author: { login: "ada" }, remarks: [] },
      contract: {
        acceptance: ["AC1", "AC2", "AC3"].map((id) => ({ id, kind: "judgement" })),
      },
    });
    const long = offered(line, number, { title: "t".repeat(2_000) });
    const cut = orderOf(await line.run("review-open", { event: long }));
    expect("issue" in cut && cut.issue.title.length).toBe(1_000);
  });

  test.each<readonly [string, (line: TestLine, number: number) => void, object]>([
    [
      "it was closed",
      ({ github }, number) => github.changePullRequest(number, { state: "closed" }),
      { found: "it is not open", accepted: "an open pull request" },
    ],
    [
      "it goes elsewhere",
      ({ github }, number) => {
        const base = { branch: `b${"r".repeat(400)}`, sha: github.head() };
        github.changePullRequest(number, { base });
      },
      { found: `it goes into b${"r".repeat(286)}`, accepted: "main" },
    ],
  ])("is not made where %s", async (_, change, refusal) => {
    const line = newLine();
    const number = pullRequest(line);
    const event = offered(line, number);
    change(line, number);
    expect((await line.run("review-open", { event })).refusals).toEqual([
      { code: "event-not-understood", subject: `pull request ${number}`, ...refusal },
    ]);
  });

  test("is not made of commits that others have replaced", async () => {
    const line = newLine();
    const number = pullRequest(line);
    const event = offered(line, number);
    const { sha } = line.github.pullRequest(number).head;
    const replaced = { branch: "greet", sha: "c".repeat(40) };
    line.github.changePullRequest(number, { head: replaced });
    expect((await line.run("review-open", { event })).refusals).toEqual([
      {
        code: "base-moved",
        subject: `pull request ${number}`,
        found: `its head is ${replaced.sha} now`,
        accepted: sha,
      },
    ]);
  });

  test.each([
    [
      "a push",
      {
        name: "push",
        payload: { after: "c".repeat(40), sender: { id: 1, login: "ada", type: "User" } },
      },
      "arrived",
    ],
    ["the clock", { name: "schedule", payload: {} }, "schedule"],
  ])("is not made of %s", async (_, event, found) => {
    expect((await newLine().run("review-open", { event })).refusals).toEqual([
      {
        code: "event-not-understood",
        subject: "a review",
        found,
        accepted: "a pull request that was opened",
      },
    ]);
  });

  test("is not made of the factory's own", async () => {
    const line = newLine();
    const event = offered(line, pullRequest(line, "factory/1-1"));
    expect((await line.run("review-open", { event })).order).toBeUndefined();
  });

  test("that the worker did not deliver is told by the run, which ends red", async () => {
    const line = newLine();
    const { event, order } = await reviewed(line, pullRequest(line), "rework");
    const jobResults = { review: "skipped" } as const;
    const result = await line.run("review-settle", { event, order, jobResults });
    expect(result).toMatchObject({ effects: [], ok: false });
  });
});
