import { describe, expect, test } from "vitest";
import type { ChangedFile } from "../../../src/domain/change-set.ts";
import { exited } from "../../fakes/sandbox.ts";
import { type On, of, verified, type World } from "./world.ts";

const file = (path: string, content: string): ChangedFile => ({
  path,
  mode: "100644",
  encoding: "utf-8",
  content,
});
const naming = (...tests: readonly string[]) => [
  { criterion: "AC1", tests: [...tests], symbols: [], checks: [] },
];

function junit(tests: Readonly<Record<string, boolean>>): string {
  const cases = Object.entries(tests).map(([name, passed]) => {
    const [classname = "", ...title] = name.split(" > ");
    return `<testcase classname="${classname}" name="${title.join(" > ")}">${passed ? "" : "<failure/>"}</testcase>`;
  });
  return `<testsuites>${cases.join("")}</testsuites>`;
}

const exits =
  (failing: readonly On[]): NonNullable<World["run"]> =>
  ({ command }, on) =>
    command === "npm test" && failing.includes(on) ? exited(1, "failed") : undefined;

describe("a test that the change does not touch and that fails on the base", () => {
  const OTHER = "test/other.test.ts > waits";
  /** The test says on the base, the first and the second time, what is given; on the change it passes. */
  function world(first: boolean, second: boolean, files?: readonly ChangedFile[]): World {
    let asked = 0;
    return {
      base: { "src/quote.ts": "a\n", "test/other.test.ts": "waits\n", "package.json": "{}\n" },
      files: files ?? [file("src/quote.ts", "b\n")],
      namings: naming(OTHER),
      run: exits(["base"]),
      report: (on) => {
        if (on !== "base") return junit({ [OTHER]: true });
        asked += 1;
        return junit({ [OTHER]: asked === 1 ? first : second, "test/a.test.ts > red": false });
      },
    };
  }

  test("counts when it fails there a second time", async () => {
    const { proposal } = await verified(world(false, false));
    expect(of(proposal.evidence, "test-comparison")[0]).toMatchObject({ failToPass: [OTHER] });
    expect(of(proposal.evidence, "criterion")[0]).toMatchObject({
      status: "proven",
      tests: [{ base: "failed", change: "passed", file: "test/other.test.ts", inChange: false }],
    });
  });

  test("proves nothing when it passes there a second time, and is said to be flaky", async () => {
    const { proposal } = await verified(world(false, true));
    expect(of(proposal.evidence, "test-comparison")[0]).toMatchObject({
      failToPass: [],
      flaky: [OTHER],
    });
    expect(of(proposal.evidence, "criterion")[0]).toMatchObject({
      status: "unproven",
      reasons: [{ code: "flaky", about: OTHER }],
    });
  });

  test("is asked again with the changed tests where the change touches it", async () => {
    const files = [file("src/quote.ts", "b\n"), file("test/other.test.ts", "waits longer\n")];
    const { proposal, sandbox } = await verified({
      ...world(false, true, files),
      // No part is taken back, which would be a run more.
      config: { verify: { noticeMinutes: 0 } },
      run: exits(["base", "base-with-changed-tests"]),
      report: (on) => junit({ [OTHER]: on === "change" }),
    });
    expect(of(proposal.evidence, "criterion")[0]?.status).toBe("proven");
    const runs = sandbox.calls.filter(
      ({ method, argument }) =>
        method === "run" && (argument as { command: string }).command === "npm test",
    );
    // Change, base, base with the changed tests, change with the tests of the base; twice more with and without the change.
    expect(runs).toHaveLength(8);
  });
});

