import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { filesToRead } from "../../../src/cli/propose-config/files-to-read.ts";
import { proposeConfig } from "../../../src/cli/propose-config/propose-config.ts";
import { renderConfig } from "../../../src/cli/propose-config/render-config.ts";
import { readConfigText } from "../../../src/control/observed/config-text.ts";
import { ANY_CHARACTER } from "../../any-character.ts";
import { cases } from "../../cases.ts";
import {
  checkNamed,
  commandsOf,
  type Files,
  seenRepository,
  workflowRunning,
} from "./seen-repository.ts";

const GOFMT =
  "found=$(find . -name '*.go' -not -path '*/vendor/*' -not -path '*/testdata/*' -not -path '*/.git/*' -not -path '*/node_modules/*' -exec gofmt -l {} +) && echo \"$found\" && test -z \"$found\"";
const VET_ONCE = (packages: string) =>
  `{ go vet ${packages} || echo 'what go vet finds does not count here; the check lint says it'; }`;
const GO = {
  setup: `go mod download && ${VET_ONCE("./...")}`,
  format: GOFMT,
  lint: "go vet ./...",
  test: "go test -json ./...",
  build: "go build -o /dev/null ./...",
};

describe("a repository", () => {
  test.each<{ title: string; files: Files; found: object }>([
    { title: "Go", files: { "go.mod": "module x\n\ngo 1.25\n", "x.go": "" }, found: GO },
    {
      title: "Go with its modules beside it fetches none, and CI's flags are kept",
      files: {
        "go.mod": "module x",
        "x.go": "",
        "vendor/modules.txt": "",
        ".github/workflows/ci.yml": workflowRunning(
          "go test -race -short -tags=unit -coverprofile=c.out ./...",
        ),
      },
      found: {
        setup: VET_ONCE("./..."),
        format: GOFMT,
        lint: GO.lint,
        test: "go test -json -short -tags=unit ./...",
        build: GO.build,
      },
    },
    {
      title: "a workspace of Go",
      files: {
        "go.work": 'go 1.25\nuse (\n\t./a\n\t"./b" // second\n)\nuse ./c\n',
        "a/go.mod": "",
        "a/a.go": "",
      },
      found: {
        ...GO,
        setup: `go mod download && ${VET_ONCE("./a/... ./b/... ./c/...")}`,
        lint: "go vet ./a/... ./b/... ./c/...",
        test: "go test -json ./a/... ./b/... ./c/...",
        build: "go build -o /dev/null ./a/... ./b/... ./c/...",
      },
    },
    {
      title: "Rust with a lock file, by what CI runs",
      files: {
        "Cargo.toml": "[workspace]\nmembers = ['a']\n",
        "Cargo.lock": "",
        "a/src/lib.rs": "",
        ".github/workflows/ci.yml": workflowRunning(
          "cargo fmt --all -- --check",
          "cargo clippy --all-targets --all-features -- -D warnings",
          "cargo test --target ${{ matrix.target }} --no-default-features\ncargo +stable test --all-features --workspace -- --nocapture",
        ),
      },
      found: {
        setup: "cargo fetch --locked",
        format: "cargo fmt --all --check",
        lint: "cargo clippy --locked --offline --all-targets --all-features -- -D warnings",
        test: "cargo test --locked --offline --no-fail-fast --all-features --workspace",
      },
    },
    {
      title: "Rust by CI's whole call, before those of one feature and those of a release",
      files: {
        "Cargo.toml": "[package]\nname = 'x'\n",
        "src/lib.rs": "",
        ".github/workflows/ci.yml": workflowRunning(
          "cargo test --release",
          "cargo test --tests --no-default-features",
          "cargo test",
          "cargo clippy --tests --benches -- -Dclippy::all",
        ),
      },
      found: {
        setup: "cargo fetch",
        format: "cargo fmt --all --check",
        lint: "cargo clippy --offline --tests -- -Dclippy::all",
        test: "cargo test --offline --no-fail-fast",
      },
    },
    {
      title: "Rust without a lock file",
      files: { "Cargo.toml": "[package]\nname = 'x'\n", "src/lib.rs": "" },
      found: {
        setup: "cargo fetch",
        format: "cargo fmt --all --check",
        lint: "cargo clippy --offline --all-targets",
        test: "cargo test --offline --no-fail-fast",
      },
    },
    {
      title: "Maven",
      files: {
        "pom.xml": "<project/>",
        "src/A.java": "",
        ".github/workflows/ci.yml": workflowRunning("mvn -B verify", "mvn spotless:check"),
      },
      found: {
        setup: "mvn -B -ntp -Dmaven.test.failure.ignore=true package spotless:check",
        format: "mvn -B -ntp -o spotless:check",
        test: "mvn -B -ntp -o test",
        build: "mvn -B -ntp -o -DskipTests package",
      },
    },
    {
      title: "Gradle by its wrapper",
      files: { "build.gradle.kts": "", gradlew: "", "src/A.kt": "" },
      found: {
        setup:
          "./gradlew --no-daemon assemble testClasses && { ./gradlew --no-daemon --continue test || echo 'a test of the base fails; the check test says which'; }",
        test: "./gradlew --no-daemon --offline --continue test",
        build: "./gradlew --no-daemon --offline assemble",
      },
    },
    {
      title: "a Makefile where no language is known",
      files: {
        Makefile: "CC := gcc\nall: x\n\ncheck test: all\n\t./t\nlint:\n\tx\n.PHONY: all\n",
        "x.c": "",
      },
      found: { lint: "make lint", test: "make test", build: "make all" },
    },
    {
      title: "a justfile, of which recipes with arguments are left aside",
      files: { justfile: "test filter='':\n  x\nlint path:\n  x\nbuild := 'x'\n" },
      found: { test: "just test" },
    },
    {
      title: "a language beside its Makefile: the language's own checks go first",
      files: {
        "go.mod": "",
        "x.go": "",
        Makefile: "test:\n\tgo test ./...\ntypecheck:\n\tx\ndeploy:\n\tx\n",
      },
      found: { ...GO, types: "make typecheck" },
    },
    {
      title: "languages side by side: the one with the most files",
      files: {
        "package.json": { scripts: { test: "jest" } },
        "go.mod": "",
        "a.go": "",
        "b.go": "",
        "web.js": "",
      },
      found: GO,
    },
    {
      title: "a tool's manifest beside a project: the one with tests",
      files: {
        "package.json": { devDependencies: { husky: "9" } },
        "a.js": "",
        "b.js": "",
        "go.mod": "",
        "a.go": "",
      },
      found: GO,
    },
    {
      title: "a project in a folder, by the commands that CI runs there",
      files: {
        "back end/go.mod": "module x",
        "back end/x.go": "",
        ".github/workflows/ci.yml": {
          on: "push",
          defaults: { run: { "working-directory": "./back end/" } },
          jobs: {
            test: { steps: [{ run: "go test -short ./..." }, { uses: "actions/checkout@v4" }] },
          },
        },
      },
      found: {
        setup: `cd 'back end' && ${GO.setup}`,
        format: `cd 'back end' && ${GOFMT}`,
        lint: "cd 'back end' && go vet ./...",
        test: "cd 'back end' && go test -json -short ./...",
        build: "cd 'back end' && go build -o /dev/null ./...",
      },
    },
    {
      title: "a language whose checks are not known, before packages of another",
      files: {
        "Package.swift": "",
        "src/A.swift": "",
        "package.json": { scripts: { test: "jest" } },
      },
      found: {},
    },
    {
      title: "a language that is not known in a folder, beside a Makefile in the root",
      files: { "src/Package.swift": "", "src/A.swift": "", Makefile: "test:\n\tswift test\n" },
      found: { test: "make test" },
    },
    {
      title: "packages of a manifest that has no scripts, for the Makefile that calls them",
      files: {
        "package.json": {},
        "package-lock.json": "{}",
        "a.js": "",
        Makefile: "test:\n\tx\n",
      },
      found: { setup: "npm ci --ignore-scripts", test: "make test" },
    },
    { title: "nothing at all", files: {}, found: {} },
  ])("$title", ({ files, found }) => {
    expect(commandsOf(files)).toEqual(found);
  });

  test.each([
    ["Elixir", { "mix.exs": "" }],
    ["Swift", { "Package.swift": "" }],
    ["C or C++ with Meson", { "meson.build": "" }],
  ] as const)("%s is named, and no check is made up", (language, files) => {
    const { taken, checks, notes } = proposeConfig(seenRepository(files));
    expect([taken, checks]).toEqual([language, []]);
    expect(notes[0]).toContain(`this looks like ${language} (`);
  });

  test("a project of CMake is tested by CTest, also beside a Makefile of old, with the settings of CI", () => {
    const files = {
      "CMakeLists.txt": 'option(SHOP_TESTS "Build them" OFF)\nenable_testing()\n',
      "shop.c": "",
      Makefile: "test:\n\t./run\nlint:\n\t./lint\n",
    };
    const { checks, notes } = proposeConfig(seenRepository(files));
    const build = '"$XDG_CACHE_HOME/cmake-build"';
    expect(Object.fromEntries(checks.map(({ name, run }) => [name, run]))).toEqual({
      setup: `cmake -S . -B ${build} -DSHOP_TESTS=ON && cmake --build ${build} --parallel`,
      lint: "make lint",
      test: `mkdir -p .factory-reports && cmake --build ${build} --parallel && ctest --test-dir ${build} --output-on-failure --output-junit "$PWD/.factory-reports/test.xml"`,
      build: `cmake --build ${build} --parallel`,
    });
    expect(checks.find(({ name }) => name === "test")?.report).toBe(".factory-reports/test.xml");
    expect(notes.join("\n")).not.toContain("no test check");
    const ci = workflowRunning("cmake -B out -DSHOP_TESTS=ON -DFAST:BOOL=OFF .", "ctest");
    const { setup } = commandsOf({ ...files, ".github/workflows/c.yml": ci });
    expect(setup).toContain("-DSHOP_TESTS=ON -DFAST:BOOL=OFF &&");
  });

  test("what is said to be missing is missing: a Makefile may have it", () => {
    const files = { "package.json": {}, "a.js": "", Makefile: "test:\n\tx\n" };
    const without = { "package.json": {}, "a.js": "" };
    const said = (seen: Files) => proposeConfig(seenRepository(seen)).notes.join("\n");
    expect(said(without)).toContain("has no test script; no test check is proposed");
    expect(said(files)).not.toContain("no test check is proposed");
    const unknown = said({ "Package.swift": "", Makefile: "test:\n\tswift test\n" });
    expect(unknown).toContain("the ones proposed are those of the targets beside it");
    expect(unknown).not.toMatch(/no (?:test )?check is proposed/);
  });

  test.each<readonly [string, Files, readonly string[] | undefined]>([
    ["Python", { "setup.py": "", "x.py": "" }, ["python3"]],
    ["Python built from Rust", { "pyproject.toml": "", "Cargo.toml": "" }, ["python3", "rustc"]],
    ["Maven", { "pom.xml": "" }, ["java", "mvn"]],
    ["C", { "CMakeLists.txt": "" }, []],
    ["a Makefile beside C", { Makefile: "test:\n\tx\n", "x.c": "" }, []],
    ["a Makefile beside Go", { Makefile: "test:\n\tx\n", "x.go": "" }, ["go"]],
    ["nothing that is known", { Makefile: "test:\n\tx\n" }, undefined],
  ])("%s is offered its own toolchains alone", (_title, files, programs) => {
    const { toolchains } = proposeConfig(seenRepository(files));
    expect(toolchains?.toSorted()).toEqual(programs);
  });

  test.each<readonly [string, Files, readonly string[]]>([
    [
      "with tests of its own is said",
      {
        "tools/report/pyproject.toml": "[tool.pytest.ini_options]\n",
        "tools/report/test_a.py": "",
      },
      ["Python in tools/report"],
    ],
    ["without tests is not", { "docs/package.json": { scripts: { start: "vite" } } }, []],
    [
      "of the language of the root is a part of it",
      { "go.mod": "", "tools/lint/go.mod": "", "tools/lint/a_test.go": "" },
      [],
    ],
    ["in a hidden folder is not", { ".ci/go.mod": "", ".ci/a_test.go": "" }, []],
  ])("a project in a folder of tools or documents %s", (_title, files, named) => {
    const root = { "go.mod": "", "a.go": "", "a_test.go": "package a" };
    const all = { ...root, ...files };
    const { notes } = proposeConfig(seenRepository(all));
    const [said = ""] = notes.filter((note) => note.startsWith("left out, because"));
    expect(said.includes("left out")).toBe(named.length > 0);
    for (const name of named) expect(said).toContain(name);
  });

  test("what was not taken is said", () => {
    const files = {
      "api/go.mod": "",
      "api/a.go": "",
      "web/package.json": { scripts: { start: "node ." } },
    };
    const { taken, notes } = proposeConfig(seenRepository(files));
    expect(taken).toBe("Go in api");
    expect(notes.join("\n")).toContain(
      "beside lies JavaScript or TypeScript in web (web/package.json)",
    );
  });

  test("reports lie where the command runs", () => {
    const files = { "web/package.json": { scripts: { test: "jest" } }, "web/a.ts": "" };
    expect(checkNamed(files, "test")?.report).toEqual({
      format: "jest",
      files: "web/.factory-reports/test.json",
    });
    expect(
      checkNamed({ "pom.xml": "<project><modules/></project>".replace("/>", ">") }, "test")?.report,
    ).toBe("**/target/surefire-reports/TEST-*.xml");
    expect(checkNamed({ "go.mod": "" }, "test")?.report).toEqual({ format: "go-test" });
    expect(checkNamed({ "Cargo.toml": "" }, "test")?.report).toEqual({ format: "cargo-test" });
  });

  test("the harness is what exists, under the names in use; a link is none", () => {
    const seen = seenRepository({
      "AGENTS.md": "",
      "Contributing.md": "",
      "docs/ARCHITECTURE.md": "",
      "README.md": "",
    });
    const link = { path: "CLAUDE.md", mode: "120000" };
    expect(proposeConfig({ ...seen, files: [...seen.files, link] }).harness).toEqual([
      "AGENTS.md",
      "Contributing.md",
      "docs/ARCHITECTURE.md",
    ]);
  });
});

