import { describe, expect, test } from "vitest";
import { proposeConfig } from "../../../src/cli/propose-config/propose-config.ts";
import {
  checkNamed,
  commandsOf,
  type Files,
  seenRepository,
  workflowRunning,
} from "./seen-repository.ts";

const JUNIT = "--reporter=default --reporter=junit --outputFile.junit=.factory-reports/test.xml";
const NODE =
  "--test-reporter=spec --test-reporter-destination=stdout --test-reporter=junit --test-reporter-destination=.factory-reports/test.xml";
const MAKE = "mkdir -p .factory-reports && ";

function packageWith(scripts: Readonly<Record<string, string>>, more: object = {}): Files {
  return { "package.json": { scripts, ...more }, "package-lock.json": "{}" };
}

describe("the package manager", () => {
  test.each<{ title: string; files: Files; setup: string; lint: string }>([
    {
      title: "npm by its lock file",
      files: packageWith({ lint: "eslint ." }),
      setup: "npm ci --ignore-scripts",
      lint: "npm run lint",
    },
    {
      title: "npm without a lock file",
      files: { "package.json": { scripts: { lint: "eslint ." } } },
      setup: "npm install --ignore-scripts",
      lint: "npm run lint",
    },
    {
      title: "pnpm by the manifest's word, whose hash is left out",
      files: {
        "package.json": { packageManager: "pnpm@9.1.0+sha512.ab", scripts: { lint: "eslint ." } },
        "pnpm-lock.yaml": "lockfileVersion: '9.0'\n",
      },
      setup: "npm install --global pnpm@9.1.0 && pnpm install --frozen-lockfile --ignore-scripts",
      lint: "pnpm run lint",
    },
    {
      title: "pnpm of the version that writes this lock file",
      files: {
        "package.json": { scripts: { lint: "eslint ." } },
        "pnpm-lock.yaml": "lockfileVersion: '6.0'\n",
      },
      setup: "npm install --global pnpm@8 && pnpm install --frozen-lockfile --ignore-scripts",
      lint: "pnpm run lint",
    },
    {
      title: "yarn 1",
      files: {
        "package.json": { scripts: { lint: "eslint ." } },
        "yarn.lock": "# yarn lockfile v1\n",
      },
      setup:
        "npm install --global yarn@1 && yarn install --frozen-lockfile --ignore-scripts --non-interactive",
      lint: "yarn run lint",
    },
    {
      title: "yarn berry of the release that the repository holds",
      files: {
        "package.json": { scripts: { lint: "eslint ." } },
        "yarn.lock": "__metadata:\n  version: 8\n",
        ".yarnrc.yml": "yarnPath: .yarn/releases/yarn-4.5.3.cjs\n",
      },
      setup:
        "npm install --global @yarnpkg/cli-dist@4.5.3 && yarn install --immutable --mode=skip-build",
      lint: "yarn run lint",
    },
    {
      title: "bun",
      files: { "package.json": { scripts: { lint: "eslint ." } }, "bun.lock": "{}" },
      setup: "npm install --global bun@1 && bun install --frozen-lockfile --ignore-scripts",
      lint: "bun run lint",
    },
    {
      title: "of two lock files the one that CI uses",
      files: {
        ...packageWith({ lint: "eslint ." }),
        "yarn.lock": "# yarn lockfile v1\n",
        ".github/workflows/ci.yml": workflowRunning("npm ci", "npm run lint"),
      },
      setup: "npm ci --ignore-scripts",
      lint: "npm run lint",
    },
  ])("$title", ({ files, setup, lint }) => {
    expect(commandsOf(files)).toMatchObject({ setup, lint });
  });

  test("a word that is none is said, and the lock file speaks", () => {
    const files = packageWith({ test: "jest" }, { packageManager: "npm@$(id)" });
    const proposed = proposeConfig(seenRepository(files));
    expect(proposed.checks[0]?.run).toBe("npm ci --ignore-scripts");
    expect(proposed.notes.join("\n")).toContain(
      'expected a name and a version, like "pnpm@10.1.0"',
    );
  });

  test("what install scripts would have done is said with what to type", () => {
    const files = packageWith(
      { test: "jest", postinstall: "patch-package", prepare: "husky" },
      { dependencies: { "better-sqlite3": "1" } },
    );
    expect(checkNamed(files, "setup")?.caution).toBe(
      'install scripts are off; better-sqlite3 may need them: add "&& npm rebuild better-sqlite3"; scripts.postinstall may be needed: add "&& npm run postinstall"',
    );
  });
});

