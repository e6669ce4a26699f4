import type { Scope } from "../../../../domain/github/snapshot.ts";
import {
  andonLabel,
  loopLabel,
  ownLabels,
  unblockLabel,
  waitingLabel,
} from "../../../../domain/label.ts";
import { folderFields, folderValues, folderVariables } from "./folders.ts";
import { HISTORY } from "./history.ts";
import { onPullsFields } from "./on-pulls.ts";

/** Entries of a page of issues, comments and pull requests: the most that GitHub gives. */
export const PAGE = 100;
/** The most issues of the first page with the andon label; for each, GitHub is asked who added it. */
export const ANDONS = 20;

/**
 * The most recently changed issues, and comments of each. If there are more, the day's ledgers are listed separately.
 * Few, so that a look at a busy repository stays small.
 */
export const RECENT = 20;

/** Source of all names: docs.github.com/en/graphql/reference. */
const WHO = `fragment Who on Actor {
  __typename login
  ... on User { databaseId } ... on Bot { databaseId } ... on Organization { databaseId } ... on Mannequin { databaseId }
}`;
const LISTED = `fragment Listed on Issue {
  number title body updatedAt author { ...Who } labels(first: 100) { nodes { name } pageInfo { hasNextPage } }
  subIssuesSummary { total completed } issueDependenciesSummary { blockedBy }
}`;
const ISSUE = `fragment Whole on Issue {
  id ...Listed ...History state locked url
  comments(first: ${PAGE}) {
    nodes { id fullDatabaseId author { ...Who } authorAssociation body createdAt updatedAt url }
    pageInfo { hasNextPage }
  }
}`;
const PULL = `fragment Pull on PullRequest {
  id number state headRefName headRefOid baseRefName baseRefOid body mergedAt mergeCommit { oid } mergedBy { ...Who } url isCrossRepository
}`;
const NEWEST = "orderBy: {field: CREATED_AT, direction: DESC}";
const ENTRIES = `nodes { ...Listed } pageInfo { hasNextPage endCursor }`;

/** The one query of a look. Each part costs nodes, but few points: a usual look is one point of the hour. */
export function lookQuery(scope: Scope): string {
  const variables = ["owner: String!", "name: String!", ...lookVariables(scope)];
  return [
    `query Look(${variables.map((one) => `$${one}`).join(", ")}) {
  repository(owner: $owner, name: $name) {
    ${lookFields(scope)}
  }
}`,
    ...lookFragments(scope),
  ].join("\n");
}

/** Variables of a look's fields, with their types: "andon: String!". */
export function lookVariables(scope: Scope): readonly string[] {
  const { waiting, ledgers, loopsSince, unblocking } = scope;
  return [
    "andon: String!",
    ...(unblocking === true ? ["unblock: String!"] : []),
    ...(waiting === true ? ["waiting: String!"] : []),
    ...(ledgers === undefined ? [] : ["since: DateTime!"]),
    ...(loopsSince === undefined ? [] : ["loops: String!", "loopsSince: DateTime!"]),
    ...folderVariables(scope),
  ];
}

/** Their values. */
export function lookValues(scope: Scope): Readonly<Record<string, string>> {
  const { prefix, waiting, ledgers, loopsSince, unblocking } = scope;
  return {
    andon: andonLabel(prefix),
    ...(unblocking === true ? { unblock: unblockLabel(prefix) } : {}),
    ...(waiting === true ? { waiting: waitingLabel(prefix) } : {}),
    ...(ledgers === undefined ? {} : { since: ledgers.since }),
    ...(loopsSince === undefined ? {} : { loops: loopLabel(prefix), loopsSince }),
    ...folderValues(scope),
  };
}

export function lookFragments(scope: Scope): readonly string[] {
  const hasIssues = scope.issues.length > 0;
  const asksPulls =
    hasIssues ||
    scope.openPullRequests === true ||
    scope.unblocking === true ||
    scope.pullRequest !== undefined;
  const asksListed = hasIssues || scope.openIssues === true || scope.waiting === true;
  return [
    WHO,
    ...(asksListed ? [LISTED] : []),
    ...(hasIssues ? [ISSUE, HISTORY] : []),
    ...(asksPulls ? [PULL] : []),
  ];
}

