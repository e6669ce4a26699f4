import { describe, expect, test } from "vitest";
import type { Repository } from "../../../src/ports/repository.ts";
import { gatherShipped, refuseShipped } from "../../../src/workers/run-loop/shipped.ts";
import { createFakeClock } from "../../fakes/clock.ts";
import { createFakeRepository, type FakeFile } from "../../fakes/repository.ts";
import { loopOrder } from "../orders.ts";
import { syntax } from "../syntax.ts";

const AT = "2026-11-20T09:00:00Z";
const VISIBLE = {
  ...{ version: 1, url: "https://github.com/OWNER/example", at: AT },
  ...{ history: { unknown: "nobody asked" }, issues: [] },
};

/** Gathers from a base with these files; listing them takes 7 ms. */
async function play(
  gather: object,
  files: Readonly<Record<string, FakeFile>>,
  visible: object = VISIBLE,
) {
  const repository = createFakeRepository();
  const base = repository.commit(files);
  repository.setRecent([
    { id: "c".repeat(40), paths: ["src/a.ts"], reverts: ["d".repeat(40)], mends: [] },
  ]);
  const clock = createFakeClock();
  clock.advance(1_000);
  const read: string[] = [];
  const asked: Repository = {
    ...repository,
    list: async (treeish) => {
      clock.advance(7);
      const folder = { path: "docs", mode: "040000", type: "tree", id: base, size: null } as const;
      return [...(await repository.list(treeish)), folder];
    },
    read: async (treeish, path) => {
      read.push(path);
      return repository.read(treeish, path);
    },
  };
  const made = loopOrder({ base }, { gather });
  const order = { ...made, loop: { ...made.loop, visible: JSON.stringify(visible) } };
  return { found: await gatherShipped(order, { repository: asked, clock, syntax }), read };
}

const WORKFLOW = "on: push\njobs:\n  a:\n    steps:\n      - uses: OWNER/tool@v1\n";
const refusal = (subject: string, found: unknown) => ({
  refusal: { code: "nothing-produced", subject, found },
});

describe("a gatherer of the factory", () => {
  test("that audits automation reads the regular workflow files of the base, and no others", async () => {
    const { found, read } = await play(
      { use: "automation" },
      {
        ".github/workflows/a.yml": WORKFLOW,
        ".github/workflows/b.yaml": "on: push\njobs: {}\n",
        ".github/workflows/link.yml": { mode: "120000", content: "a.yml" },
        ".github/workflows/deep/c.yml": WORKFLOW,
        ".github/workflows/d.yml.txt": WORKFLOW,
        "x/.github/workflows/e.yml": WORKFLOW,
      },
    );
    expect(read).toEqual([".github/workflows/a.yml", ".github/workflows/b.yaml"]);
    expect(found).toMatchObject({
      gathered: {
        items: [{ evidence: [{ at: ".github/workflows/a.yml:5", output: "OWNER/tool@v1" }] }],
        measures: { "workflow-faults": 1, "unread-workflows": 0 },
      },
      durationMs: 7,
    });
  });

  test("that audits automation counts the days of its options until the order's time", async () => {
    const refused = (issue: number, at: string) => ({ issue, at, code: "change-set-invalid" });
    const work = {
      ...{ attempts: [], sendBacks: [], spendings: [] },
      refusals: [
        refused(1, "2026-11-18T08:59:59Z"),
        refused(2, "2026-11-19T10:00:00Z"),
        refused(3, "2026-11-20T08:59:59Z"),
        refused(4, "2026-11-20T09:00:00Z"),
      ],
    };
    const history = {
      ...{ repository: "OWNER/example", merges: [], work: { known: work } },
      ...{ issues: { known: [] }, automations: { known: [] } },
    };
    const visible = { ...VISIBLE, history: { known: history } };
    const gather = { use: "automation", with: { days: 2, least: 1 } };
    const { found } = await play(gather, {}, visible);
    expect(found).toMatchObject({
      gathered: { items: [{ evidence: [{ what: "refusal", output: "#2 #3" }] }] },
    });
  });

  test("that tends documentation reads pages and knows what is no regular file", async () => {
    const page =
      "[gone](gone.md) [too](docs/gone.md) [link](link.md) [lib](lib/a.md) [here](a.md)\n";
    const { found, read } = await play(
      { use: "documentation" },
      {
        "README.md": page,
        "a.md": "A\n",
        "link.md": { mode: "120000", content: "a.md" },
        lib: { mode: "160000", content: "" },
      },
    );
    expect(found).toMatchObject({
      gathered: {
        items: [
          { evidence: [{ at: "README.md:1", what: "link to gone.md" }] },
          { evidence: [{ at: "README.md:1", what: "link to docs/gone.md" }] },
        ],
        measures: { pages: 2, links: 5, undecided: 2 },
      },
      durationMs: 7,
    });
    expect(read).not.toContain("link.md");
  });

  test("that makes a plan reads the pages of its options and the commits of the base", async () => {
    const grades = "| Area | Grade | Bar |\n|---|---|---|\n| app | C | A |\n";
    const gather = { use: "plan", with: { quality: "grades.md", spec: ["spec.md"], least: 1 } };
    const { found, read } = await play(gather, {
      "grades.md": grades,
      "spec.md": "- [ ] finds words\n",
      "quality.md": grades,
    });
    expect(read).toEqual(["grades.md", "spec.md"]);
    expect(found).toMatchObject({
      gathered: {
        items: [{ title: "app has grade C, its bar is A" }, {}, {}],
        measures: { "below-bar": 1, "open-tasks": 1, fixes: 1, "often-mended": 1 },
      },
    });
  });

  test("takes its own defaults where the loop file says nothing to it", async () => {
    const { found, read } = await play({ use: "plan" }, { "quality.md": "" });
    expect(read).toEqual(["quality.md"]);
    expect(found).toMatchObject({ gathered: { items: [], measures: { "below-bar": 0 } } });
  });

  test.each([
    ["nobody named", { command: "node find.mjs" }, "the gatherer "],
    ["that runs programs", { use: "dependencies", with: {} }, "the gatherer dependencies"],
  ])("%s gathers nothing here", async (_what, gather, subject) => {
    const { found, read } = await play(gather, {});
    expect(found).toEqual(refusal(subject, "no gatherer that reads is named"));
    expect(read).toEqual([]);
  });

  test("whose options are wrong says where", async () => {
    const { found } = await play({ use: "plan", with: { spec: ["a", ""] } }, {});
    expect(found).toEqual(refusal("the gatherer plan", expect.stringMatching(/^spec\.1: \S/)));
  });

  test("whose view of GitHub is wrong says where", async () => {
    const { found } = await play({ use: "plan" }, {}, { ...VISIBLE, version: 2 });
    expect(found).toEqual(refusal("the gatherer plan", expect.stringMatching(/^version: \S/)));
  });
});

test("a fault is said in at most 2,000 characters", () => {
  const found = (error: unknown) => refuseShipped("plan", error).found;
  expect(found(new Error("x".repeat(2_000)))).toBe("x".repeat(2_000));
  expect(found(new Error("x".repeat(2_001)))).toBe(`${"x".repeat(1_999)}…`);
});
