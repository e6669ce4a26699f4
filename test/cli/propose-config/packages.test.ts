import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { scopesOfPackages } from "../../../src/cli/propose-config/packages/packages.ts";
import { proposeConfig } from "../../../src/cli/propose-config/propose-config.ts";
import { renderConfig } from "../../../src/cli/propose-config/render-config.ts";
import { readConfigText } from "../../../src/control/observed/config-text.ts";
import { checksFor, partsOf } from "../../../src/domain/config/scoped-checks.ts";
import { type Files, seenRepository, workflowRunning } from "./seen-repository.ts";

const NODE = { scripts: { test: "node --test" } };
const pom = (artifact: string, ...needs: readonly string[]) =>
  `<project><parent><artifactId>all</artifactId></parent><artifactId>${artifact}</artifactId>${needs
    .map((one) => `<dependency><groupId>x</groupId><artifactId>${one}</artifactId></dependency>`)
    .join("")}</project>`;

const WORKSPACES: readonly (readonly [string, Files])[] = [
  [
    "npm",
    {
      "package.json": { workspaces: ["libs/*"] },
      "libs/a/package.json": { name: "@x/a", ...NODE, dependencies: { "@x/b": "*" } },
      "libs/b/package.json": { name: "@x/b", ...NODE, devDependencies: { "@x/c": "*" } },
      "libs/c/package.json": { name: "@x/c", ...NODE },
      "libs/none/package.json": { name: "@x/none" },
    },
  ],
  [
    "pnpm",
    {
      "package.json": { packageManager: "pnpm@10.1.0" },
      "pnpm-workspace.yaml": "packages:\n  - libs/*\n  - '!libs/none'\n",
      "libs/a/package.json": { name: "@x/a", ...NODE, dependencies: { "@x/b": "workspace:*" } },
      "libs/b/package.json": { name: "@x/b", ...NODE, dependencies: { "@x/c": "workspace:*" } },
      "libs/c/package.json": { name: "@x/c", ...NODE },
      "libs/none/package.json": { name: "@x/none", ...NODE },
    },
  ],
  [
    "Cargo",
    {
      "Cargo.toml":
        '[workspace]\nmembers = ["libs/*"]\n[workspace.dependencies]\nc = { path = "libs/c" }\n',
      "libs/a/Cargo.toml": '[package]\nname = "a"\n[dependencies]\nb = { path = "../b" }\n',
      "libs/b/Cargo.toml": '[package]\nname = "b"\n[dev-dependencies]\nc = { workspace = true }\n',
      "libs/c/Cargo.toml": '[package]\nname = "c"\n',
    },
  ],
  [
    "Go",
    {
      "go.work": "go 1.21\n\nuse (\n\t./libs/a\n\t./libs/b\n\t./libs/c\n)\n",
      "libs/a/go.mod": "module x/a\n\nrequire x/b v0.0.0\n",
      "libs/b/go.mod": "module x/b\n\nrequire (\n\tx/c v0.0.0\n)\n",
      "libs/c/go.mod": "module x/c\n",
      ...Object.fromEntries(["a", "b", "c"].map((name) => [`libs/${name}/x_test.go`, ""])),
    },
  ],
  [
    "Maven",
    {
      "pom.xml":
        "<project><modules><module>libs/a</module><module>libs/b</module><module>libs/c</module></modules></project>",
      "libs/a/pom.xml": pom("a", "b"),
      "libs/b/pom.xml": pom("b", "c"),
      "libs/c/pom.xml": pom("c"),
      ...Object.fromEntries(
        ["a", "b", "c"].map((name) => [`libs/${name}/src/test/java/T.java`, ""]),
      ),
    },
  ],
  [
    "Gradle in Groovy",
    {
      "settings.gradle":
        "rootProject.name = 'x'\n// include 'old'\ninclude ':libs:a', ':libs:b'\ninclude 'libs:c'\n",
      "build.gradle": "subprojects { apply plugin: 'java' }\n",
      "libs/a/build.gradle": "dependencies { implementation project(':libs:b') }\n",
      "libs/b/build.gradle": "dependencies { api project(path: ':libs:c') }\n",
      ...Object.fromEntries(
        ["a", "b", "c"].map((name) => [`libs/${name}/src/test/java/T.java`, ""]),
      ),
    },
  ],
  [
    "Gradle in Kotlin, with accessors",
    {
      "settings.gradle.kts": 'include(\n    ":libs:a",\n    ":libs:b",\n    ":libs:c",\n)\n',
      "libs/a/build.gradle.kts": "dependencies { implementation(projects.libs.b) }\n",
      "libs/b/build.gradle.kts": 'dependencies { implementation(project(":libs:c")) }\n',
      ...Object.fromEntries(
        ["a", "b", "c"].map((name) => [`libs/${name}/src/test/kotlin/T.kt`, ""]),
      ),
    },
  ],
  [
    "uv",
    {
      "pyproject.toml": '[tool.uv.workspace]\nmembers = ["libs/*"]\nexclude = ["libs/none"]\n',
      "libs/a/pyproject.toml": '[project]\nname = "X_A"\ndependencies = ["x-b[all]>=1"]\n',
      "libs/b/pyproject.toml": '[project]\nname = "x.b"\n[dependency-groups]\ndev = ["X_C"]\n',
      "libs/c/pyproject.toml": '[project]\nname = "x-c"\n',
      "libs/none/pyproject.toml": '[project]\nname = "none"\n',
      ...Object.fromEntries(["a", "b", "c"].map((name) => [`libs/${name}/tests/test_x.py`, ""])),
    },
  ],
  [
    "Nx",
    {
      "package.json": {},
      "nx.json": {},
      ...Object.fromEntries(
        [
          ["a", ["b"]],
          ["b", []],
          ["c", []],
        ].map(([name, implicitDependencies]) => [
          `libs/${name}/project.json`,
          { name, implicitDependencies, targets: { test: { executor: "@nx/jest:jest" } } },
        ]),
      ),
      "libs/b/package.json": { name: "@x/b", dependencies: { "@x/c": "*" } },
    },
  ],
];

