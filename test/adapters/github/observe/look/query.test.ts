import { buildSchema, type GraphQLSchema, parse, validate } from "graphql";
import { beforeAll, describe, expect, test } from "vitest";
import { COMMENT_MUTATIONS } from "../../../../../src/adapters/github/comment-effect.ts";
import { issuesQuery, lookQuery } from "../../../../../src/adapters/github/observe/look/query.ts";
import { openingMutation } from "../../../../../src/adapters/github/open-pull-request.ts";
import type { Scope } from "../../../../../src/domain/github/snapshot.ts";
import { costOf, MOST_NODES } from "../../../../../src/twin/github/graphql/cost.ts";
import { readPublicSchema, withNewer } from "../../../../../src/twin/github/graphql/schema.ts";

/** All of GitHub's schema, not only what the twin serves. */
let schema: GraphQLSchema;
beforeAll(async () => {
  schema = buildSchema(withNewer(await readPublicSchema()), { assumeValidSDL: true });
});

const BARE: Scope = { prefix: "factory:", issues: [] };
const ALL: Scope = {
  ...BARE,
  issues: [3, 17],
  openIssues: true,
  waiting: true,
  openPullRequests: true,
  pullRequest: 4,
  before: { parent: "a".repeat(40) },
  ledgers: { marker: "m", since: "2026-11-01T00:00:00Z" },
  takenBack: { until: "2026-11-02T00:00:00Z", days: 14 },
};

describe("what is asked of GitHub", () => {
  const scopes: readonly (readonly [string, Scope])[] = [
    ["the repository alone", BARE],
    ["an issue", { ...BARE, issues: [3] }],
    ["an issue and those that wait", { ...BARE, issues: [3], waiting: true }],
    ["a heartbeat", { ...BARE, openIssues: true }],
    ["an audit", { ...BARE, openIssues: true, openPullRequests: true }],
    ["a pull request", { ...BARE, pullRequest: 4 }],
    ["everything", ALL],
  ];
  test.each(scopes)(
    "for %s is valid by GitHub's whole schema, and costs few points",
    (_, scope) => {
      const document = parse(lookQuery(scope));
      expect(validate(schema, document)).toEqual([]);
      const { points, nodes } = costOf(document, {});
      expect(points).toBeLessThanOrEqual(5);
      expect(nodes).toBeLessThan(MOST_NODES / 5);
    },
  );

  test("for one issue is one point of the hour, and two more where a place is given out", () => {
    const { points } = costOf(parse(lookQuery({ ...BARE, issues: [3], waiting: true })), {});
    expect(points).toBeLessThanOrEqual(3);
    expect(costOf(parse(lookQuery({ ...BARE, issues: [3] })), {}).points).toBe(1);
  });

  test.each(scopes)("to open a pull request and look, for %s, is valid", (_, scope) => {
    expect(validate(schema, parse(openingMutation(scope)))).toEqual([]);
  });

  test.each(COMMENT_MUTATIONS)("to write a comment is valid: %s", (mutation) => {
    expect(validate(schema, parse(mutation))).toEqual([]);
  });

  test.each([true, false])("for more issues is valid, with a label: %s", (isLabelled) => {
    expect(validate(schema, parse(issuesQuery(isLabelled)))).toEqual([]);
  });
});
