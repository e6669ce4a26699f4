import { describe, expect, test } from "vitest";
import type { RunPageNight } from "../../../../src/wording/pages/run-page/data.ts";
import { nightsOf } from "../../../../src/wording/pages/run-page/nights.ts";
import { RUN } from "../../run-pages.ts";

const NIGHT: RunPageNight = { when: "after", committed: [], grades: {}, filed: [] };

function textOf(nights: readonly RunPageNight[]): string {
  const [section] = nightsOf({ ...RUN, nights });
  return (section?.body.markup ?? "")
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll("&#39;", "'")
    .replaceAll(/\s+/g, " ");
}

describe("the nights of a page", () => {
  test("are left out where none belongs to the story", () => {
    expect(nightsOf(RUN)).toEqual([]);
    expect(nightsOf({ ...RUN, nights: [] })).toEqual([]);
  });

  test.each<[string, readonly RunPageNight[], readonly string[]]>([
    [
      "a grade that rises after the issue that the audit filed",
      [
        {
          ...NIGHT,
          when: "before",
          grades: { api: "D", core: "B" },
          filed: [{ number: RUN.issue.number, fingerprint: "api/dropped-errors" }],
          proposed: 1,
        },
        { ...NIGHT, grades: { api: "B", core: "B" }, proposed: 9 },
      ],
      [
        "In the audit's nights the grade of api went D → B.",
        "1, before the issue D B",
        "2, after the issue B B",
        `Issue #${RUN.issue.number} was filed: api/dropped-errors , the issue of this page.`,
        "Pull request #9 proposed the page.",
        "A person merged each page that was proposed.",
      ],
    ],
    [
      "a grade that falls with a commit and rises again, and an issue of its own",
      [
        { ...NIGHT, grades: { api: "B" } },
        {
          ...NIGHT,
          committed: ["src/a.ts"],
          grades: { api: "C" },
          filed: [{ number: 77, fingerprint: "api/tests" }],
        },
        { ...NIGHT, grades: { api: "B" } },
      ],
      [
        "the grade of api went B → C → B.",
        "The day before, a person committed src/a.ts . No page was proposed. Issue #77 was filed: api/tests .",
      ],
    ],
    [
      "two areas that change",
      [
        { ...NIGHT, grades: { api: "D", core: "B" } },
        { ...NIGHT, grades: { api: "B", core: "A" } },
      ],
      ["the grade of api went D → B, of core went B → A."],
    ],
    ["no change", [{ ...NIGHT, grades: { api: "B" } }], ["No grade of the audit changed."]],
    [
      "an area that is new",
      [NIGHT, { ...NIGHT, grades: { api: "A" } }],
      ["the grade of api went - → A.", "1, after the issue -"],
    ],
  ])("tell %s", (_name, nights, said) => {
    const text = textOf(nights);
    for (const sentence of said) expect(text).toContain(sentence);
  });

  test("claim no merge where nothing was proposed", () => {
    expect(textOf([NIGHT])).not.toContain("merged");
  });

  test("escape what an area is called", () => {
    const [section] = nightsOf({ ...RUN, nights: [{ ...NIGHT, grades: { "<b>": "A" } }] });
    expect(section?.body.markup).toContain(">&lt;b&gt;</th>");
  });
});
