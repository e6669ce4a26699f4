import { describe, expect, test } from "vitest";
import { intake, smoke } from "../../control/line.ts";
import { goodAnswers, made, reads, useControl, writes } from "../control-job.ts";

describe("the bundle of control and its door", () => {
  const start = useControl();

  test("takes an issue from its label to done, with the permissions of the table", async () => {
    const jobs = await start();
    // One task as the built bundle in a process of its own, as GitHub's runner starts it; the others in this one.
    const labeled = jobs.last("issues");

    const open = await jobs.run("open", { event: labeled, started: true });
    expect(open.lines.at(-1)).toMatch(/^\d+ requests, 0 of them writes$/);
    expect(open).toMatchObject({
      exitCode: 0,
      outputs: { next: "intake", issue: String(jobs.issue), base: labeled.sha },
      order: { kind: "intake", base: labeled.sha },
    });
    expect(writes(open)).toEqual([]);
    expect(reads(open)).toMatchInlineSnapshot(`
      [
        "1 × POST /graphql 200",
      ]
    `);

    const first = made(open.order);
    const propose = await jobs.run("propose", {
      event: labeled,
      order: first,
      proposals: { "intake-normalize": intake(first) },
    });
    expect(propose).toMatchObject({ exitCode: 0, outputs: { next: "none" } });
    expect(writes(propose)).toMatchInlineSnapshot(`
      [
        "POST /graphql 200 addComment addComment createLabel createLabel createLabel createLabel createLabel createLabel createLabel createLabel createLabel createLabel createLabel createLabel createLabel createLabel",
        "POST /graphql 200 addLabelsToLabelable removeLabelsFromLabelable",
      ]
    `);

    const approved = await jobs.comment("/factory approve");
    const claim = await jobs.run("claim", { event: approved, runId: 8 });
    expect(claim).toMatchObject({ exitCode: 0, outputs: { next: "line" } });
    expect(writes(claim)).toMatchInlineSnapshot(`
      [
        "POST /graphql 200 createRef updateIssueComment addLabelsToLabelable removeLabelsFromLabelable",
      ]
    `);

    const order = made(claim.order);
    const proposals = await goodAnswers(jobs, order);
    const settle = await jobs.run("settle", { event: approved, order, proposals, runId: 8 });
    expect(settle, settle.summary).toMatchObject({ exitCode: 0, outputs: { next: "release" } });
    expect(writes(settle)).toMatchInlineSnapshot(`
      [
        "POST /graphql 200 createCommitOnBranch",
        "POST /graphql 200 createPullRequest",
        "POST /graphql 200 createCheckRun createCheckRun createCheckRun updateIssueComment mergePullRequest",
        "POST /graphql 200 updateIssueComment addLabelsToLabelable removeLabelsFromLabelable",
        "POST /actions/workflows/{workflow_id}/dispatches 204",
      ]
    `);
    expect(jobs.last("workflow_dispatch").workflow).toBe("deploy.yml");

    const release = made(settle.order);
    const record = await jobs.run("record", {
      event: approved,
      order: release,
      proposals: { "post-merge-smoke": smoke(release, "passed") },
      runId: 8,
    });
    expect(record, record.commands.join()).toMatchObject({
      exitCode: 0,
      outputs: { next: "none" },
    });
    expect(writes(record)).toMatchInlineSnapshot(`
      [
        "POST /graphql 200 updateIssueComment addLabelsToLabelable removeLabelsFromLabelable closeIssue",
      ]
    `);

    const route = "GET /repos/{owner}/{repo}/issues/{issue_number}";
    const { body } = await jobs.world.ask(jobs.world.owner.token, route, {
      issue_number: jobs.issue,
    });
    expect(body).toMatchObject({ state: "closed" });
    expect(body.labels.map(({ name }: { name: string }) => name)).toContain("factory:done");
    for (const run of [open, propose, claim, settle, record]) {
      expect(run.commands.filter((line) => !line.startsWith("::add-mask::"))).toEqual([]);
      expect(run.requests.filter(({ status }) => status >= 400 && status !== 404)).toEqual([]);
    }
  });
});
