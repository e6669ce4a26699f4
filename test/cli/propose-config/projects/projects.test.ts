import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { joinProjects } from "../../../../src/cli/propose-config/projects/join.ts";
import {
  isOfOthers,
  type ProposedProject,
} from "../../../../src/cli/propose-config/projects/project.ts";
import { scopedTo } from "../../../../src/cli/propose-config/projects/scopes.ts";
import type { ProposedCheck } from "../../../../src/cli/propose-config/proposal.ts";
import { proposeConfig } from "../../../../src/cli/propose-config/propose-config.ts";
import { type Files, seenRepository, workflowRunning } from "../seen-repository.ts";

const JEST = { scripts: { test: "jest" } };

describe("what counts as a project beside the first", () => {
  test.each<[string, Files, readonly string[]]>([
    [
      "two languages in folders of their own",
      { "api/go.mod": "", "api/a.go": "", "web/package.json": JEST },
      ["Go in api", "JavaScript or TypeScript in web"],
    ],
    [
      "a language in a folder below the root's",
      { "Cargo.toml": "[package]\nname = 'x'\n", "src/lib.rs": "", "web/package.json": JEST },
      ["Rust", "JavaScript or TypeScript in web"],
    ],
    [
      "two of one language, which no workspace holds together",
      { "a/go.mod": "", "a/a.go": "", "a/b.go": "", "b/go.mod": "", "b/b.go": "" },
      ["Go in a", "Go in b"],
    ],
    [
      "packages of the root's language are the root's",
      { "go.mod": "", "a.go": "", "b/go.mod": "", "b/b.go": "" },
      ["Go"],
    ],
    [
      "a second build of one folder is no second project",
      { "pom.xml": "<project/>", "build.gradle": "", "src/A.java": "", "src/B.java": "" },
      ["Java with Maven"],
    ],
    [
      "without tests it is none",
      { "go.mod": "", "a.go": "", "web/package.json": { scripts: { build: "tsc" } } },
      ["Go"],
    ],
    [
      "unless CI runs commands there",
      {
        "go.mod": "",
        "a.go": "",
        "web/package.json": { scripts: { build: "tsc" } },
        ".github/workflows/ci.yml": workflowRunning("cd web\nnpm run build"),
      },
      ["Go", "JavaScript or TypeScript in web"],
    ],
    [
      "pages and examples are none",
      { "go.mod": "", "a.go": "", "website/package.json": JEST, "examples/package.json": JEST },
      ["Go"],
    ],
  ])("%s", (_title, files, names) => {
    const { projects, taken } = proposeConfig(seenRepository(files));
    expect(projects.map(({ name }) => name)).toEqual(names);
    expect(taken).toBe(names.join(", "));
  });

  test("what one says of itself stands with its name", () => {
    const files = { "api/go.mod": "", "api/a.go": "", "lib/Cargo.toml": "[package]\nname = 'x'\n" };
    const { notes } = proposeConfig(seenRepository(files));
    expect(notes).toContain("Rust in lib: no Cargo.lock: setup takes the newest versions that fit");
  });

  test("never more than nine, and the others are named", () => {
    const many = Array.from({ length: 12 }, (_, index) => [
      [`p${index}/go.mod`, ""],
      [`p${index}/a.go`, ""],
    ]);
    const { projects, notes } = proposeConfig(seenRepository(Object.fromEntries(many.flat())));
    expect(projects).toHaveLength(9);
    expect(notes.join("\n")).toContain("which they leave out");
  });
});

const check = (name: ProposedCheck["name"], run: string, more: object = {}): ProposedCheck => ({
  ...{ name, run, because: "x" },
  ...more,
});
const project = (folder: string, ...checks: readonly ProposedCheck[]): ProposedProject => ({
  ...{ name: `Go in ${folder}`, folder, checks },
});

