import { describe, expect, test } from "vitest";
import { proposeConfig } from "../../../src/cli/propose-config/propose-config.ts";
import { renderConfig } from "../../../src/cli/propose-config/render-config.ts";
import { readConfigText } from "../../../src/control/observed/config-text.ts";
import { partsOf } from "../../../src/domain/config/scoped-checks.ts";
import { checkNamed, type Files, seenRepository, workflowRunning } from "./seen-repository.ts";

const MAKE = "mkdir -p .factory-reports && ";
const JUNIT = "--reporter=default --reporter=junit --outputFile.junit=.factory-reports/test.xml";
const NODE =
  "--test-reporter=spec --test-reporter-destination=stdout --test-reporter=junit --test-reporter-destination=.factory-reports/test.xml";
const XML = "--junitxml=.factory-reports/test.xml";
const scripts = (test: string): Files => ({ "package.json": { scripts: { test } } });

describe("how some tests run alone", () => {
  test.each<readonly [string, Files, object | undefined]>([
    [
      "vitest, through its script",
      scripts("vitest"),
      { run: `${MAKE}npm run test -- --run ${JUNIT} "$@"`, by: "files" },
    ],
    [
      "vitest with a folder of its own, which would run too",
      scripts("vitest run unit"),
      { run: `${MAKE}npm run test -- ${JUNIT} -t "$1"`, by: "pattern" },
    ],
    [
      "jest",
      scripts("jest"),
      {
        run: `${MAKE}npm run test -- --ci --json --outputFile=.factory-reports/test.json "$@"`,
        by: "files",
      },
    ],
    [
      "mocha, whose configuration names files",
      scripts("mocha"),
      {
        run: `${MAKE}npm run test -- --reporter xunit --reporter-options output=.factory-reports/test.xml --grep "$1"`,
        by: "pattern",
      },
    ],
    [
      "Node's own runner, without the files that it names",
      scripts("node --test --import tsx test/*.ts"),
      { run: `${MAKE}node --test ${NODE} --import tsx "$@"`, by: "files" },
    ],
    ["a runner that tells of no single test", scripts("karma start"), undefined],
    [
      "pytest",
      { "pyproject.toml": "[tool.pytest.ini_options]\n", "x.py": "" },
      { run: `python3 -m pytest ${XML} "$@"`, by: "files" },
    ],
    [
      "pytest without the paths that CI names",
      {
        "setup.py": "",
        "tests/test_a.py": "",
        "slow/test_b.py": "",
        ".github/workflows/ci.yml": workflowRunning("pytest -x --ignore slow tests/"),
      },
      { run: `python3 -m pytest -x --ignore slow ${XML} "$@"`, by: "files" },
    ],
    ["Go", { "go.mod": "module x" }, { run: 'go test -json "$@"', by: "suites" }],
    [
      "Cargo",
      { "Cargo.toml": "[package]\nname = 'x'\n" },
      { run: 'cargo test --offline --no-fail-fast -- --exact "$@"', by: "names" },
    ],
    [
      "Maven",
      { "pom.xml": "<project/>" },
      {
        run: 'mvn -B -ntp -o test -Dtest="$1" -DfailIfNoTests=false -Dsurefire.failIfNoSpecifiedTests=false',
        by: "suites",
        join: ",",
      },
    ],
    [
      "Gradle",
      { "build.gradle": "" },
      {
        run: 'gradle --no-daemon --offline --continue test "$@"',
        by: "suites",
        prefix: "--tests=",
      },
    ],
    [
      "a package in a folder, whose files are named from the root",
      { "web app/package.json": { scripts: { test: "jest" } }, "web app/a.js": "" },
      {
        run: `cd 'web app' && ${MAKE}npm run test -- --ci --json --outputFile=.factory-reports/test.json "\${@#'web app/'}"`,
        by: "files",
      },
    ],
    ["a Makefile", { Makefile: "test:\n\t./t\n" }, undefined],
  ])("%s", (_title, files, only) => {
    expect(checkNamed(files, "test")?.only).toEqual(only);
  });

  test("CTest", () => {
    const only = checkNamed({ "CMakeLists.txt": "enable_testing()\n" }, "test")?.only;
    expect(only?.by).toBe("pattern");
    expect(only?.run).toMatch(/ctest .* -R "\$1"$/);
  });

  test.each<readonly [string, Files]>([
    ["Gradle", { "build.gradle": "" }],
    ["Go in a folder", { "back end/go.mod": "module x" }],
    ["jest in a folder", { "it's/package.json": { scripts: { test: "jest" } }, "it's/a.js": "" }],
  ])("of %s is read from the config that is made of it", (_title, files) => {
    const proposed = proposeConfig(seenRepository(files));
    const reading = readConfigText(renderConfig(proposed, { read: [] }));
    if (!("config" in reading)) throw new Error(JSON.stringify(reading));
    const only = proposed.checks.find(({ name }) => name === "test")?.only;
    expect(partsOf(reading.config.checks.test)[0]?.only).toMatchObject({ ...only });
  });
});
