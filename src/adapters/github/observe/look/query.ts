import type { Scope } from "../../../../domain/github/snapshot.ts";

/** Entries of a page of issues, comments and pull requests: the most that GitHub gives. */
export const PAGE = 100;
/** Issues of the first page that carry the andon label; of each GitHub is asked who put it there. */
export const ANDONS = 20;

/** Source of all names: docs.github.com/en/graphql/reference. */
const WHO = `fragment Who on Actor {
  __typename login
  ... on User { databaseId } ... on Bot { databaseId } ... on Organization { databaseId } ... on Mannequin { databaseId }
}`;
const LISTED = `fragment Listed on Issue {
  number title body updatedAt author { ...Who } labels(first: 100) { nodes { name } pageInfo { hasNextPage } }
  subIssuesSummary { total completed }
}`;
const ISSUE = `fragment Whole on Issue {
  id ...Listed state locked url
  comments(first: ${PAGE}) {
    nodes { id fullDatabaseId author { ...Who } authorAssociation body createdAt updatedAt url }
    pageInfo { hasNextPage }
  }
}`;
const PULL = `fragment Pull on PullRequest {
  number state headRefName headRefOid baseRefName baseRefOid body mergedAt mergeCommit { oid } mergedBy { ...Who } url
}`;
const NEWEST = "orderBy: {field: CREATED_AT, direction: DESC}";
const ENTRIES = `nodes { ...Listed } pageInfo { hasNextPage endCursor }`;

/** The one question of a look. Each part costs nodes, and few of them points: a usual look is one point of the hour. */
export function lookQuery(scope: Scope): string {
  const parts = [
    `andon: issues(states: [OPEN], labels: [$andon], first: ${ANDONS}, ${NEWEST}) {
      nodes { number timelineItems(itemTypes: [LABELED_EVENT], last: 100) { nodes { ... on LabeledEvent { actor { ...Who } label { name } } } } }
      pageInfo { hasNextPage endCursor }
    }`,
    ...scope.issues.flatMap((number) => [
      `issue${number}: issueOrPullRequest(number: ${number}) { __typename ... on Issue { ...Whole } }`,
      `branches${number}: refs(refPrefix: "refs/heads/factory/", query: "${number}-", first: 50) {
        nodes { name prefix target { oid } associatedPullRequests(first: 5) { nodes { ...Pull } pageInfo { hasNextPage } } }
        pageInfo { hasNextPage }
      }`,
    ]),
    scope.openIssues === true &&
      `open: issues(states: [OPEN], first: ${PAGE}, ${NEWEST}) { ${ENTRIES} }`,
    scope.waiting === true &&
      `waiting: issues(states: [OPEN], labels: [$waiting], first: ${PAGE}, ${NEWEST}) { ${ENTRIES} }`,
    // Where a person is next: all open issues tell, of which that list has the first page already.
    scope.waiting === true &&
      scope.openIssues !== true &&
      `asked: issues(states: [OPEN], first: ${PAGE}, ${NEWEST}) {
        nodes { number author { ...Who } labels(first: 100) { nodes { name } pageInfo { hasNextPage } } } pageInfo { hasNextPage }
      }`,
    scope.openPullRequests === true &&
      `openPulls: pullRequests(states: [OPEN], first: ${PAGE}, ${NEWEST}) { nodes { ...Pull } pageInfo { hasNextPage } }`,
    scope.pullRequest !== undefined &&
      `pull: pullRequest(number: ${scope.pullRequest}) { ...Pull }`,
    scope.takenBack !== undefined &&
      `closed: pullRequests(states: [CLOSED, MERGED], first: ${PAGE}, orderBy: {field: UPDATED_AT, direction: DESC}) {
        nodes { number headRefName mergedAt updatedAt } pageInfo { hasNextPage }
      }`,
  ].filter((part) => part !== false);
  const waiting = scope.waiting === true ? ", $waiting: String!" : "";
  const asksPulls =
    scope.issues.length > 0 || scope.openPullRequests === true || scope.pullRequest !== undefined;
  const asksListed = scope.issues.length > 0 || scope.openIssues === true || scope.waiting === true;
  return [
    `query Look($owner: String!, $name: String!, $andon: String!${waiting}) {
  repository(owner: $owner, name: $name) {
    databaseId nameWithOwner url isPrivate owner { ...Who }
    defaultBranchRef { name target { oid ... on Commit { tree { oid } file(path: ".github/factory.yml") { mode object { ... on Blob { text isTruncated } } } } } }
    ${parts.join("\n    ")}
  }
}`,
    WHO,
    asksListed && LISTED,
    scope.issues.length > 0 && ISSUE,
    asksPulls && PULL,
  ]
    .filter((part) => part !== false)
    .join("\n");
}

/** The pages of open issues behind the first, all of them or those with a label. */
export function issuesQuery(isLabelled: boolean): string {
  const [variable, filter] = isLabelled ? [", $label: String!", "labels: [$label], "] : ["", ""];
  return `query Issues($owner: String!, $name: String!, $after: String!${variable}) {
  repository(owner: $owner, name: $name) {
    issues(states: [OPEN], ${filter}first: ${PAGE}, after: $after, ${NEWEST}) { ${ENTRIES} }
  }
}
${WHO}
${LISTED}`;
}