describe("projects as one config", () => {
  test("one setup after the other, each in a shell of its own; the other checks as lists", () => {
    const { checks, notes } = joinProjects([
      project("a", check("setup", "cd a && x", { timeoutSeconds: 1_800 }), check("test", "t a")),
      project("b", check("setup", "cd b && y"), check("lint", "l b"), check("test", "t b")),
    ]);
    expect(checks.map(({ name, run }) => [name, run])).toEqual([
      ["setup", "(cd a && x) && (cd b && y)"],
      ["lint", "l b"],
      ["test", "t a"],
      ["test", "t b"],
    ]);
    expect(checks[0]?.timeoutSeconds).toBe(2_400);
    expect(notes).toEqual([]);
  });

  test("one alone stays as it is", () => {
    const alone = project("a", check("setup", "cd a && x"), check("test", "t a"));
    expect(joinProjects([alone]).checks).toBe(alone.checks);
    expect(joinProjects([])).toEqual({ checks: [], notes: [] });
  });

  test.each([
    ["most tell them", ["", "r", "r"], ["b", "c"]],
    ["most do not", ["", "r", ""], ["a", "c"]],
    ["as many do as do not: as the first", ["", "r"], ["a"]],
    ["all tell them", ["r", "r"], ["a", "b"]],
  ])("tests are told alike: %s", (_title, reports, kept) => {
    const projects = reports.map((report, index) => {
      const folder = "abc"[index] ?? "";
      return project(folder, check("test", folder, report === "" ? {} : { report }));
    });
    const { checks, notes } = joinProjects(projects);
    expect(checks.map(({ run }) => run)).toEqual(kept);
    expect(notes).toHaveLength(reports.length - kept.length);
  });

  test("what the config has no room for is named, and never the first", () => {
    const long = "x".repeat(600);
    const { checks, notes } = joinProjects([
      project("a", check("setup", long), check("test", "t a")),
      project("b", check("setup", long), check("test", "t b")),
      project("c", check("setup", "short"), check("test", "t c")),
    ]);
    expect(checks.map(({ run }) => run)).toEqual([`(${long}) && (short)`, "t a", "t c"]);
    expect(notes).toEqual([expect.stringContaining("Go in b")]);
  });
});

describe("the scope of a project", () => {
  const run = (
    name: string,
    command: string,
    status: string,
    tests?: readonly [string, string][],
  ) => ({
    ...{ name, command, status },
    tests: tests?.map(([one, result]) => ({ name: one, status: result })),
  });
  const whole = [
    run("lint", "l", "passed"),
    run("test", "t", "passed", [
      ["one", "passed"],
      ["two", "passed"],
    ]),
  ];
  const own = project("a", check("setup", "s"), check("lint", "l"), check("test", "t"));

  test.each([
    ["says the same", whole, [["a/**"], ["a/**"]]],
    [
      "says it in another order",
      [
        whole[0],
        run("test", "t", "passed", [
          ["two", "passed"],
          ["one", "passed"],
        ]),
      ],
      [["a/**"], ["a/**"]],
    ],
    [
      "skips a test",
      [
        whole[0],
        run("test", "t", "passed", [
          ["one", "passed"],
          ["two", "skipped"],
        ]),
      ],
      [["a/**"], undefined],
    ],
    [
      "misses a test",
      [whole[0], run("test", "t", "passed", [["one", "passed"]])],
      [["a/**"], undefined],
    ],
    ["fails", [run("lint", "l", "failed"), whole[1]], [undefined, ["a/**"]]],
    ["was not tried, because setup failed", [], [undefined, undefined]],
  ])("without the others it %s", (_title, apart, scopes) => {
    const runs = { whole, apart: apart.filter((one) => one !== undefined) };
    const [setup, ...checks] = scopedTo(own, runs);
    expect(setup).not.toHaveProperty("paths");
    expect(checks.map(({ paths }) => paths)).toEqual(scopes);
  });

  test("in the root it is everybody's, unless it names its packages, and they work without the others", () => {
    const root = project("", check("lint", "l"), check("test", "t", { paths: ["p/**"] }));
    const pathsOf = (apart: typeof whole) =>
      scopedTo(root, { whole, apart }).map(({ paths }) => paths);
    expect(pathsOf(whole)).toEqual([undefined, ["p/**"]]);
    expect(pathsOf([])).toEqual([undefined, undefined]);
  });

  test("no file is of another project that lies in the own folder, or in no project at all", () => {
    const folder = fc.constantFrom("", "a", "b", "a/c", "b/d", "ab");
    fc.assert(
      fc.property(folder, fc.array(folder), folder, (mine, folders, where) => {
        const path = where === "" ? "x" : `${where}/x`;
        const isIn = (one: string) => one !== "" && path.startsWith(`${one}/`);
        const isOthers = isOfOthers(path, mine, [...folders, mine]);
        if (isIn(mine)) expect(isOthers).toBe(false);
        else expect(isOthers).toBe(folders.some(isIn));
      }),
    );
  });
});
