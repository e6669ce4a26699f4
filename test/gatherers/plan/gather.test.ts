import { expect, test } from "vitest";
import { Gathered } from "../../../src/domain/loop/gathered.ts";
import type { PlanCommit } from "../../../src/gatherers/plan/churn.ts";
import { gatherPlan, PlanOptions } from "../../../src/gatherers/plan/gather.ts";
import { areasBy } from "../../../src/measures/history/areas.ts";
import type { History, Merge } from "../../../src/measures/history/history.ts";

const QUALITY = `# Quality

| Area | Grade | Bar | Trend | Owner | Held back by | Do next |
|---|:---:|:---:|---|---|---|---|
| actions | B | B | B | \`@OWNER\` | churn **7** | Split |
| control | C | A | C | \`@OWNER\` | coverage **40 %** | Cover lines |
| new | - | B | - | — |  |  |

| Measure | Grade |
|---|---|
| x | D |
`;
const SPEC = `# Product

## Search

- [x] finds words
- [ ] finds misspelled words
  - [ ] in two languages

## Cart

Text.
`;

function commit(id: string, paths: readonly string[], more: Partial<PlanCommit> = {}): PlanCommit {
  return { id, paths, reverts: [], mends: [], ...more };
}

function historyOf(labels: readonly string[], merges: readonly Partial<Merge>[]): History {
  return {
    ...{ repository: "OWNER/NAME", source: "ledgers", deployments: { untold: "no-deployments" } },
    merges: merges.map((merge) => ({
      ...{ id: "#9", commit: "c9", issue: 1, mergedAt: "2026-11-01T00:00:00Z" },
      ...merge,
    })),
    work: { untold: "no-ledgers" },
    issues: {
      known: [
        {
          ...{ number: 1, title: "Broken", labels },
          ...{ openedAt: "2026-11-01T00:00:00Z", updatedAt: "2026-11-01T00:00:00Z" },
        },
      ],
    },
    stops: { untold: "no-events" },
    owners: { untold: "no-owners" },
    trust: { untold: "no-config-history" },
    automations: { untold: "no-schedules" },
    areaOf: areasBy([]),
  };
}

function plan(given: Partial<Parameters<typeof gatherPlan>[0]> = {}) {
  const options = PlanOptions.parse({ least: 2 });
  return gatherPlan({ pages: new Map(), commits: [], history: undefined, options, ...given });
}

test("tells grades below their bars with their line, and no others", () => {
  const found = plan({ pages: new Map([["quality.md", QUALITY]]) });
  expect(Gathered.parse(found)).toEqual(found);
  expect(found.items.map(({ key, title, evidence }) => [key, title, evidence[0]?.at])).toEqual([
    ["grade control", "control has grade C, its bar is A", "quality.md:6"],
  ]);
  expect(found.measures["below-bar"]).toBe(1);
});

test("tells what the specification has open, under its headings", () => {
  const found = plan({ pages: new Map([["docs/product.md", SPEC]]) });
  expect(found.items.map(({ key, evidence }) => [key, evidence[0]?.at])).toEqual([
    ["task docs/product.md Product › Search finds misspelled words", "docs/product.md:6"],
    ["task docs/product.md Product › Search in two languages", "docs/product.md:7"],
  ]);
});

test("says nothing of pages that are not there", () => {
  expect(plan()).toEqual({ items: [], measures: { fixes: 0, "often-mended": 0, findings: 0 } });
});

test("counts changes that mend something, by trailers, reverts and labels, and never by words", () => {
  const found = plan({
    commits: [
      commit("a", ["src/a.ts"], { mends: ["b"] }),
      commit("b", ["src/a.ts", "src/b.ts"], { reverts: ["x"] }),
      commit("fix: a bug", ["src/c.ts"]),
      commit("fix: another bug", ["src/c.ts"]),
    ],
    history: historyOf(["Bug"], [{ lines: [{ path: "src/b.ts", added: 1 }] }]),
  });
  expect(found.items.map(({ key, evidence }) => [key, evidence[0]?.output])).toEqual([
    ["mended src/a.ts", "a\nb"],
    ["mended src/b.ts", "b\n#9"],
  ]);
  expect(found.measures.fixes).toBe(3);
});

test.each([
  ["an issue with other labels", historyOf(["feature"], [{ lines: [{ path: "x", added: 1 }] }])],
  ["a merge whose files nobody knows", historyOf(["bug"], [{}])],
])("%s mends nothing", (_, history) => {
  expect(plan({ history }).measures.fixes).toBe(0);
});

test("counts a commit once that both git and an issue tell of", () => {
  const history = historyOf(["bug"], [{ commit: "a", lines: [{ path: "src/a.ts", added: 1 }] }]);
  const found = plan({ commits: [commit("a", ["src/a.ts"], { mends: ["b"] })], history });
  expect(found.measures.fixes).toBe(1);
});
