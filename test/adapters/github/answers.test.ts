import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import {
  CheckRunAnswer,
  CheckRunsAnswer,
  CommentAnswer,
  CommitAnswer,
  CompareAnswer,
  ContentAnswer,
  IssueAnswer,
  IssueEventAnswer,
  LabelAnswer,
  ListedCommentAnswer,
  MergeAnswer,
  ObjectAnswer,
  PermissionAnswer,
  PullAnswer,
  RefAnswer,
  RunAnswer,
  RunsAnswer,
  TreeAnswer,
  UserAnswer,
} from "../../../src/adapters/github/answers.ts";
import { parseAnswer } from "../../../src/adapters/github/client/client.ts";
import { cases } from "../../cases.ts";
import { loadConformance } from "../../twin/github/conformance.ts";
import { placesIn, withMore, without } from "./example-answers.ts";

const KINDLESS = "an account of no kind may command nothing, like a bot";
const ALONE = "lists leave it out, and those who need it ask for the pull request itself";
const COMMENT = {
  "user.type": KINDLESS,
  author_association: "counts as nobody's, so that its author's permission is asked for less often",
};
const CHECK = {
  external_id: "then the check run is not known as ours, and another one is made",
  html_url: "the address alone",
  output: "then its annotations are sent again",
};
const SIDES = {
  "head.repo": "a fork that is gone has none, and nothing is taken for our own without one",
  "base.repo": "then nobody knows whether it comes from a fork",
};
/** Fields that an answer may lack, each with the reason why nothing is decided in its absence. */
type Optional = Readonly<Record<string, string>>;

const REPO = "/repos/{owner}/{repo}";
/** Each answer that is read by more than one place, in GitHub's own example of it. */
const ANSWERS: readonly (readonly [string, z.ZodType, Optional])[] = [
  [`GET ${REPO}/git/trees/{tree_sha}`, TreeAnswer, {}],
  [`GET ${REPO}/contents/{path}`, ContentAnswer, {}],
  [
    `GET ${REPO}/issues/{issue_number}`,
    IssueAnswer,
    {
      "user.type": KINDLESS,
      state_reason: "open issues have none",
      pull_request: "issues have none",
      sub_issues_summary: "issues without others below them may have none",
      issue_dependencies_summary: "where GitHub does not show them, nobody knows of one",
    },
  ],
  [`GET ${REPO}/issues/{issue_number}/comments`, z.array(CommentAnswer), COMMENT],
  [`GET ${REPO}/issues/comments`, z.array(ListedCommentAnswer), COMMENT],
  [
    `GET ${REPO}/issues/{issue_number}/events`,
    z.array(IssueEventAnswer),
    {
      actor: "accounts that are gone have none",
      "actor.type": KINDLESS,
      label: "events of other kinds have none",
    },
  ],
  [`GET ${REPO}/issues/{issue_number}/labels`, z.array(LabelAnswer), {}],
  [`GET ${REPO}/git/ref/{ref}`, RefAnswer, {}],
  [`GET ${REPO}/git/matching-refs/{ref}`, z.array(RefAnswer), {}],
  [
    `GET ${REPO}/pulls/{pull_number}`,
    PullAnswer,
    {
      ...SIDES,
      user: "accounts that are gone have none",
      "user.type": KINDLESS,
      mergeable: ALONE,
      merged_by: ALONE,
      "merged_by.type": KINDLESS,
    },
  ],
  [
    `GET ${REPO}/pulls`,
    z.array(PullAnswer),
    { ...SIDES, user: "accounts that are gone have none", "user.type": KINDLESS },
  ],
  [`GET ${REPO}/compare/{basehead}`, CompareAnswer, {}],
  [
    `GET ${REPO}/collaborators/{username}/permission`,
    PermissionAnswer,
    {
      role_name: "then the built-in role stands in `permission`",
      user: "then the login alone says who holds it",
    },
  ],
  [`GET ${REPO}/git/commits/{commit_sha}`, CommitAnswer, {}],
  [`POST ${REPO}/git/trees`, ObjectAnswer, {}],
  [`PUT ${REPO}/pulls/{pull_number}/merge`, MergeAnswer, {}],
  [`POST ${REPO}/check-runs`, CheckRunAnswer, CHECK],
  [
    `GET ${REPO}/commits/{ref}/check-runs`,
    CheckRunsAnswer,
    Object.fromEntries(Object.entries(CHECK).map(([key, why]) => [`check_runs.${key}`, why])),
  ],
  [`GET ${REPO}/actions/workflows/{workflow_id}/runs`, RunsAnswer, {}],
  [`GET ${REPO}/actions/runs/{run_id}`, RunAnswer, {}],
  ["GET /users/{username}", UserAnswer, { type: KINDLESS }],
];
const { example } = loadConformance();

describe.each(ANSWERS)("GitHub's answer to %s", (route, schema, optional) => {
  const whole = example(route);
  const parse = (answer: unknown) => parseAnswer(schema, route, answer);

  test("is read alike with fields that nobody here knows", () => {
    const parsed = parse(whole);
    const more = fc.dictionary(
      fc.string({ minLength: 1 }).map((name) => `new_${name}`),
      fc.jsonValue(),
      { minKeys: 1, maxKeys: 3 },
    );
    fc.assert(
      fc.property(more, (fields) => {
        expect(parse(withMore(whole, fields))).toEqual(parsed);
      }),
      cases(100),
    );
  });

  test("is refused by the name of a field that it lacks, unless nothing is decided by that", () => {
    const parsed = parse(whole);
    const lacked = placesIn(whole).flatMap((place) => {
      const name = place.filter((key) => typeof key === "string").join(".");
      try {
        return JSON.stringify(parse(without(whole, place))) === JSON.stringify(parsed)
          ? []
          : [name];
      } catch (error: unknown) {
        expect(String(error)).toContain(`cannot be read: ${place.join(".")}: `);
        return [];
      }
    });
    expect(lacked.filter((name) => optional[name] === undefined)).toEqual([]);
  });
});