describe("what is read", () => {
  test("manifests two folders deep, lock files, workflows; neither sources nor other people's manifests", () => {
    expect(
      filesToRead([
        "src/a.ts",
        "a/b/c/d/package.json",
        "packages/a/package.json",
        "node_modules/x/package.json",
        "package.json",
        ".github/workflows/ci.yml",
        "requirements/test.txt",
      ]),
    ).toEqual([
      ".github/workflows/ci.yml",
      "package.json",
      "requirements/test.txt",
      "packages/a/package.json",
    ]);
  });

  test("never more than 300 files, the outermost first", () => {
    const paths = Array.from({ length: 1_000 }, (_, index) => `p/${index}/package.json`);
    const wanted = filesToRead([...paths, "package.json"]);
    expect([wanted.length, wanted[0]]).toEqual([300, "package.json"]);
  });
});

describe("hostile repositories", () => {
  test.each<{ title: string; files: Files; says: string }>([
    { title: "broken JSON", files: { "package.json": "{" }, says: "package.json is no JSON" },
    { title: "broken TOML", files: { "Cargo.toml": "[[" }, says: "Cargo.toml is no TOML" },
    {
      title: "a broken workflow",
      files: { ".github/workflows/ci.yml": "jobs: [" },
      says: "ci.yml is no YAML",
    },
    {
      title: "a bomb of aliases",
      files: {
        ".github/workflows/ci.yml": `a: &a [x,x]\n${[..."bcdefghij"].map((name, index) => `${name}: &${name} [${Array(9).fill(`*${"abcdefghij"[index]}`).join(",")}]`).join("\n")}\n`,
      },
      says: "ci.yml is no YAML",
    },
    {
      title: "a manifest beyond all bounds",
      files: { "package.json": { scripts: { test: "x".repeat(600_000) } } },
      says: "package.json has more than 512000 characters",
    },
    {
      title: "a command too long for the config",
      files: { "package.json": { scripts: { test: `node --test ${"a.js ".repeat(300)}` } } },
      says: "the command found for test has",
    },
    {
      title: "a name of a script that is an option",
      files: { "package.json": { scripts: { "--prefix=/": "jest" } } },
      says: "it was left aside",
    },
  ])("$title is a note", ({ files, says }) => {
    expect(proposeConfig(seenRepository(files)).notes.join("\n")).toContain(says);
  });

  test("a file that was not loaded is a note", () => {
    const files = [{ path: "package.json", mode: "100644" }];
    const { notes } = proposeConfig({ files, read: () => undefined });
    expect(notes).toContain("package.json was not loaded");
  });

  test("keys of the language's own objects mean nothing", () => {
    const files = {
      "package.json":
        '{"scripts": {"__proto__": {"test": "jest"}, "constructor": "jest"}, "packageManager": 1}',
    };
    expect(commandsOf(files).test).toMatch(/ npm run constructor -- --ci/);
  });

  test("foreign text stays in its comment", () => {
    const files = {
      "package.json": {
        scripts: { "test\u2028checks: {}": "jest", "lint\n  setup: id": "eslint ." },
      },
    };
    const text = renderConfig(proposeConfig(seenRepository(files)), { read: [] });
    expect(text.split("\n").filter((line) => line.trim().startsWith("setup:"))).toHaveLength(1);
    expect(readConfigText(text)).toHaveProperty("config");
  });

  const PATHS = [
    ...[
      "package.json",
      "pyproject.toml",
      "setup.cfg",
      "tox.ini",
      "Cargo.toml",
      "go.work",
      "go.mod",
      "pom.xml",
    ],
    ...[
      "build.gradle",
      "Makefile",
      "justfile",
      ".github/workflows/ci.yml",
      "yarn.lock",
      ".yarnrc.yml",
    ],
    ...[
      "setup.py",
      "requirements.txt",
      ".pre-commit-config.yaml",
      "tests/test_a.py",
      "pnpm-lock.yaml",
      "a b/package.json",
    ],
  ];
  const script = fc.oneof(
    fc.string({ unit: ANY_CHARACTER }),
    fc
      .array(
        fc.constantFrom(
          "jest",
          "vitest",
          "&&",
          "node",
          "--test",
          "|",
          "'",
          '"',
          "npm run a",
          "$(id)",
          "-w",
          "eslint",
          "--fix",
          "\n",
        ),
      )
      .map((words) => words.join(" ")),
  );
  const manifest = fc.oneof(
    fc.string({ unit: ANY_CHARACTER }),
    fc.json(),
    fc
      .record({
        scripts: fc.dictionary(
          fc.oneof(fc.string(), fc.constantFrom("test", "lint", "a", "pretest")),
          script,
        ),
      })
      .map((value) => JSON.stringify(value)),
    fc
      .array(script)
      .map(
        (lines) => `on: push\njobs: {a: {steps: ${JSON.stringify(lines.map((run) => ({ run })))}}}`,
      ),
  );
  test("whatever a repository holds, there is a proposal, and it is a config", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...PATHS), manifest), (files) => {
        const text = renderConfig(proposeConfig(seenRepository(files)), {
          read: ["/opt/hostedtoolcache"],
        });
        expect(readConfigText(text)).toHaveProperty("config");
      }),
      cases(300),
    );
  });
});

