import { describe, expect, test } from "vitest";
import { Gathered } from "../../../src/domain/loop/gathered.ts";
import { type FeedbackIssue, gatherFeedback } from "../../../src/gatherers/feedback/gather.ts";
import { FeedbackOptions } from "../../../src/gatherers/feedback/options.ts";

/** As GitHub writes what a form was filled in with. */
function issue(number: number, page: string, kind: string, more = ""): FeedbackIssue {
  return {
    number,
    title: `Report ${number}`,
    body: `### Kind\r\n\r\n${kind}\r\n\r\n### What happened?\r\n\r\nIt broke.${more}\r\n\r\n### Page\r\n\r\n${page}\r\n`,
    url: `https://github.com/OWNER/NAME/issues/${number}`,
    on: `2026-11-0${number}T00:00:00Z`,
  };
}

function digest(
  issues: readonly FeedbackIssue[],
  options: object = {},
  texts: Readonly<Record<string, string>> = {},
) {
  const parsed = FeedbackOptions.parse(options);
  return gatherFeedback({ issues, texts: new Map(Object.entries(texts)), options: parsed });
}

describe("reports of the same page and the same choice", () => {
  test("are one pattern, whatever host and question and words they have", () => {
    const found = digest([
      issue(1, "https://shop.example/cart", "Something is broken"),
      issue(2, "http://localhost:3000/cart?x=1", "Something is broken", " Quite other words."),
      issue(3, "https://shop.example/cart", "Something is missing"),
      issue(4, "https://shop.example/", "Something is broken"),
    ]);
    expect(Gathered.parse(found)).toEqual(found);
    expect(found.items.map(({ key, title }) => [key, title])).toEqual([
      ["feedback /cart Something is broken", '2 reports of "Something is broken" on /cart'],
    ]);
    expect(found.items[0]?.evidence.map(({ at }) => at)).toEqual([
      "https://github.com/OWNER/NAME/issues/1",
      "https://github.com/OWNER/NAME/issues/2",
    ]);
    expect(found.measures).toEqual({
      ...{ reports: 4, patterns: 1, "single-reports": 2, ungrouped: 0, findings: 1 },
    });
  });

  test("come from files, too, each row with its line", () => {
    const found = digest(
      [issue(1, "/cart", "slow")],
      {
        files: [
          { path: "survey.csv", page: "where", choice: "kind", title: "words", on: "day" },
          { path: "calls.json", page: "page", choice: "kind" },
        ],
      },
      {
        "survey.csv":
          'day,where,kind,words\n2026-10-01,/cart,slow,"so\nslow"\n2026-10-02,,slow,x\n',
        "calls.json": JSON.stringify([{ page: "https://shop.example/cart", kind: "slow" }]),
      },
    );
    expect(found.items[0]?.title).toBe('3 reports of "slow" on /cart');
    expect(found.items[0]?.evidence.map(({ at }) => at).sort()).toEqual([
      "calls.json 1",
      "https://github.com/OWNER/NAME/issues/1",
      "survey.csv:2",
    ]);
    expect(found.measures).toMatchObject({ reports: 4, ungrouped: 1 });
  });
});

describe("discussions", () => {
  const talk: FeedbackIssue = {
    ...issue(3, "/cart", "slow"),
    url: "https://github.com/OWNER/NAME/discussions/3",
  };
  const given = (
    options: object,
    discussions?: Parameters<typeof gatherFeedback>[0]["discussions"],
  ) =>
    gatherFeedback({
      issues: [issue(1, "/cart", "slow")],
      discussions,
      texts: new Map(),
      options: FeedbackOptions.parse(options),
    });

  test("are one pattern with issues, each with its own link; those that nobody read are told", () => {
    const found = given({ discussions: true }, { shown: [talk], unread: 4 });
    expect(Gathered.parse(found)).toEqual(found);
    expect(found.items[0]?.title).toBe('2 reports of "slow" on /cart');
    expect(found.items[0]?.evidence.map(({ what, at }) => [what, at])).toEqual([
      ["#1 Report 1", "https://github.com/OWNER/NAME/issues/1"],
      ["discussion #3 Report 3", "https://github.com/OWNER/NAME/discussions/3"],
    ]);
    expect(found.measures).toMatchObject({ reports: 2, "discussions-unread": 4 });
  });

  test("are left out where nobody asks for them", () => {
    const { measures } = given({}, { shown: [talk], unread: 4 });
    expect(measures).toMatchObject({ reports: 1 });
    expect(measures).not.toHaveProperty("discussions-unread");
  });

  test("that are asked for and not shown are an error, never none", () => {
    expect(() => given({ discussions: true })).toThrow("discussions: none are shown here");
  });
});

test.each([
  ["no form", "Just words."],
  ["a field that nobody filled in", "### Kind\n\nslow\n\n### Page\n\n_No response_\n"],
  ["one field of two", "### Page\n\n/cart\n"],
])("%s is ungrouped", (_, body) => {
  const found = digest([
    { ...issue(1, "", ""), body },
    { ...issue(2, "", ""), body },
  ]);
  expect(found).toMatchObject({ items: [], measures: { reports: 2, ungrouped: 2 } });
});

test("a heading that a person wrote takes no field's place", () => {
  const fooled = issue(1, "/cart", "slow", "\n\n### Kind\n\nfast");
  const found = digest([fooled, issue(2, "/cart", "slow")]);
  expect(found.items.map(({ key }) => key)).toEqual(["feedback /cart slow"]);
});

test.each([
  ["a.csv", { page: "p", choice: "k" }, 'p,k\n"x', "a quote does not end"],
  ["a.csv", { page: "p", choice: "k" }, "p\n/cart\n", 'no column "k"'],
  ["a.json", { page: "p", choice: "k" }, "{}", "expected a list"],
  ["b.csv", { page: "p", choice: "k" }, undefined, "no such file"],
])("%s %j %j: %s", (path, columns, text, fault) => {
  const texts: Record<string, string> = text === undefined ? {} : { [path]: text };
  expect(() => digest([], { files: [{ path, ...columns }] }, texts)).toThrow(fault);
});
