import { expect, test } from "vitest";
import { loadConformance } from "./conformance.ts";

const { requests } = loadConformance();
const REPO = "/repos/OWNER/app";

test.each([
  ["an operation", "GET", `${REPO}/git/ref/heads/factory/1-1`, undefined],
  ["a list with its page", "GET", `${REPO}/issues?state=open&per_page=100&page=2`, undefined],
  ["a body", "POST", `${REPO}/issues`, { title: "One", labels: ["a", { name: "b" }] }],
  ["one of several bodies", "PUT", `${REPO}/issues/1/labels`, { labels: ["a"] }],
  ["what its pages allow alone", "PUT", `${REPO}/issues/1/labels`, { labels: [] }],
  [
    "keys of one's own, where any are",
    "POST",
    `${REPO}/dispatches`,
    { event_type: "a", client_payload: { b: 1 } },
  ],
])("GitHub describes %s", (_what, method, path, body) => {
  expect(requests.problems({ method, path, body })).toEqual([]);
});

test.each([
  ["a route that is none", "GET", `${REPO}/isues`, undefined, /^GitHub has no GET \/repos/],
  ["a method that it has not", "PUT", `${REPO}/issues`, {}, /^GitHub has no PUT/],
  [
    "a number that is none",
    "GET",
    `${REPO}/issues/one`,
    undefined,
    /\{issue_number\} \/ must be integer/,
  ],
  [
    "a key of the query",
    "GET",
    `${REPO}/pulls?stat=open`,
    undefined,
    /has no query parameter stat/,
  ],
  [
    "a value of the query",
    "GET",
    `${REPO}/pulls?state=gone`,
    undefined,
    /\?state .*allowed values/,
  ],
  [
    "a key of the body",
    "POST",
    `${REPO}/issues`,
    { title: "a", label: [] },
    /body \/label is not described/,
  ],
  [
    "a key deep in the body",
    "POST",
    `${REPO}/git/trees`,
    { tree: [{ pth: "a" }] },
    /body \/tree\/0\/pth is not described/,
  ],
  [
    "a value of the body",
    "PUT",
    `${REPO}/pulls/1/merge`,
    { merge_method: "fast" },
    /allowed values/,
  ],
  ["a body that is missing", "POST", `${REPO}/git/refs`, undefined, /the body is missing/],
  [
    "a body that lacks a key",
    "POST",
    `${REPO}/git/refs`,
    { ref: "refs/heads/a" },
    /property 'sha'/,
  ],
])("GitHub does not describe %s", (_what, method, path, body, expected) => {
  expect(requests.problems({ method, path, body }).join("\n")).toMatch(expected);
});

test("of two routes that fit, the one that says more is meant", () => {
  const sent = { method: "GET", path: `${REPO}/issues/comments`, body: undefined };
  expect(requests.routeOf(sent)).toBe("GET /repos/{owner}/{repo}/issues/comments");
});
