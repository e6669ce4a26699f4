import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { QualityReport } from "../../../src/domain/quality.ts";
import { renderQuality } from "../../../src/wording/pages/quality-markdown.ts";
import { cases } from "../../cases.ts";
import { hostileText } from "../hostile-text.ts";
import { harmOf } from "../markdown-tree.ts";

const REPORT: QualityReport = {
  commit: "0123456789abcdef0123456789abcdef01234567",
  repository: [
    { name: "tests", value: 12, unit: "count", source: "`npm test` with reports/junit.xml" },
    {
      name: "coverage",
      value: null,
      unit: "percent",
      source: "no report: name one in `checks.test.report`",
    },
  ],
  areas: [
    {
      area: "server",
      owner: "@team/server",
      bar: "B",
      grade: "C",
      because: "2 open defects",
      measures: [{ name: "open-defects", value: 2, unit: "count", source: "issues 4 and 9" }],
      note: { text: "The handler swallows errors", path: "src/server.ts", line: 14 },
    },
    {
      area: "notes",
      owner: null,
      bar: "B",
      grade: "A",
      because: "all tests pass",
      measures: [{ name: "churn", value: 3, unit: "changes-in-90-days", source: "git log" }],
      note: null,
    },
  ],
  gaps: [],
};

describe("renderQuality", () => {
  test("reads as a page", () => {
    expect(renderQuality(REPORT)).toMatchInlineSnapshot(`
      "# Quality

      Written by the nightly audit; a person merges it. Every figure names what it was counted from.

      | Area | Grade | Bar | Owner | Because |
      |---|:---:|:---:|---|---|
      | notes | A | B | — | all tests pass |
      | server | C | B | \`@team/server\` | 2 open defects |

      ## Whole repository

      | Measure | Value | Source |
      |---|---:|---|
      | coverage | not measured | no report: name one in \`checks.test.report\` |
      | tests | 12 | \`npm test\` with \`reports/junit.xml\` |

      ## notes

      | Measure | Value | Source |
      |---|---:|---|
      | churn | 3 in 90 days | git log |

      ## server

      | Measure | Value | Source |
      |---|---:|---|
      | open defects | 2 | issues 4 and 9 |

      Note: The handler swallows errors (\`src/server.ts:14\`)

      ## How grades are computed

      A grade is computed from the measures above and nothing else; no model gives, raises or lowers one.
      It is the worst of what the measures of an area deserve, and *Because* names the measure that decided.
      \`-\` means that nothing could be measured there: it is not a grade. A measure without a value says why in its source.
      Below the *Bar* (\`quality.areas[].bar\` in \`.github/factory.yml\`, \`B\` where nothing is said) the audit files an issue,
      the widest gap first, at most three at a time. Notes are remarks of the auditor about a line that exists.
      "
    `);
  });

  test("is the same whatever the order of the report, and names no commit and no date", () => {
    const shuffled = {
      ...REPORT,
      commit: "f".repeat(40),
      areas: [...REPORT.areas].reverse(),
      repository: [...REPORT.repository].reverse(),
    };
    expect(renderQuality(shuffled)).toBe(renderQuality(REPORT));
    expect(renderQuality(REPORT)).not.toMatch(/[0-9a-f]{40}|\d{4}-\d{2}/);
  });

  test("any words in it are inert", () => {
    fc.assert(
      fc.property(hostileText(), hostileText(), (one, two) => {
        const area = REPORT.areas[0];
        if (area === undefined) throw new Error("no area");
        const markdown = renderQuality({
          ...REPORT,
          repository: [{ name: "tests", value: 1.25, unit: "percent", source: two }],
          areas: [
            {
              ...area,
              area: one,
              owner: two,
              because: one,
              note: { text: two, path: one, line: 1 },
            },
          ],
        });
        expect(harmOf(markdown)).toEqual({ images: 0, html: [], links: [], live: [] });
      }),
      cases(300),
    );
  });
});
