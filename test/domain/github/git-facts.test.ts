import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { BRANCH_EVENTS, isBranchEvent } from "../../../src/domain/github/branch-event.ts";
import { isBlob } from "../../../src/domain/github/commit-tree.ts";
import { parentsOf } from "../../../src/domain/github/owned-pull-request.ts";
import { CHECK_CAUSES } from "../../../src/domain/github/repository-check.ts";
import {
  isOfThePull,
  parentsOfResult,
  suggestionBranch,
} from "../../../src/domain/github/unblock.ts";

const [HEAD, BASE, OTHER] = ["a", "b", "c"].map((sign) => sign.repeat(40)) as [
  string,
  string,
  string,
];

test.each([
  ["the base stands where it was", BASE, [HEAD]],
  ["the base moved", OTHER, [HEAD, BASE]],
  ["nobody verified the head", undefined, [HEAD, BASE]],
])(
  "a continued pull request has the base as a second parent unless it is known: %s",
  (_what, base, parents) => {
    const continued = {
      pullRequest: 1,
      branch: "x",
      head: HEAD,
      ...(base === undefined ? {} : { base }),
    };
    expect(parentsOf(continued, BASE)).toStrictEqual(parents);
  },
);

test.each([
  ["did not move", BASE, [HEAD]],
  ["moved", OTHER, [HEAD, BASE]],
])("an unblocked pull request, whose base %s", (_what, mergeBase, parents) => {
  expect(parentsOfResult({ head: HEAD, base: BASE, mergeBase })).toStrictEqual(parents);
});

test("a result is offered on a branch of its pull request and its run", () => {
  expect(suggestionBranch({ pullRequest: 7, runId: 12 })).toBe("factory/unblock-7-12");
});

test("a red check is the pull request's fault unless chance, a machine or the base explains it", () => {
  const own = CHECK_CAUSES.filter((cause) => isOfThePull({ name: "x", cause, lines: [] }));
  expect(own).toStrictEqual(["change", "test", "unknown"]);
});

test.each(["sha1", "sha256"])("bytes are those of the blob that names them by %s", (algorithm) => {
  const bytes = Buffer.from("hello\n");
  const blob = createHash(algorithm).update("blob 6\0hello\n").digest("hex");
  expect(isBlob(bytes, blob)).toBe(true);
  expect(isBlob(Buffer.from("hello"), blob)).toBe(false);
});

test("git's own name of a blob is known", () => {
  // git hash-object of the same bytes
  expect(isBlob(Buffer.from("hello\n"), "ce013625030ba8dba906f756967f9e9ca394464a")).toBe(true);
});

test("an event is one of a branch by its name alone", () => {
  expect(BRANCH_EVENTS.every(isBranchEvent)).toBe(true);
  expect(BRANCH_EVENTS).toContain("pull_request_target");
  expect(["schedule", "constructor", ""].some(isBranchEvent)).toBe(false);
});