describe("the tests run once and tell of each test", () => {
  const xml = ".factory-reports/test.xml";
  const jest = { format: "jest", files: ".factory-reports/test.json" };
  test.each([
    ["vitest", `${MAKE}npm run test -- --run ${JUNIT}`, xml],
    ["vitest run --coverage", `${MAKE}npm run test -- ${JUNIT}`, xml],
    ["vitest --watch src", `${MAKE}npx --no-install vitest src --run ${JUNIT}`, xml],
    ["tsc -b && vitest", `${MAKE}npm run test -- --run ${JUNIT}`, xml],
    ["jest", `${MAKE}npm run test -- --ci --json --outputFile=.factory-reports/test.json`, jest],
    [
      "jest --watchAll",
      `${MAKE}npx --no-install jest --ci --json --outputFile=.factory-reports/test.json`,
      jest,
    ],
    [
      "node --experimental-vm-modules node_modules/jest/bin/jest.js",
      `${MAKE}npm run test -- --ci --json --outputFile=.factory-reports/test.json`,
      jest,
    ],
    [
      "react-scripts test",
      `${MAKE}npm run test -- --watchAll=false --json --outputFile=.factory-reports/test.json`,
      jest,
    ],
    ["node --test", `${MAKE}node --test ${NODE}`, xml],
    [
      "node --import tsx --test test/*.ts",
      `${MAKE}node --import tsx --test ${NODE} test/*.ts`,
      xml,
    ],
    ["c8 node --test --watch", `${MAKE}npx --no-install c8 node --test ${NODE}`, xml],
    [
      "TZ=UTC mocha",
      `${MAKE}npm run test -- --reporter xunit --reporter-options output=${xml}`,
      xml,
    ],
    [
      "nyc mocha -R dot test",
      `${MAKE}npx --no-install nyc mocha test --reporter xunit --reporter-options output=${xml}`,
      xml,
    ],
    ["ava", "npm run --silent test -- --tap", { format: "tap" }],
    ["tape 'test/*.js'", "npm run --silent test", { format: "tap" }],
    ["xo && ava && tsd", "npx --no-install ava --tap", { format: "tap" }],
    [
      "npm run build && mocha && echo ok",
      `${MAKE}npm run build && npx --no-install mocha --reporter xunit --reporter-options output=${xml} && echo ok`,
      xml,
    ],
    [
      "node --expose-gc ./node_modules/vitest/dist/cli.js --run && vitest --run --typecheck.only",
      `${MAKE}node --expose-gc ./node_modules/vitest/dist/cli.js --run ${JUNIT}`,
      xml,
    ],
    [
      "node node_modules/mocha/bin/_mocha spec",
      `${MAKE}npm run test -- --reporter xunit --reporter-options output=${xml}`,
      xml,
    ],
    ["jest | tee log", "CI=1 npm run test", undefined],
    ["jest; rm -rf $HOME", "CI=1 npm run test", undefined],
    ["vitest --outputFile=x.json", "CI=1 npm run test", undefined],
    ["karma start", "CI=1 npm run test", undefined],
    ["turbo run test", "CI=1 npm run test", undefined],
    ["vitest run && jest", "CI=1 npm run test", undefined],
  ])("%s", (script, run, report) => {
    const check = checkNamed(packageWith({ test: script }), "test");
    expect([check?.run, check?.report]).toEqual([run, report]);
  });

  test.each([
    [
      "coverage around npm test",
      { test: "mocha", cover: "nyc --reporter lcov npm test" },
      "npm run cover",
      `${MAKE}npm run test -- --reporter xunit --reporter-options output=${xml}`,
    ],
    [
      "coverage around npm test, started by CI itself",
      { test: "mocha" },
      "npx nyc --reporter=text npm test",
      `${MAKE}npm run test -- --reporter xunit --reporter-options output=${xml}`,
    ],
    [
      "a lint check before coverage",
      { lint: "eslint .", test: "npm run lint && nyc npm run unit", unit: "mocha spec" },
      "npm test",
      `${MAKE}npx --no-install mocha spec --reporter xunit --reporter-options output=${xml}`,
    ],
  ])("%s", (_title, scripts, ci, run) => {
    const files = { ...packageWith(scripts), ".github/workflows/t.yml": workflowRunning(ci) };
    const check = checkNamed(files, "test");
    expect([check?.run, check?.report]).toEqual([run, xml]);
  });

  test.each<readonly [string, Readonly<Record<string, string>>]>([
    ["a part of it", { test: "mocha spec && karma start --single-run" }],
    [
      "a script that it calls",
      {
        test: "npm run unit && npm run web && npm run lint",
        unit: "mocha spec",
        web: "karma start --single-run",
        lint: "xo",
      },
    ],
    ["a part before the tests", { test: "cypress run && mocha spec" }],
  ])("tests in a browser are left out, and that is said: %s", (_title, scripts) => {
    const proposed = proposeConfig(seenRepository(packageWith(scripts)));
    const check = proposed.checks.find(({ name }) => name === "test");
    expect(check?.run).toBe(
      `${MAKE}npx --no-install mocha spec --reporter xunit --reporter-options output=${xml}`,
    );
    expect(proposed.notes.join("\n")).toMatch(/(?:karma start|cypress run).* needs a browser/);
  });

  test("what is called after a check of types is no build", () => {
    const scripts = { "check:type": "tsc -p a", "check:type:js": "tsc -p b" };
    const commands = commandsOf(packageWith(scripts));
    expect([commands.types, commands.build]).toEqual(["npm run check:type", undefined]);
  });

  test("a check without a report of tests says why", () => {
    const { notes } = proposeConfig(seenRepository(packageWith({ test: "jest | tee log" })));
    expect(notes.join("\n")).toContain("it is more than simple commands");
  });

  test("the script behind the script is the one that gets the arguments", () => {
    const files = packageWith({ test: "npm run test:unit", "test:unit": "vitest run" });
    expect(commandsOf(files).test).toBe(`${MAKE}npm run test:unit -- ${JUNIT}`);
  });

  test("scripts that call each other end", () => {
    expect(commandsOf(packageWith({ test: "npm run a", a: "npm test" })).test).toBe(
      "CI=1 npm run test",
    );
  });

  test("pretest is kept where the runner is called alone, unless it only lints", () => {
    const test = "node --test";
    expect(commandsOf(packageWith({ test, pretest: "node make.js" })).test).toBe(
      `${MAKE}npm run pretest && node --test ${NODE}`,
    );
    expect(commandsOf(packageWith({ test, pretest: "eslint ." })).test).toBe(
      `${MAKE}node --test ${NODE}`,
    );
  });

  test("pnpm and yarn take arguments without a separator", () => {
    const manifest = { scripts: { test: "vitest run" } };
    const pnpm = { "package.json": manifest, "pnpm-lock.yaml": "lockfileVersion: '9.0'" };
    expect(commandsOf(pnpm).test).toBe(`${MAKE}pnpm run test ${JUNIT}`);
    expect(commandsOf({ "package.json": manifest, "yarn.lock": "" }).test).toBe(
      `${MAKE}yarn run test ${JUNIT}`,
    );
  });

  test("without a script the runner among the dependencies is tried", () => {
    expect(commandsOf(packageWith({}, { devDependencies: { vitest: "1" } })).test).toBe(
      `${MAKE}npx --no-install vitest --run ${JUNIT}`,
    );
  });

  test("npm's placeholder is no test", () => {
    const files = packageWith({ test: 'echo "Error: no test specified" && exit 1' });
    const { checks, notes } = proposeConfig(seenRepository(files));
    expect(checks).toEqual([]);
    expect(notes.join("\n")).toContain("no test check is proposed");
  });
});