/** Fields of the repository. */
export function lookFields(scope: Scope): string {
  const fields = [
    `id databaseId nameWithOwner url isPrivate owner { ...Who }
    defaultBranchRef { name target { oid ... on Commit { tree { oid } parents(first: 2) { nodes { oid } } file(path: ".github/factory.yml") { mode object { ... on Blob { text isTruncated } } } } } }
    andon: issues(states: [OPEN], labels: [$andon], first: ${ANDONS}, ${NEWEST}) {
      nodes { number timelineItems(itemTypes: [LABELED_EVENT], last: 100) { nodes { ... on LabeledEvent { actor { ...Who } label { name } } } } }
      pageInfo { hasNextPage endCursor }
    }`,
    ...issueFields(scope),
    ...listFields(scope),
    ...folderFields(scope),
  ];
  return fields.join("\n    ");
}

/** The issues of the scope, the names of labels that may be set, and people's permissions. */
function issueFields({ issues, prefix }: Scope): readonly string[] {
  if (issues.length === 0) return [];
  return [
    // GitHub does not document whether it shows them to a job's token, so missing people are requested.
    `collaborators(first: ${PAGE}) { edges { permission node { databaseId login } } }`,
    ...issues.flatMap((number) => [
      `issue${number}: issueOrPullRequest(number: ${number}) { __typename ... on Issue { ...Whole } }`,
      `branches${number}: refs(refPrefix: "refs/heads/factory/", query: "${number}-", first: 50) {
        nodes { name prefix target { oid } associatedPullRequests(first: 5) { nodes { ...Pull } pageInfo { hasNextPage } } }
        pageInfo { hasNextPage }
      }`,
    ]),
    ...ownLabels(prefix).map(
      (name, at) => `label${at}: label(name: ${JSON.stringify(name)}) { id name }`,
    ),
  ];
}

function listFields(scope: Scope): readonly string[] {
  const { openIssues, openPullRequests, waiting } = scope;
  const parts = [
    openIssues === true && `open: issues(states: [OPEN], first: ${PAGE}, ${NEWEST}) { ${ENTRIES} }`,
    waiting === true &&
      `waiting: issues(states: [OPEN], labels: [$waiting], first: ${PAGE}, ${NEWEST}) { ${ENTRIES} }`,
    // Stages at which a person is next: derived from all open issues, of which that list already has the first page.
    waiting === true &&
      openIssues !== true &&
      `asked: issues(states: [OPEN], first: ${PAGE}, ${NEWEST}) {
        nodes { number author { ...Who } labels(first: 100) { nodes { name } pageInfo { hasNextPage } } } pageInfo { hasNextPage }
      }`,
    openPullRequests === true &&
      `openPulls: pullRequests(states: [OPEN], first: ${PAGE}, ${NEWEST}) { nodes { ...Pull } pageInfo { hasNextPage } }`,
    ...pastFields(scope),
    ...onPullsFields(scope),
  ];
  return parts.filter((part) => part !== false);
}

function pastFields({ before, ledgers, loopsSince, pullRequest, takenBack }: Scope) {
  return [
    before !== undefined &&
      "parent" in before &&
      `before: object(oid: "${before.parent}") { ... on Commit {
        associatedPullRequests(first: 5) { nodes { headRefName mergedAt mergeCommit { oid } } pageInfo { hasNextPage } }
      } }`,
    ledgers !== undefined &&
      `recent: issues(first: ${RECENT}, filterBy: {since: $since}, orderBy: {field: UPDATED_AT, direction: DESC}) {
        nodes { number came: timelineItems(itemTypes: [TRANSFERRED_EVENT], last: 1) { nodes { ... on TransferredEvent { createdAt } } } comments(first: ${RECENT}) { nodes { fullDatabaseId author { ...Who } body createdAt updatedAt } pageInfo { hasNextPage } } }
        pageInfo { hasNextPage }
      }`,
    loopsSince !== undefined &&
      `loops: issues(labels: [$loops], first: ${PAGE}, filterBy: {since: $loopsSince}, orderBy: {field: UPDATED_AT, direction: DESC}) {
        nodes { number body author { ...Who } } pageInfo { hasNextPage }
      }`,
    pullRequest !== undefined && `pull: pullRequest(number: ${pullRequest}) { ...Pull }`,
    takenBack !== undefined &&
      `closed: pullRequests(states: [CLOSED, MERGED], first: ${PAGE}, orderBy: {field: UPDATED_AT, direction: DESC}) {
        nodes { number headRefName mergedAt updatedAt } pageInfo { hasNextPage }
      }`,
  ];
}

/** Pages of open issues after the first, all of them or those with a label. */
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