/** Nx tells the report of each project, but not how some of its tests run alone. */
const WITHOUT_ONLY = ["Nx"];

function configOf(files: Files) {
  const reading = readConfigText(renderConfig(proposeConfig(seenRepository(files)), { read: [] }));
  if (!("config" in reading)) throw new Error(JSON.stringify(reading));
  return reading.config;
}

describe.each(WORKSPACES)("a workspace of %s", (title, files) => {
  test("has a test for each package, about it and what it needs", () => {
    const parts = partsOf(configOf(files).checks.test);
    expect(parts.map(({ paths }) => paths)).toEqual([
      ["libs/a/**", "libs/b/**", "libs/c/**"],
      ["libs/b/**", "libs/c/**"],
      ["libs/c/**"],
    ]);
    expect(parts.every(({ report }) => report !== undefined)).toBe(true);
    const isAlone = !WITHOUT_ONLY.includes(title);
    expect(parts.every(({ only }) => (only !== undefined) === isAlone)).toBe(true);
    expect(new Set(parts.map(({ run }) => run)).size).toBe(3);
  });

  test.each([
    ["libs/a/x", 1],
    ["libs/b/x", 2],
    ["libs/c/x", 3],
    ["README.md", 3],
  ])("runs for %s the tests of %i packages", (path, count) => {
    expect(partsOf(checksFor(configOf(files).checks, [path]).test)).toHaveLength(count);
  });
});

