import { expect, test } from "vitest";
import { nodeId } from "../../src/twin/github/render/account.ts";
import { asRest } from "./oracle/graphql-request.ts";

const PLACE = {
  repository: "OWNER/app",
  repositoryId: 60,
  issues: new Map([[70, 3]]),
  pulls: new Map([[75, 4]]),
  comments: new Set([80]),
  labels: new Map([[90, "factory:ready"]]),
};
const caller = { kind: "unknown" } as const;

function said(query: string, variables: object = {}) {
  const request = { method: "POST", path: "/graphql", caller };
  return asRest({ ...request, body: JSON.stringify({ query, variables }) }, PLACE).map(
    ({ method, path, body }) => [
      method,
      path,
      method === "POST" && path === "/graphql" ? "" : body,
    ],
  );
}
const ADD =
  "mutation($node: ID!, $body: String!) { addComment(input: {subjectId: $node, body: $body}) { clientMutationId } }";
const UPDATE =
  'mutation($node: ID!) { updateIssueComment(input: {id: $node, body: "x"}) { clientMutationId } }';
const UNKNOWN = ["POST", "/graphql", ""];
const COMMIT = {
  clientMutationId: "t",
  expectedHeadOid: "b",
  message: { headline: "Fixes", body: "#9" },
  fileChanges: { additions: [{ path: "a.ts", contents: "YQ==" }], deletions: [{ path: "b.ts" }] },
};