describe("the other checks", () => {
  test.each<{ title: string; files: Files; found: object }>([
    {
      title: "usual names, in the order of the config",
      files: packageWith({
        build: "tsc",
        typecheck: "tsc --noEmit",
        lint: "eslint .",
        "format:check": "prettier --check .",
      }),
      found: {
        format: "npm run format:check",
        lint: "npm run lint",
        types: "npm run typecheck",
        build: "npm run build",
      },
    },
    {
      title: "a script that rewrites is turned into one that judges",
      files: packageWith({ lint: "eslint --fix src", format: "prettier --write '**/*.ts'" }),
      found: {
        lint: "npx --no-install eslint src",
        format: "npx --no-install prettier --check '**/*.ts'",
      },
    },
    {
      title: "what CI runs goes before the usual name",
      files: {
        ...packageWith({
          lint: "eslint .",
          "lint:all": "eslint . && stylelint .",
          "check-types": "tsc --noEmit",
          types: "tsc -d",
        }),
        ".github/workflows/ci.yml": workflowRunning("npm ci", "npm run lint:all"),
      },
      found: { lint: "npm run lint:all", types: "npm run check-types" },
    },
    {
      title: "a tool that CI calls without a script",
      files: {
        ...packageWith({}),
        ".github/workflows/ci.yml": workflowRunning(
          "npx eslint src --max-warnings 0",
          "npx tsc --noEmit -p x.json",
        ),
      },
      found: {
        lint: "npx --no-install eslint src --max-warnings 0",
        types: "npx --no-install tsc --noEmit -p x.json",
      },
    },
    {
      title: "a script by what it calls, whatever its name",
      files: packageWith({ style: "biome ci .", verify: "vue-tsc" }),
      found: { lint: "npm run style", types: "npm run verify" },
    },
    {
      title: "parts of the tests that stand nowhere else",
      files: packageWith({ test: "xo && ava && tsd" }),
      found: {
        lint: "npx --no-install xo",
        types: "npx --no-install tsd",
        test: "npx --no-install ava --tap",
      },
    },
    {
      title: "types by the compiler and its settings",
      files: {
        ...packageWith({}, { devDependencies: { typescript: "5" } }),
        "tsconfig.json": "{ // strict\n}",
      },
      found: { types: "npx --no-install tsc --noEmit" },
    },
    {
      title: "the scripts of a workspace's packages",
      files: {
        "package.json": { workspaces: ["packages/*"] },
        "package-lock.json": "{}",
        "packages/a/package.json": { scripts: { test: "jest", lint: "eslint ." } },
        "packages/b/package.json": {},
      },
      found: {
        lint: "npm run lint --workspaces --if-present",
        test: "CI=1 npm run test --workspaces --if-present",
      },
    },
    {
      title: "end-to-end tests and watchers are left aside",
      files: packageWith({
        "test:e2e": "playwright test",
        "test-serve": "vitest run -c e2e.ts",
        "test:watch": "vitest",
        "test-unit": "vitest run",
      }),
      found: { test: `${MAKE}npm run test-unit -- ${JUNIT}` },
    },
    {
      title: "a name that the shell would read otherwise",
      files: packageWith({ "lint 'all'; id": "eslint ." }),
      found: { lint: "npm run 'lint '\\''all'\\''; id'" },
    },
  ])("$title", ({ files, found }) => {
    const { setup: _setup, ...others } = commandsOf(files);
    expect(others).toEqual(found);
  });

  test("each says where it was seen", () => {
    const files = {
      ...packageWith({ lint: "eslint .", test: "jest" }),
      ".github/workflows/ci.yml": workflowRunning("npm run lint"),
    };
    const seen = proposeConfig(seenRepository(files)).checks.map(({ because }) => because);
    expect(seen).toEqual([
      "package-lock.json",
      "package.json scripts.lint, which .github/workflows/ci.yml runs",
      "package.json scripts.test",
    ]);
  });
});