describe("tests that do not build on the base", () => {
  const FLAG = "example.com/cli > TestFlag";
  const REST = "example.com/cli > TestRest";
  const OUTSIDE = "example.com/cli > (outside of any test)";
  const goTest = (flag: string, more = "") =>
    `package cli\n\nfunc TestFlag(t *testing.T) {\n\t${flag}\n}\n\nfunc TestRest(t *testing.T) {\n\trest(t)\n}\n${more}`;

  /** A Go package whose tests name what the change brings: with them nothing of it builds on the base. */
  function world(after: string, named: string, old: boolean = true): World {
    return {
      base: { "cli.go": "package cli\n", "cli_test.go": goTest("flag(t)"), "package.json": "{}\n" },
      files: [file("cli.go", "package cli // SliceValue\n"), file("cli_test.go", after)],
      namings: naming(named),
      run: ({ command }, on) =>
        command === "npm test" && on === "base-with-changed-tests"
          ? exited(1, "./cli_test.go:4:2: undefined: SliceValue\n")
          : command === "npm test" && on === "change-with-base-tests" && !old
            ? exited(1)
            : undefined,
      report: (on) => {
        if (on === "base-with-changed-tests") return junit({ [OUTSIDE]: false });
        const fresh = on === "change" && after.includes("TestFresh");
        return junit({
          [FLAG]: true,
          [REST]: on !== "change-with-base-tests" || old,
          ...(fresh ? { "example.com/cli > TestFresh": true } : {}),
        });
      },
    };
  }

  const WRITTEN_ANEW = goTest("flag(t, SliceValue{})");

  test("a test that the change writes anew failed there, with what the compiler says", async () => {
    const { proposal } = await verified(world(WRITTEN_ANEW, FLAG));
    expect(of(proposal.evidence, "criterion")[0]).toMatchObject({
      status: "proven",
      tests: [
        {
          base: "not-built",
          change: "passed",
          because: "undefined: SliceValue",
          file: "cli_test.go",
          inChange: true,
        },
      ],
    });
  });

  test("a test that the change leaves alone is judged by what it was, and proves nothing new", async () => {
    const { proposal } = await verified(world(WRITTEN_ANEW, REST));
    expect(of(proposal.evidence, "criterion")[0]).toMatchObject({
      status: "unproven",
      reasons: [{ code: "passes-on-base", about: REST }],
    });
  });

  test("a new test failed there, too", async () => {
    const more = "\nfunc TestFresh(t *testing.T) {\n\tSliceValue{}.test(t)\n}\n";
    const { proposal } = await verified(
      world(goTest("flag(t)", more), "example.com/cli > TestFresh"),
    );
    expect(of(proposal.evidence, "criterion")[0]).toMatchObject({
      status: "proven",
      tests: [{ base: "not-built", because: "undefined: SliceValue" }],
    });
  });

  test("the rest is judged by the base's own tests on the changed source", async () => {
    const { proposal } = await verified(world(WRITTEN_ANEW, FLAG, false));
    expect(of(proposal.evidence, "test-comparison")[0]?.altered).toEqual([REST]);
  });
});

describe("what goes on purpose", () => {
  const CRITERIA = [{ id: "AC1", statement: "part is gone", kind: "gone" as const }];
  /** A test that no file of the change held, so that nothing but the naming tells it from one that was lost. */
  const world = (named: readonly string[], criteria = CRITERIA): World => ({
    base: { "src/quote.ts": "part\n", "test/quote.test.ts": "x\n", "package.json": "{}\n" },
    files: [file("src/quote.ts", "b\n"), file("test/quote.test.ts", "y\n")],
    criteria,
    namings: naming(...named),
    report: (on) => junit({ "a > stays": true, ...(on === "base" ? { "made > part": true } : {}) }),
  });

  test("is named, and no regression", async () => {
    const { proposal } = await verified(world(["made > part"]));
    const [comparison] = of(proposal.evidence, "test-comparison");
    expect(comparison?.removed).toEqual(["made > part"]);
    expect(comparison).not.toHaveProperty("gone");
    expect(of(proposal.evidence, "criterion")[0]?.status).toBe("proven");
  });

  test.each([
    ["nobody named it", world([])],
    [
      "no criterion asks for it",
      world(["made > part"], [{ ...CRITERIA[0], kind: "keeps" } as never]),
    ],
  ])("is lost where %s", async (_what, scene) => {
    const { proposal } = await verified(scene);
    expect(of(proposal.evidence, "test-comparison")[0]?.gone).toEqual(["made > part"]);
    expect(of(proposal.evidence, "criterion")[0]?.status).toBe("unproven");
  });
});