test.each<readonly [string, string, object, readonly (readonly string[])[]]>([
  [
    "a look",
    "query($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { id } }",
    { owner: "OWNER", name: "app" },
    [["GET", "/repos/OWNER/app", ""]],
  ],
  [
    "a look elsewhere",
    '{ repository(owner: "OWNER", name: "vault") { id } }',
    {},
    [["GET", "/repos/OWNER/vault", ""]],
  ],
  ["a look at nothing of a repository", "{ viewer { login } }", {}, [UNKNOWN]],
  [
    "a comment",
    ADD,
    { node: nodeId("I", 70), body: "x" },
    [["POST", "/repos/OWNER/app/issues/3/comments", '{"body":"x"}']],
  ],
  ["a comment on an issue of nobody", ADD, { node: nodeId("I", 71), body: "x" }, [UNKNOWN]],
  ["a comment on what is no issue", ADD, { node: nodeId("PR", 70), body: "x" }, [UNKNOWN]],
  [
    "an edit",
    UPDATE,
    { node: nodeId("IC", 80) },
    [["PATCH", "/repos/OWNER/app/issues/comments/80", '{"body":"x"}']],
  ],
  ["an edit of nobody's", UPDATE, { node: nodeId("IC", 81) }, [UNKNOWN]],
  [
    "two writes in one",
    `mutation($node: ID!) { a: updateIssueComment(input: {id: $node, body: "x"}) { clientMutationId } mergePullRequest(input: {pullRequestId: "x"}) { clientMutationId } }`,
    { node: nodeId("IC", 80) },
    [["PATCH", "/repos/OWNER/app/issues/comments/80", '{"body":"x"}'], UNKNOWN],
  ],
  [
    "labels that are put on and taken off",
    `mutation($in: In!) { a: addLabelsToLabelable(input: $in) { clientMutationId } b: removeLabelsFromLabelable(input: $in) { clientMutationId } }`,
    { in: { labelableId: nodeId("I", 70), labelIds: [nodeId("LA", 90)] } },
    [
      ["PUT", "/repos/OWNER/app/issues/3/labels", '{"labels":["factory:ready"]}'],
      ["PUT", "/repos/OWNER/app/issues/3/labels", '{"labels":["factory:ready"]}'],
    ],
  ],
  [
    "a closing, with its reason in words of REST",
    `mutation($in: In!) { closeIssue(input: $in) { clientMutationId } }`,
    { in: { issueId: nodeId("I", 70), stateReason: "COMPLETED" } },
    [["PATCH", "/repos/OWNER/app/issues/3", '{"state":"closed","state_reason":"completed"}']],
  ],
  [
    "a pin",
    `mutation($in: In!) { pinIssue(input: $in) { clientMutationId } }`,
    { in: { issueId: nodeId("I", 70) } },
    [["PUT", "/repos/OWNER/app/issues/3/pin", "{}"]],
  ],
  [
    "a pull request, and what stands beside its fields",
    `mutation($in: In!) { createPullRequest(input: $in) { clientMutationId } }`,
    {
      in: {
        repositoryId: nodeId("R", 60),
        baseRefName: "main",
        headRefName: "factory/3-1",
        title: "t",
        maintainerCanModify: true,
      },
    },
    [
      [
        "POST",
        "/repos/OWNER/app/pulls",
        '{"title":"t","maintainerCanModify":true,"base":"main","head":"factory/3-1"}',
      ],
    ],
  ],
  [
    "a pull request elsewhere",
    `mutation($in: In!) { createPullRequest(input: $in) { clientMutationId } }`,
    { in: { repositoryId: nodeId("R", 61), baseRefName: "main", headRefName: "x", title: "t" } },
    [UNKNOWN],
  ],
  [
    "a claim",
    `mutation($in: In!) { createRef(input: $in) { clientMutationId } }`,
    { in: { repositoryId: nodeId("R", 60), name: "refs/heads/factory/3-1", oid: "a" } },
    [["POST", "/repos/OWNER/app/git/refs", '{"ref":"refs/heads/factory/3-1","sha":"a"}']],
  ],
  [
    "a commit on a branch, as a tree, a commit and a ref that moves forward",
    `mutation($in: In!) { createCommitOnBranch(input: $in) { clientMutationId } }`,
    {
      in: {
        ...COMMIT,
        branch: { repositoryNameWithOwner: "OWNER/app", branchName: "factory/3-1" },
      },
    },
    [
      [
        "POST",
        "/repos/OWNER/app/git/trees",
        '{"base_tree":"b","tree":[{"path":"a.ts","mode":"100644","type":"blob","content":"YQ=="},{"path":"b.ts","mode":"100644","type":"blob","sha":null}]}',
      ],
      [
        "POST",
        "/repos/OWNER/app/git/commits",
        '{"message":"Fixes\\n\\n#9","tree":"t","parents":["b"]}',
      ],
      ["PATCH", "/repos/OWNER/app/git/refs/heads/factory/3-1", '{"sha":"b","force":false}'],
    ],
  ],
  [
    "a commit elsewhere",
    `mutation($in: In!) { createCommitOnBranch(input: $in) { clientMutationId } }`,
    { in: { ...COMMIT, branch: { repositoryNameWithOwner: "OWNER/vault", branchName: "main" } } },
    [UNKNOWN],
  ],
  [
    "a commit on a branch by another name of it",
    `mutation($in: In!) { createCommitOnBranch(input: $in) { clientMutationId } }`,
    { in: { ...COMMIT, branch: { id: "REF_x" } } },
    [UNKNOWN],
  ],
  [
    "a merge",
    `mutation($in: In!) { mergePullRequest(input: $in) { clientMutationId } }`,
    { in: { pullRequestId: nodeId("PR", 75), expectedHeadOid: "a", mergeMethod: "SQUASH" } },
    [["PUT", "/repos/OWNER/app/pulls/4/merge", '{"sha":"a","merge_method":"squash"}']],
  ],
  [
    "a change that nobody here knows",
    `mutation($in: In!) { deleteRef(input: $in) { clientMutationId } }`,
    { in: { refId: "x" } },
    [UNKNOWN],
  ],
])("the oracle reads %s", (_, query, variables, expected) => {
  expect(said(query, variables)).toEqual(expected);
});

test("what is no GraphQL stays as it is", () => {
  const request = { method: "POST", path: "/repos/OWNER/app/pulls", body: "{}", caller };
  expect(asRest(request, PLACE)).toEqual([request]);
});
