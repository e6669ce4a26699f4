import { describe, expect, test } from "vitest";
import { readTrigger } from "../../../src/control/observed/event.ts";
import { issueOfTask, scopeOf } from "../../../src/control/observed/scope.ts";
import type { ControlInput } from "../../../src/control/observed/situation.ts";
import { LEDGER_MARKER } from "../../../src/wording/issue/ledger-comment.ts";
import { WORK_MARKERS } from "../../../src/wording/pull-request/unblock-work.ts";

const sender = { id: 4, login: "ada", type: "User" };
const COMMIT = "c".repeat(40);
const offered = {
  action: "opened",
  pull_request: {
    number: 7,
    title: "Greet",
    head: { sha: COMMIT, repo: { id: 77 } },
    base: { repo: { id: 77 } },
  },
  sender,
};
const CLOSED = {
  action: "closed",
  pull_request: { number: 7, merged: true, head: { ref: "factory/3-1" } },
  sender,
};
const labeled = {
  action: "labeled",
  label: { name: "factory:queued" },
  issue: { number: 3, title: "greeting", body: "by name" },
  sender,
};
const commented = {
  action: "created",
  issue: { number: 3 },
  comment: { id: 9, body: "/factory stop" },
  sender,
};

describe("a webhook payload is read as", () => {
  test.each<readonly [string, string, unknown, unknown]>([
    [
      "a label",
      "issues",
      labeled,
      { kind: "labeled", issue: 3, label: "factory:queued", title: "greeting", body: "by name" },
    ],
    [
      "a comment",
      "issue_comment",
      commented,
      { kind: "commented", issue: 3, comment: 9, body: "/factory stop", onPullRequest: false },
    ],
    [
      "a comment on a pull request",
      "issue_comment",
      { ...commented, issue: { number: 3, pull_request: { url: "x" } } },
      { kind: "commented", issue: 3, comment: 9, body: "/factory stop", onPullRequest: true },
    ],
    [
      "a review",
      "pull_request_review",
      {
        action: "submitted",
        review: { id: 5, body: null, state: "approved" },
        pull_request: { number: 8, head: { ref: "factory/3-1" } },
        sender,
      },
      { kind: "reviewed", pullRequest: 8, branch: "factory/3-1", comment: 5, body: "" },
    ],
    [
      "a comment in a thread",
      "pull_request_review_comment",
      {
        action: "created",
        comment: { id: 6, body: "/factory stop" },
        pull_request: { number: 8, head: { ref: "factory/3-1" } },
        sender,
      },
      {
        kind: "reviewed",
        pullRequest: 8,
        branch: "factory/3-1",
        comment: 6,
        body: "/factory stop",
      },
    ],
    [
      "a doorbell",
      "workflow_dispatch",
      { inputs: { issue: "3" }, sender },
      { kind: "doorbell", issue: 3 },
    ],
    [
      "a doorbell that names no issue",
      "workflow_dispatch",
      { inputs: { issue: "" }, sender },
      { kind: "doorbell", issue: undefined },
    ],
    [
      "a doorbell without inputs",
      "workflow_dispatch",
      { inputs: null, sender },
      { kind: "doorbell", issue: undefined },
    ],
    [
      "a closed pull request",
      "pull_request",
      CLOSED,
      { kind: "pull-request-closed", pullRequest: 7, branch: "factory/3-1", merged: true },
    ],
    ...["opened", "synchronize", "reopened", "ready_for_review"].map(
      (action) =>
        [
          `a pull request that was ${action}`,
          "pull_request",
          { ...offered, action },
          { kind: "offered", pullRequest: 7, head: COMMIT, title: "Greet", fork: false },
        ] as const,
    ),
    [
      "a pull request of a fork",
      "pull_request",
      {
        ...offered,
        pull_request: { ...offered.pull_request, head: { sha: COMMIT, repo: { id: 78 } } },
      },
      { kind: "offered", pullRequest: 7, head: COMMIT, title: "Greet", fork: true },
    ],
    [
      "a pull request whose repository is gone",
      "pull_request",
      { ...offered, pull_request: { ...offered.pull_request, head: { sha: COMMIT, repo: null } } },
      { kind: "offered", pullRequest: 7, head: COMMIT, title: "Greet", fork: true },
    ],
    ["a push", "push", { after: COMMIT, sender }, { kind: "arrived", commit: COMMIT }],
    [
      "the end of a run on a branch of the factory",
      "workflow_run",
      { action: "completed", workflow_run: { head_branch: "factory/3-1" }, sender },
      { kind: "checked", branch: "factory/3-1" },
    ],
    [
      "the end of another App's checks",
      "check_suite",
      { action: "completed", check_suite: { head_branch: "factory/3-1" }, sender },
      { kind: "checked", branch: "factory/3-1" },
    ],
    [
      "a deployment",
      "deployment_status",
      { deployment_status: { state: "success" }, deployment: { sha: COMMIT }, sender },
      { kind: "arrived", commit: COMMIT },
    ],
  ])("%s", (_, name, payload, trigger) => {
    expect(readTrigger({ name, payload })).toEqual({
      trigger: { ...(trigger as object), by: sender },
    });
  });

  test("the clock", () => {
    expect(readTrigger({ name: "schedule", payload: {} })).toEqual({
      trigger: { kind: "schedule" },
    });
  });
});

