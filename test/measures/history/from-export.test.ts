import { expect, test } from "vitest";
import {
  deploymentsOfExport,
  issuesOfExport,
  labelSpans,
  mergesOfExport,
} from "../../../src/measures/history/from-export.ts";
import { GitHubExport } from "../../../src/measures/history/github-export.ts";

const id = (letter: string) => letter.repeat(40);
const at = (hour: number) => `2026-08-01T${String(hour).padStart(2, "0")}:00:00Z`;
const ann = { login: "ann", type: "User" };
const bob = { login: "bob", type: "User" };
const app = { login: "coder[bot]", type: "Bot" };

const pull = (number: number, fields: object) => ({
  ...{
    number,
    title: `Pull ${number}`,
    user: app,
    merged_at: at(number),
    merge_commit_sha: id(`${number}`),
  },
  ...{ base: { ref: "main" }, head: { ref: `topic-${number}` } },
  ...fields,
});
const commit = (letter: string, fields: { email?: string; date?: string; message?: string }) => ({
  sha: id(letter),
  commit: {
    message: fields.message ?? "A commit",
    author: { email: fields.email ?? "ann@example.com", date: fields.date ?? at(0) },
  },
});

const FOUND = GitHubExport.parse({
  repository: {
    ...{ id: 1, full_name: "OWNER/notes", html_url: "https://github.com/OWNER/notes" },
    default_branch: "main",
  },
  pulls: [
    pull(1, { head: { ref: "factory/12-1" } }),
    pull(2, { user: ann, merged_by: app }),
    pull(3, { body: "Reverts OWNER/notes#2\n", merged_by: bob }),
    pull(4, { merged_at: null }),
    pull(5, { base: { ref: "next" } }),
    pull(6, {}),
  ],
  reviews: [
    {
      pull_request_url: "https://api.github.com/repos/OWNER/notes/pulls/1",
      user: bob,
      state: "APPROVED",
    },
    {
      pull_request_url: "https://api.github.com/repos/OWNER/notes/pulls/6",
      user: app,
      state: "APPROVED",
    },
  ],
  pull_commits: {
    1: [commit("a", { date: "2026-08-01T02:30:00+02:00" }), commit("b", { date: at(1) })],
    6: [
      commit("c", {
        email: "1+coder[bot]@users.noreply.github.com",
        message: `Undo\n\nThis reverts commit ${id("1")}.`,
      }),
    ],
  },
  pull_files: { 1: [{ filename: "src/a.ts", additions: 3 }] },
});

test("merges into the default branch, in order, with the issue that the factory's branch names", () => {
  const found = mergesOfExport(FOUND, []);
  expect(found.map((one) => [one.id, one.issue, one.writer, one.person])).toEqual([
    ["#1", 12, "both", true],
    ["#2", undefined, "person", true],
    ["#3", undefined, "agent", true],
    ["#6", undefined, "agent", false],
  ]);
});

test("begun with the first commit in any zone, and taken back in GitHub's words or git's", () => {
  const [first, second, third, last] = mergesOfExport(FOUND, []);
  expect(first).toMatchObject({ begunAt: "2026-08-01T00:30:00Z", takenBackAt: at(6) });
  expect(first?.lines).toEqual([{ path: "src/a.ts", added: 3 }]);
  expect(second).toMatchObject({ takenBackAt: at(3) });
  expect([third?.repairs, last?.repairs]).toEqual([true, true]);
});

test("a person's login can be named as an agent; without a list of reviews nobody knows who read", () => {
  expect(mergesOfExport(FOUND, ["ann"])[1]?.writer).toBe("agent");
  const { reviews: _, ...unread } = FOUND;
  expect(mergesOfExport(unread, []).map(({ person }) => person)).toEqual(Array(4).fill(undefined));
});

test("issues are those that are no pull requests; left out, they are not known", () => {
  const issue = { number: 1, title: "One", created_at: at(1), updated_at: at(2) };
  const issues = [
    { ...issue, labels: ["a", { name: "b" }], milestone: { title: "Autumn" }, closed_at: at(2) },
    { ...issue, number: 2, pull_request: {} },
  ];
  expect(issuesOfExport(GitHubExport.parse({ ...FOUND, issues }))).toEqual({
    known: [
      {
        ...{ number: 1, title: "One", openedAt: at(1), updatedAt: at(2), closedAt: at(2) },
        ...{ labels: ["a", "b"], milestone: "Autumn" },
      },
    ],
  });
  expect(issuesOfExport(FOUND)).toEqual({ untold: "no-issues" });
});

test("a failed deployment recovers with the next that succeeds in its environment", () => {
  const deployment = (letter: string, environment: string, state: string, hour: number) => ({
    ...{ sha: id(letter), environment },
    statuses: [
      { state: "in_progress", created_at: at(hour - 1) },
      { state, created_at: at(hour) },
    ],
  });
  const deployments = [
    deployment("a", "production", "failure", 3),
    deployment("b", "staging", "success", 4),
    deployment("c", "production", "success", 6),
    { ...deployment("d", "production", "queued", 7), statuses: [] },
  ];
  expect(deploymentsOfExport({ deployments })).toEqual({
    known: [
      { commit: id("a"), at: at(3), outcome: "failed", recoveredAt: at(6) },
      { commit: id("b"), at: at(4), outcome: "well" },
      { commit: id("c"), at: at(6), outcome: "well" },
    ],
  });
});

test("a label stands from the event that put it there to the one that took it away, or closed the issue", () => {
  const event = (name: string, issue: number, hour: number, label = "factory:andon") => ({
    ...{ event: name, created_at: at(hour), issue: { number: issue }, label: { name: label } },
  });
  const events = [
    event("labeled", 1, 1, "Factory:Andon"),
    event("labeled", 2, 2),
    event("unlabeled", 1, 3, "bug"),
    event("closed", 1, 4),
  ];
  expect(labelSpans(events, "factory:andon")).toEqual({
    known: [
      { issue: 1, from: at(1), until: at(4) },
      { issue: 2, from: at(2) },
    ],
  });
  expect(labelSpans(undefined, "factory:andon")).toEqual({ untold: "no-events" });
});
