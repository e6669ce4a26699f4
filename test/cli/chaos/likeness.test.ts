import { describe, expect, test } from "vitest";
import { differenceOf, isSame, likenessOf } from "../../../src/cli/chaos/likeness.ts";
import type { Portrait } from "../../../src/twin/github/kept/kept.ts";

const BOT = "github-actions[bot]";
const [BEGUN, MADE] = ["a".repeat(40), "b".repeat(40)];

type Issue = Portrait["issues"][string];

function issue(changes: Partial<Issue> = {}): Issue {
  return {
    author: "OWNER",
    title: "Note 1",
    body: "Say it.",
    state: "closed",
    labels: ["factory:done"],
    comments: [
      { author: BOT, body: "### Millwright · contract\n\nSeen in run /actions/runs/1001" },
    ],
    ...changes,
  };
}

function pull(head: string): Issue {
  const merged = { base: "main", isMerged: true, mergedBy: BOT, reviews: [], threads: [] };
  return issue({ author: BOT, title: "Write it (#2)", comments: [], pull: { head, ...merged } });
}

function portrait(changes: Partial<Portrait> = {}): Portrait {
  return {
    issues: { 1: issue(), 2: pull("factory/1-1") },
    branches: { main: MADE, "factory/1-1": MADE },
    history: [`${MADE} Write it (#2)`, `${BEGUN} Begin`],
    checks: [{ tree: MADE, name: "factory/gate", conclusion: "success", title: "Met" }],
    deployments: 0,
    ...changes,
  };
}

const compare = (other: Portrait, deploys = 1) =>
  differenceOf(likenessOf(portrait(), { deploys: 1 }), likenessOf(other, { deploys }));

describe("a life with a fault is compared with the one without", () => {
  test.each([
    ["the same", portrait()],
    [
      "a further attempt and its later number",
      portrait({
        issues: { 1: issue(), 3: { ...pull("factory/1-2"), title: "Write it (#3)" } },
        branches: { main: MADE, "factory/1-1": BEGUN, "factory/1-2": MADE },
        history: [`${MADE} Write it (#3)`, `${BEGUN} Begin`],
      }),
    ],
    [
      "what an attempt wrote that died before its pull request, and the next one after it",
      portrait({
        issues: { 1: issue(), 3: { ...pull("factory/1-2"), title: "Write it (#3)" } },
        branches: { main: MADE, "factory/1-1": "c".repeat(40), "factory/1-2": MADE },
        history: [`${MADE} Write it (#3)`, `${BEGUN} Begin`],
      }),
    ],
    [
      "another run in a comment",
      portrait({
        issues: {
          1: issue({
            comments: [
              { author: BOT, body: "### Millwright · contract\n\nSeen in run /actions/runs/1009" },
            ],
          }),
          2: pull("factory/1-1"),
        },
      }),
    ],
    [
      "a question, and a person's answer",
      portrait({
        issues: {
          1: issue({
            comments: [
              ...issue().comments,
              { author: BOT, body: "### Millwright · a person is asked, by line 4\n\nWell?" },
              { author: "OWNER", body: "/factory retry" },
            ],
          }),
          2: pull("factory/1-1"),
        },
      }),
    ],
  ])("%s is the same", (_, other) => {
    expect(isSame(compare(other))).toBe(true);
  });

  test.each([
    [
      "comment",
      {
        issues: {
          1: issue({ comments: [...issue().comments, ...issue().comments] }),
          2: pull("factory/1-1"),
        },
      },
      'issue 1, comment "### Millwright · contract"',
    ],
    [
      "issue of the factory's own",
      {
        issues: {
          ...portrait().issues,
          7: issue({ author: BOT, title: "Incident", comments: [] }),
        },
      },
      'issue "Incident"',
    ],
    [
      "pull request",
      { issues: { ...portrait().issues, 3: pull("factory/1-2") } },
      "pull request of issue 1",
    ],
    ["check", { checks: [...portrait().checks, ...portrait().checks] }, "check factory/gate"],
    [
      "merge",
      { history: [`${MADE} Write it (#3)`, ...portrait().history] },
      "commit of the default branch",
    ],
    [
      "branch that holds something",
      { branches: { ...portrait().branches, "factory/1-2": "c".repeat(40) } },
      "branch of issue 1 without a pull request",
    ],
  ])("a second %s is one too many", (_, changes, name) => {
    const { doubled, lost } = compare(portrait(changes));
    expect(doubled).toEqual([name]);
    expect(lost).toEqual([]);
  });

  test("what a person closed is no second pull request, and its checks are not compared", () => {
    const closed = { ...pull("factory/1-1"), state: "closed" };
    const left =
      closed.pull === undefined ? closed : { ...closed, pull: { ...closed.pull, isMerged: false } };
    const found = portrait({ issues: { ...portrait().issues, 7: left } });
    expect(isSame(compare(found))).toBe(true);
  });

  test("an answer in a thread is there once, whatever commit it names", () => {
    const said = (...threads: string[]) => {
      const made = pull("factory/1-1");
      const threaded =
        made.pull === undefined ? made : { ...made, pull: { ...made.pull, threads } };
      return likenessOf(portrait({ issues: { 2: threaded } }), { deploys: 0 });
    };
    const answer = (commit: string) =>
      `src/a.js, ${BOT}: **Millwright · attempt 2**\n\n\`${commit}\``;
    expect(isSame(differenceOf(said(answer("1234567")), said(answer("89abcde"))))).toBe(true);
    const twice = differenceOf(said(answer("1234567")), said(answer("1234567"), answer("1234567")));
    expect(twice.doubled).toHaveLength(1);
  });

  test("what is missing is lost, and what says something else is told with both", () => {
    const { lost, doubled } = compare(portrait({ checks: [] }), 0);
    expect([lost, doubled]).toEqual([["check factory/gate", "deploy"], []]);
    const open = {
      ...portrait().issues,
      1: issue({ state: "open", labels: ["factory:building"] }),
    };
    const [changed, ...more] = compare(portrait({ issues: open })).changed;
    expect(more).toEqual([]);
    expect(changed?.[0]).toBe("issue 1");
    expect(changed?.[1]).toContain('"state":"closed"');
    expect(changed?.[2]).toContain("factory:building");
  });
});
