import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AreaQuality, QualityReport } from "../../../src/domain/quality.ts";
import {
  gradesIn,
  isUpToDate,
  renderQuality,
  stateOf,
} from "../../../src/wording/pages/quality-markdown.ts";
import { cases } from "../../cases.ts";
import { hostileText } from "../hostile-text.ts";
import { harmOf } from "../markdown-tree.ts";

const SERVER: AreaQuality = {
  area: "server",
  owner: "@team/server",
  bar: "B",
  grade: "C",
  trend: ["B", "C"],
  decidedBy: "coverage",
  because: "62 % of lines covered (B from 70)",
  measures: [
    {
      name: "coverage",
      value: 62.4,
      source: "reports/lcov.info",
      counted: "5 of 8 lines",
      where: ["src/server.ts"],
    },
    { name: "open-defects", value: 0, source: "no open defect names it" },
    { name: "lines", value: 1_204, source: "line ends" },
  ],
  note: { text: "The handler swallows errors", path: "src/server.ts", line: 14 },
};
const REPORT: QualityReport = {
  commit: "0123456789abcdef0123456789abcdef01234567",
  repository: [
    { name: "coverage", value: 71, source: "reports/lcov.info" },
    { name: "advisories", value: null, source: "no lockfile says it" },
  ],
  areas: [
    SERVER,
    {
      ...{ area: "notes", owner: null, bar: "B", grade: "B", trend: ["B"], decidedBy: "mutation" },
      because: "mutation score: not measured (B at best)",
      measures: [{ name: "mutation", value: null, source: "no report of mutants is committed" }],
      note: null,
    },
    {
      ...{ area: "rates", owner: null, bar: "A", grade: "A", trend: ["A"] },
      because: "every figure earns an A",
      measures: [{ name: "churn", value: 2.76, source: "commits of git's history" }],
      note: null,
    },
  ],
  gaps: [],
};