describe("packages that nobody can tell apart are checked as one", () => {
  test.each<readonly [string, Files, string]>([
    [
      "a script of the root, which is the owner's word",
      {
        "package.json": { workspaces: ["a", "b"], ...NODE },
        "a/package.json": NODE,
        "b/package.json": NODE,
      },
      "node --test",
    ],
    [
      "a Cargo package that is the root of others",
      {
        "Cargo.toml": '[package]\nname = "x"\n[workspace]\nmembers = ["a", "b"]\n',
        "a/Cargo.toml": "",
        "b/Cargo.toml": "",
      },
      "cargo test",
    ],
    [
      "one member",
      { "Cargo.toml": '[workspace]\nmembers = ["a"]\n', "a/Cargo.toml": '[package]\nname = "a"\n' },
      "cargo test",
    ],
    [
      "a package inside another",
      {
        "Cargo.toml": '[workspace]\nmembers = ["a", "a/b"]\n',
        "a/Cargo.toml": '[package]\nname = "a"\n',
        "a/b/Cargo.toml": '[package]\nname = "b"\n',
      },
      "cargo test",
    ],
    [
      "a member without a name",
      {
        "Cargo.toml": '[workspace]\nmembers = ["a", "b"]\n',
        "a/Cargo.toml": '[package]\nname = "a"\n',
        "b/Cargo.toml": "",
      },
      "cargo test",
    ],
    ...[
      ["a loop that includes", 'include("a", "b")\nlistOf("c").forEach { include(it) }\n', ""],
      [
        "a project that lies elsewhere",
        'include("a", "b")\nproject(":a").projectDir = file("x")\n',
        "",
      ],
      [
        "what all projects are given",
        'include("a", "b")\n',
        'subprojects { dependencies { implementation(project(":b")) } }',
      ],
      [
        "a dependency that is computed",
        'include("a", "b")\n',
        "",
        "dependencies { implementation(project(name)) }",
      ],
      [
        "tests of several targets",
        'include("a", "b")\n',
        "",
        'plugins { kotlin("multiplatform") }',
      ],
    ].map(([title = "", settings = "", root = "", own = ""]): readonly [string, Files, string] => [
      `Gradle: ${title}`,
      {
        "settings.gradle.kts": settings,
        "build.gradle.kts": root,
        "a/build.gradle.kts": own,
        "a/src/test/A.kt": "",
        "b/src/test/B.kt": "",
      },
      "gradle --no-daemon --offline --continue test",
    ]),
    [
      "uv: a root that is a package itself",
      {
        "pyproject.toml": '[project]\nname = "x"\n[tool.uv.workspace]\nmembers = ["a", "b"]\n',
        "a/pyproject.toml": '[project]\nname = "a"\n',
        "a/test_a.py": "",
        "b/pyproject.toml": '[project]\nname = "b"\n',
        "b/test_b.py": "",
      },
      "uv run --no-sync python -m pytest",
    ],
    [
      "uv: tests beside the members",
      {
        "pyproject.toml": '[tool.uv.workspace]\nmembers = ["a", "b"]\n',
        "a/pyproject.toml": '[project]\nname = "a"\n',
        "a/test_a.py": "",
        "b/pyproject.toml": '[project]\nname = "b"\n',
        "b/test_b.py": "",
        "tests/test_all.py": "",
      },
      "uv run --no-sync python -m pytest",
    ],
    [
      "uv: CI says how all of it is tested",
      {
        "pyproject.toml": '[tool.uv.workspace]\nmembers = ["a", "b"]\n',
        "a/pyproject.toml": '[project]\nname = "a"\n',
        "a/test_a.py": "",
        "b/pyproject.toml": '[project]\nname = "b"\n',
        "b/test_b.py": "",
        ".github/workflows/ci.yml": workflowRunning("uv run pytest a b"),
      },
      "uv run --no-sync python -m pytest a b",
    ],
  ])("%s", (_title, files, begins) => {
    const parts = partsOf(configOf(files).checks.test);
    expect(parts.map(({ paths }) => paths)).toEqual([undefined]);
    expect(parts[0]?.run).toContain(begins);
  });
});

test("the scope of a package holds the scope of everything that it needs", () => {
  const names = ["a", "b", "c", "d", "e"];
  const needs = fc.array(fc.uniqueArray(fc.constantFrom(...names, "elsewhere")), {
    minLength: names.length,
    maxLength: names.length,
  });
  fc.assert(
    fc.property(needs, (all) => {
      const packages = names.map((name, index) => ({
        folder: name,
        name,
        needs: all[index] ?? [],
      }));
      const scopes = scopesOfPackages(packages);
      for (const { folder, needs: own } of packages) {
        const scope = scopes?.get(folder) ?? [];
        expect(scope).toContain(`${folder}/**`);
        for (const need of own)
          expect(scope).toEqual(expect.arrayContaining([...(scopes?.get(need) ?? [])]));
      }
    }),
  );
});

describe("what no manifest tells is said", () => {
  test("Nx: an alias by which code imports another project", () => {
    const files = {
      "package.json": {},
      "nx.json": {},
      "tsconfig.base.json": '{ "compilerOptions": { "paths": { "@x/b": ["libs/b"] } } } // mine',
      "libs/a/project.json": { name: "a", targets: { test: {} } },
      "libs/b/project.json": { name: "b", targets: { test: {} } },
    };
    const { checks, notes } = proposeConfig(seenRepository(files));
    expect(checks).toEqual([]);
    expect(notes.join("\n")).toContain("Nx: tsconfig has paths");
  });

  test("Bazel", () => {
    const { notes } = proposeConfig(seenRepository({ "MODULE.bazel": "", "BUILD.bazel": "" }));
    expect(notes[0]).toMatch(/looks like Bazel .*`bazel query` tells it and no manifest does/);
  });

  test("a workspace of uv is set up with all of its members", () => {
    const files = { "pyproject.toml": "[tool.uv.workspace]\nmembers = ['a']\n", "test_x.py": "" };
    const setup = proposeConfig(seenRepository(files)).checks.find(({ name }) => name === "setup");
    expect(setup?.run).toContain("uv sync --all-packages");
  });
});
