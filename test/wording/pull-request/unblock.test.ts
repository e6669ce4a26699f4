import { describe, expect, test } from "vitest";
import type { SideProof, TwoSides } from "../../../src/domain/github/unblock.ts";
import {
  renderUnblock,
  renderUnblockCommit,
  type UnblockStory,
  unblockMarker,
} from "../../../src/wording/pull-request/unblock.ts";

const HEAD = "a".repeat(40);
const BASE = "b".repeat(40);
const ENEMY = "@ada closes #1 `x` <img src=x> | a/b";

const side = (dropped: SideProof["dropped"], lost: readonly string[] = []): SideProof => ({
  tests: {
    added: 2,
    kept: 5,
    lost: { total: lost.length, names: [...lost] },
    known: { total: 0, names: [] },
    removed: { total: 30, names: ["old"] },
  },
  dropped,
});
const NONE = { total: 0, hunks: [] };

const two = (change: Partial<TwoSides> = {}): TwoSides => ({
  head: HEAD,
  mergeBase: BASE,
  conflicts: ["src/a.ts"],
  edited: [],
  sides: { head: side(NONE), base: side(NONE) },
  ...change,
});

const offered = (
  twoSides: TwoSides,
  change: Partial<Extract<UnblockStory, { kind: "offered" }>> = {},
): UnblockStory => ({
  kind: "offered",
  onto: "suggestion",
  branch: "factory/unblock-2-9",
  target: "greet",
  commit: "c".repeat(40),
  summary: "Both are kept.",
  found: { twoSides },
  steered: [],
  red: [],
  ...change,
});

const render = (story: UnblockStory) =>
  renderUnblock({
    head: HEAD,
    run: 9,
    runUrl: "https://github.com/OWNER/app/actions/runs/9",
    story,
  });

describe("the comment that answers a wish to be mended", () => {
  test("says in three lines what came of it, what was done and what is next, then the two sides", () => {
    const body = render(offered(two()));
    const [marker, , first, , second, , third] = body.split("\n");
    expect(marker).toBe(unblockMarker({ head: HEAD, run: 9 }));
    expect(first).toContain("on factory/unblock-2-9; your own branch was not touched.");
    expect(second).toBe("Done: 1 file in conflict resolved. Both are kept.");
    expect(third).toContain("git merge --ff-only FETCH_HEAD");
    expect(third).not.toContain("dropped");
    expect(body).toContain(
      "| | pull request | base |\n|---|---|---|\n| new tests | 2 | 2 |\n| tests that pass here | 5 | 5 |\n| tests lost | none | none |\n| hunks dropped | none | none |",
    );
    expect(body).toContain("Tests of the base that were taken out by the other side: old; 29 more");
  });

  test.each([
    [{ from: 3, to: 3, lost: 1, back: 0 }, "`src/a.ts`, line 3: 1 line not there"],
    [
      { from: 3, to: 5, lost: 2, back: 1 },
      "`src/a.ts`, lines 3 to 5: 2 lines not there, 1 line that it took out is back",
    ],
    [{ from: 0, to: 0, lost: 0, back: 2 }, "`src/a.ts`: 2 lines that it took out are back"],
    [{ from: 0, to: 0, lost: 0, back: 0 }, "`src/a.ts`: other bytes"],
  ])("names a dropped hunk, case %#", (hunk, line) => {
    const dropped = { total: 3, hunks: [{ path: "src/a.ts", ...hunk }] };
    const body = render(offered(two({ sides: { head: side(NONE), base: side(dropped) } })));
    expect(body).toContain("What the base wrote and does not stand here as it wrote it:");
    expect(body).toContain(`- ${line}`);
    expect(body).toContain("- 2 more");
    expect(body).toContain("Next: look at what was dropped or edited below");
  });

  test("says unproven where nobody could tell, and never that it passes", () => {
    const refusals = [{ code: "evidence-missing", subject: "the tests of the base" } as const];
    const sides = { head: side(NONE), base: { ...side(NONE), tests: null } };
    const body = render({ kind: "refused", refusals, found: { twoSides: two({ sides }) } });
    expect(body).toContain(
      "| new tests | 2 | unproven |\n| tests that pass here | 5 | unproven |\n| tests lost | none | unproven |\n| hunks dropped | none | none |",
    );
    expect(body).toContain("Nothing was offered, and no branch was touched.");
    expect(body).not.toContain("✅");
  });

  test("shows nothing alive, whatever others wrote", () => {
    const hunks = [{ path: ENEMY, from: 1, to: 1, lost: 1, back: 0 }];
    const sides = { head: side({ total: 1, hunks }, [ENEMY]), base: side(NONE) };
    const twoSides = two({ edited: [ENEMY], sides });
    const told = { summary: ENEMY, target: ENEMY, red: [ENEMY], steered: [ENEMY] };
    const bodies = [
      render(offered(twoSides, told)),
      render(offered(twoSides, { ...told, onto: "branch", branch: ENEMY })),
      render({ kind: "refused", refusals: [{ code: "check-failed", subject: ENEMY }] }),
    ];
    for (const body of bodies) {
      const outside = body.replace(/(`+)[^`].*?\1/g, "");
      expect(outside).not.toMatch(/@ada|#1|<img/);
    }
  });
});

test.each([
  ["main", "Merge main into pull request 2"],
  [undefined, "Mend the checks of pull request 2"],
])("a commit that merges %s is called %s", (merges, subject) => {
  const message = renderUnblockCommit({ pullRequest: 2, tree: BASE, merges });
  expect(message.split("\n")).toEqual([subject, "", "Pull-Request: 2", `Verified-Tree: ${BASE}`]);
});