describe("a payload that is none", () => {
  test.each<readonly [string, unknown, string]>([
    ["issues", { ...labeled, action: "opened" }, "issues: action"],
    ["issues", { ...labeled, issue: { number: 0, title: "", body: "" } }, "issues: issue.number"],
    ["issue_comment", { ...commented, action: "edited" }, "issue_comment: action"],
    ["workflow_dispatch", { inputs: { issue: "0" }, sender }, "workflow_dispatch: inputs.issue"],
    ["workflow_dispatch", { inputs: { issue: "3 " }, sender }, "workflow_dispatch: inputs.issue"],
    ["pull_request", { ...CLOSED, action: "labeled" }, "pull_request: action"],
    ["push", { after: "short", sender }, "push: after"],
    [
      "check_suite",
      { action: "completed", check_suite: { head_branch: null }, sender },
      "check_suite: check_suite.head_branch",
    ],
    [
      "workflow_run",
      { action: "completed", workflow_run: { head_branch: "main" }, sender },
      "workflow_run: workflow_run.id",
    ],
    [
      "deployment_status",
      { deployment_status: { state: "failure" }, deployment: { sha: COMMIT }, sender },
      "deployment_status: deployment_status.state",
    ],
    ["push", { after: COMMIT, sender: { ...sender, login: "" } }, "push: sender.login"],
    ["push", { after: COMMIT, sender: { ...sender, id: 0 } }, "push: sender.id"],
    ["push", "text", "push: "],
  ])("of %s is refused with its place: %#", (name, payload, subject) => {
    expect(readTrigger({ name, payload })).toMatchObject({
      refusal: { code: "event-not-understood", subject, found: expect.stringMatching(/\w/) },
    });
  });

  test("of an event that nobody answers says which are", () => {
    expect(readTrigger({ name: "x".repeat(200), payload: {} })).toEqual({
      refusal: {
        code: "event-not-understood",
        subject: "x".repeat(100),
        accepted:
          "issues, issue_comment, workflow_dispatch, pull_request, pull_request_review, pull_request_review_comment, push, deployment_status, check_suite, workflow_run, repository_dispatch, schedule",
      },
    });
  });
});

const WISH = {
  ...commented,
  issue: { number: 3, pull_request: {} },
  comment: { id: 5, body: "/factory unblock" },
};

describe("what is looked at", () => {
  const ring = { name: "workflow_dispatch", payload: { inputs: { issue: "3" }, sender } };
  const clock = { name: "schedule", payload: {} };
  const all = { marker: LEDGER_MARKER, since: "2026-11-19T09:00:00Z" };
  const ledgers = { ...all, work: WORK_MARKERS };
  const input = (task: ControlInput["task"], event: ControlInput["event"], issue?: number) =>
    ({ task, event, ...(issue === undefined ? {} : { issue }) }) as ControlInput;

  test.each<readonly [string, ControlInput, object]>([
    [
      "a doorbell, which may be for a pull request",
      input("route", ring),
      { issues: [3], actors: [sender], unblocking: true },
    ],
    [
      "the issue that the workflow names",
      input("claim", ring, 5),
      { issues: [5], actors: [sender], waiting: true, ledgers },
    ],
    [
      "the clock",
      input("heartbeat", clock),
      { issues: [], openIssues: true, openPullRequests: true, unblocking: true, ledgers },
    ],
    ["an issue to be read", input("open", clock, 5), { issues: [5], ledgers }],
    ["one that was refused before", input("propose", clock, 5), { issues: [5], ledgers }],
    [
      "one that was read",
      { ...input("propose", clock, 5), order: {} } as ControlInput,
      { issues: [5], ledgers: { ...all, since: expect.any(String), newest: true } },
    ],
    ["the end of an attempt", input("settle", clock, 5), { issues: [5], waiting: true }],
    [
      "a heartbeat that a person starts",
      input("heartbeat", ring),
      {
        ...{ issues: [], actors: [sender], openIssues: true, openPullRequests: true },
        ...{ unblocking: true, ledgers },
      },
    ],
    [
      "the night",
      input("nightly-open", clock),
      {
        issues: [],
        openIssues: true,
        openPullRequests: true,
        ledgers: { ...all, since: "2026-08-22T09:00:00Z" },
      },
    ],
    ["its end", input("nightly-settle", clock, 5), { issues: [], openPullRequests: true }],
    [
      "a merge",
      input("route", { name: "pull_request", payload: CLOSED }),
      { issues: [3], actors: [sender], pullRequest: 7 },
    ],
    [
      "a person's pull request",
      input("review-open", { name: "pull_request", payload: offered }),
      { issues: [], actors: [sender], pullRequest: 7, ledgers },
    ],
    [
      "the end of its review",
      input("review-settle", { name: "pull_request", payload: offered }),
      { issues: [], actors: [sender], pullRequest: 7, pullSaid: true },
    ],
    [
      "a wish that a pull request be mended",
      input("route", { name: "issue_comment", payload: WISH }),
      { issues: [], actors: [sender], pullRequest: 3, ledgers },
    ],
    ["nothing that is known", input("route", { name: "x", payload: {} }), { issues: [] }],
  ])("for %s", (_, given, scope) => {
    expect(scopeOf(given, "factory:", "2026-11-20T09:00:00Z")).toEqual({
      prefix: "factory:",
      ...scope,
    });
  });

  test.each<readonly [string, unknown, number | undefined]>([
    ["issues", labeled, 3],
    ["issue_comment", commented, 3],
    ["issue_comment", { ...commented, issue: { number: 3, pull_request: {} } }, undefined],
    [
      "pull_request",
      { ...CLOSED, pull_request: { ...CLOSED.pull_request, head: { ref: "greet" } } },
      undefined,
    ],
    ["push", { after: COMMIT, sender }, undefined],
  ])("%s works on issue: %#", (name, payload, issue) => {
    expect(issueOfTask(input("route", { name, payload }))).toBe(issue);
  });
});