describe("renderQuality", () => {
  test("reads as a page: a scorecard on one screen, the figures in folds", () => {
    const [scorecard, formula] = renderQuality(REPORT).split("<details><summary>How grades");
    expect(formula).toContain("| % of lines covered | ≥ 85 | ≥ 70 | ≥ 50 | B at best |");
    expect(scorecard).toMatchInlineSnapshot(`
      "# Quality

      1 of 3 areas is below its bar. Measured at \`0123456789ab\`, state \`a4f4a8576574\`.
      Grades are computed, by the formula below; a person merges this page.

      | Area | Grade | Bar | Do next |
      |---|:---:|:---:|---|
      | notes | B | B | mutation score: not measured. Commit a report of Stryker's JSON schema as \`reports/mutation/mutation.json\` |
      | rates | A | A | — |
      | server | C | B | coverage **62 %**. Cover lines by tests, up to 70 % for B; first \`src/server.ts\` |

      <details><summary><code>notes</code>: B</summary>

      No owner. Trend: B

      | Measure | Figure, grade | Counted from |
      |---|---|---|
      | mutation score | not measured | no report of mutants is committed |

      </details>

      <details><summary><code>rates</code>: A</summary>

      No owner. Trend: A

      | Measure | Figure, grade | Counted from |
      |---|---|---|
      | churn | **2.8**, A | commits of git's history |

      </details>

      <details><summary><code>server</code>: C</summary>

      Owner: \`@team/server\`. Trend: B → C

      | Measure | Figure, grade | Counted from |
      |---|---|---|
      | coverage | **62 %**, C | \`reports/lcov.info\`; look first at \`src/server.ts\` |
      | open defects | **0**, A | no open defect names it |

      Note: The handler swallows errors (\`src/server.ts:14\`)

      </details>

      <details><summary>Whole repository</summary>

      | Measure | Figure, grade | Counted from |
      |---|---|---|
      | coverage | **71 %**, B | \`reports/lcov.info\` |
      | advisories | not measured | no lockfile says it |

      </details>

      <details><summary>What is not measured, and what to configure</summary>

      - **mutation score** (notes): commit a report of Stryker's JSON schema as \`reports/mutation/mutation.json\`. Until then B at best.
      - **advisories**: let a workflow of yours commit \`npm audit --json\` as \`reports/npm-audit.json\`, or OSV-Scanner's JSON as \`reports/osv.json\`.

      </details>

      "
    `);
  });

  test("tells where there is nothing to measure from where nobody measured", () => {
    const source = "no change of the factory in 90 days";
    const measures = (more: object): AreaQuality["measures"] => [
      { name: "noticed", value: null, source, ...more },
    ];
    const pageWith = (more: object) =>
      renderQuality({ ...REPORT, areas: [{ ...SERVER, measures: measures(more) }] });
    const nothing = pageWith({ nothing: true });
    expect(nothing).toContain(`| noticed lines | nothing to measure | ${source} |`);
    expect(nothing).not.toContain("- **noticed lines**");
    const missing = pageWith({});
    expect(missing).toContain(`| noticed lines | not measured | ${source} |`);
    expect(missing).toContain("- **noticed lines**");
    expect(missing).toContain("Until then B at best.");
  });

  test("is the same whatever the order of the report", () => {
    const shuffled = {
      ...REPORT,
      areas: [...REPORT.areas].reverse(),
      repository: [...REPORT.repository].reverse(),
    };
    expect(renderQuality(shuffled)).toBe(renderQuality(REPORT));
  });

  test("any words in it are inert", () => {
    const own =
      /^(<details><summary>(Whole repository|What is not measured, and what to configure|How grades are computed|<code>[^<>]*<\/code>: [A-D-])<\/summary>|<\/details>)$/;
    fc.assert(
      fc.property(hostileText(), hostileText(), (one, two) => {
        const markdown = renderQuality({
          ...REPORT,
          repository: [{ name: "tests", value: 1.25, source: two }],
          areas: [
            {
              ...SERVER,
              ...{ area: one, owner: two, because: one },
              measures: [{ name: "coverage", value: 1, source: two, where: [one] }],
              note: { text: two, path: one, line: 1 },
            },
          ],
        });
        const { html, ...harm } = harmOf(markdown);
        expect(harm).toEqual({ images: 0, links: [], live: [] });
        expect(html.filter((tag) => !own.test(tag))).toEqual([]);
      }),
      cases(300),
    );
  });

  const OTHERS = (["churn", "reverts", "complexity"] as const).map((name) => ({ name, value: 0 }));

  test("leaves out what earns an A, and then all figures, rather than be too long", () => {
    const many = (count: number, source: string) =>
      renderQuality({
        ...REPORT,
        areas: Array.from({ length: count }, (_, index) => ({
          ...SERVER,
          area: `area-${index}`,
          measures: [...SERVER.measures, ...OTHERS].map((measure) => ({ ...measure, source })),
        })),
      });
    expect(many(40, "short")).toContain("| open defects | **0**, A |");
    const cut = many(40, "x".repeat(400));
    expect(cut).toContain("Measures that earn an A are left out");
    expect(cut).not.toContain("| open defects | **0**, A |");
    expect(many(60, "x".repeat(400)).length).toBeLessThan(58_000);
  });
});

describe("the state of a page", () => {
  const change = (parts: Partial<AreaQuality>): QualityReport => ({
    ...REPORT,
    areas: [{ ...SERVER, ...parts }, ...REPORT.areas.slice(1)],
  });
  const measure = (value: number | null) => [
    { name: "coverage" as const, value, source: "another report", where: ["src/b.ts"] },
    ...SERVER.measures.slice(1),
  ];

  test.each([
    ["a figure of the same letter", { measures: measure(50) }, true],
    ["another letter", { measures: measure(49) }, false],
    ["a missing figure", { measures: measure(null) }, false],
    ["a grade", { grade: "D" as const }, false],
    ["a bar", { bar: "A" as const }, false],
    ["an owner", { owner: "@team/other" }, false],
    ["a trend", { trend: ["A" as const] }, true],
    ["a remark", { note: null }, true],
  ])("%s", (_what, parts, isSame) => {
    expect(stateOf(change(parts)) === stateOf(REPORT)).toBe(isSame);
    expect(isUpToDate(renderQuality(change(parts)), REPORT)).toBe(isSame);
  });

  test("a page in which somebody wrote another grade is not up to date", () => {
    const page = renderQuality(REPORT);
    expect(isUpToDate(page, REPORT)).toBe(true);
    expect(isUpToDate(page.replace("| C | B |", "| A | B |"), REPORT)).toBe(false);
  });

  test("grades are read from pages of any version", () => {
    const old =
      "# Quality\n\n| Area | Grade | Bar | Owner | Because |\n| server | D | B | — | x |\n| `main.go` | - | B |\n";
    const grades = gradesIn(old, [{ area: "server" }, { area: "main.go" }, { area: "gone" }]);
    expect([...grades]).toEqual([
      ["server", "D"],
      ["main.go", "-"],
    ]);
  });
});