describe("the rendered config", () => {
  test("says where each check was seen, and reads back as what was proposed", () => {
    const files = {
      "AGENTS.md": "",
      ...{
        "package.json": { scripts: { test: "jest", lint: "eslint ." } },
        "package-lock.json": "{}",
      },
    };
    const proposed = proposeConfig(seenRepository(files));
    const text = renderConfig(proposed, { read: ["/opt/node"] });
    expect(
      text,
    ).toBe(`# Proposed from what the repository holds. A check is useful once it has run on the base.
# Made for JavaScript or TypeScript.

version: 1
harness:
  - AGENTS.md
checks:
  # seen: package-lock.json
  # install scripts are off
  setup:
    run: npm ci --ignore-scripts
    timeoutSeconds: 1200
  # seen: package.json scripts.lint
  lint: npm run lint
  # seen: package.json scripts.test
  test:
    run: mkdir -p .factory-reports && npm run test -- --ci --json --outputFile=.factory-reports/test.json
    report:
      format: jest
      files: .factory-reports/test.json
    only:
      run: mkdir -p .factory-reports && npm run test -- --ci --json --outputFile=.factory-reports/test.json "$@"
      by: files
sandbox:
  read:
    - /opt/node
`);
    const reading = readConfigText(text);
    expect(reading).toMatchObject({
      config: {
        harness: ["AGENTS.md"],
        checks: { lint: { run: "npm run lint" } },
        sandbox: { read: ["/opt/node"] },
      },
    });
  });
});
