import { expect, test } from "vitest";
import type { OnIssue } from "../../../src/control/observed/issue-view.ts";
import { reviewRequests } from "../../../src/control/outcome/review-requests.ts";
import { Config } from "../../../src/domain/config/schema.ts";
import { viewOf } from "./building.ts";

const PULL = { pullRequest: 9, commit: "a".repeat(40) };
const KEY = `review/9/${PULL.commit}`;
const people = (...names: readonly string[]) => ({
  ...{ kind: "request-review", key: `${KEY}/people`, pullRequest: 9, people: names, teams: [] },
});
const teams = (...names: readonly string[]) => ({
  ...{ kind: "request-review", key: `${KEY}/teams`, pullRequest: 9, people: [], teams: names },
});

function viewFor(config: object, login = "factory[bot]"): OnIssue {
  const view = viewOf();
  const { order, ...input } = view.input;
  return {
    ...view,
    config: Config.parse(config),
    input: { ...input, identity: { ...input.identity, login } },
  };
}

test.each<readonly [string, object, readonly object[]]>([
  ["nobody, where the config names nobody", {}, []],
  ["a person", { ask: ["tom"] }, [people("tom")]],
  [
    "a team of the owner, however the name is written",
    { ask: ["OWNER/core", "owner/docs"] },
    [teams("core", "docs")],
  ],
  ["both, apart", { ask: ["tom", "OWNER/core"] }, [people("tom"), teams("core")]],
  ["no team of another owner", { ask: ["STRANGER/core"] }, []],
  ["nobody in quiet hours", { ask: ["tom"], quietHours: { from: "00:00", to: "23:59" } }, []],
])("the review is asked of %s", (_, config, expected) => {
  expect(reviewRequests(viewFor(config), PULL)).toEqual(expected);
});

test("whoever opened it is not asked, in whatever capitals", () => {
  expect(reviewRequests(viewFor({ ask: ["Tom", "ada"] }, "tOM"), PULL)).toEqual([people("ada")]);
});

test("the config of the order names whom to ask, where this run has one", () => {
  const view = viewFor({ ask: ["tom"] });
  const order = { config: Config.parse({ ask: ["ada"] }) };
  const ordered = { ...view, input: { ...view.input, order } } as unknown as OnIssue;
  expect(reviewRequests(ordered, PULL)).toEqual([people("ada")]);
  const silent = { ...view, input: { ...view.input, order: { config: Config.parse({}) } } };
  expect(reviewRequests(silent as unknown as OnIssue, PULL)).toEqual([]);
});
