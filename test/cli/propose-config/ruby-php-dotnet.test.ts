import { describe, expect, test } from "vitest";
import { proposeConfig } from "../../../src/cli/propose-config/propose-config.ts";
import { renderConfig } from "../../../src/cli/propose-config/render-config.ts";
import { readConfigText } from "../../../src/control/observed/config-text.ts";
import {
  checkNamed,
  commandsOf,
  type Files,
  seenRepository,
  workflowRunning,
} from "./seen-repository.ts";

const lock = (...gems: readonly string[]) =>
  `GEM\n  remote: https://rubygems.org/\n  specs:\n${gems
    .map((name) => `    ${name} (1.0.0)\n      needed-by-${name} (>= 1)\n`)
    .join("")}\nPLATFORMS\n  ruby\n`;
const RSPEC = "rspec --format progress --format json --out .factory-reports/test.json";
const TASK = "Rake::TestTask.new(:spec) do |task|\nend\n";
const PHPUNIT = "--do-not-cache-result --log-junit .factory-reports/test.xml";
const TRX = "--logger trx --results-directory .factory-reports";
const TESTS =
  '<Project Sdk="Microsoft.NET.Sdk"><PackageReference Include="Microsoft.NET.Test.Sdk" /></Project>';

interface Row {
  readonly title: string;
  readonly files: Files;
  readonly found: Readonly<Record<string, string>>;
}

const RUBY: readonly Row[] = [
  {
    title: "RSpec of a locked bundle, RuboCop where it is configured",
    files: {
      Gemfile: "",
      "Gemfile.lock": lock("rspec-core", "rubocop"),
      ".rspec": "--require spec_helper\n",
      ".rubocop.yml": "",
      "spec/a_spec.rb": "",
    },
    found: {
      setup: "BUNDLE_FROZEN=true bundle install --quiet",
      lint: "bundle exec rubocop",
      test: `bundle exec ${RSPEC}`,
    },
  },
  {
    title: "RuboCop as CI calls it, without what CI alone needs; nothing of a call that rewrites",
    files: {
      Gemfile: 'gem "rubocop"\ngem("standard")\n',
      ".github/workflows/ci.yml": workflowRunning(
        "bundle exec rubocop -A",
        "bundle exec rubocop --format=github lib",
        "bundle exec standardrb --fix",
      ),
    },
    found: { setup: "bundle install --quiet", lint: "bundle exec rubocop lib" },
  },
  {
    title: "a gem of the bundle that nothing configures or calls is no check",
    files: { Gemfile: "", "Gemfile.lock": lock("rubocop", "steep") },
    found: {},
  },
  {
    title: "minitest by a task of the Rakefile, without a bundle",
    files: { Rakefile: TASK, "test/a_test.rb": "" },
    found: { test: "rake spec TESTOPTS=--verbose" },
  },
  {
    title: "minitest's own task, which takes its arguments by another name",
    files: {
      Gemfile: "",
      "Gemfile.lock": lock("minitest"),
      Rakefile: "Minitest::TestTask.create\n",
      "test/test_a.rb": "",
    },
    found: {
      setup: "BUNDLE_FROZEN=true bundle install --quiet",
      test: "bundle exec rake test A=--verbose",
    },
  },
  {
    title: "test-unit, whose report is not read",
    files: {
      Gemfile: "gem 'test-unit'\n",
      Rakefile: "Rake::TestTask.new\n",
      "test/test_a.rb": "",
    },
    found: { setup: "bundle install --quiet", test: "bundle exec rake test" },
  },
  {
    title: "Rails",
    files: {
      Gemfile: "",
      "Gemfile.lock": lock("rails", "minitest"),
      "bin/rails": "",
      Rakefile: "Rails.application.load_tasks\n",
      "test/models/user_test.rb": "",
    },
    found: {
      setup: "BUNDLE_FROZEN=true bundle install --quiet",
      test: "ruby bin/rails test --verbose",
    },
  },
  { title: "a Rakefile without tests", files: { Rakefile: TASK }, found: {} },
];

const PHP: readonly Row[] = [
  {
    title: "PHPUnit that the project requires, with the tools that it configures",
    files: {
      "composer.json": {
        require: { php: "^8.2" },
        "require-dev": {
          "phpunit/phpunit": "^11",
          "phpstan/phpstan": "^2",
          "friendsofphp/php-cs-fixer": "^3",
          "squizlabs/php_codesniffer": "^3",
        },
      },
      "phpunit.xml.dist": "",
      "phpstan.neon": "",
      ".php-cs-fixer.dist.php": "",
      "phpcs.xml": "",
    },
    found: {
      setup: "composer install --no-interaction --no-progress",
      format: "vendor/bin/php-cs-fixer fix --dry-run --diff",
      lint: "vendor/bin/phpcs",
      types: "vendor/bin/phpstan analyse --no-progress",
      test: `vendor/bin/phpunit ${PHPUNIT}`,
    },
  },
  {
    title: "the calls of composer's scripts, in its own folder of programs, unless they rewrite",
    files: {
      "composer.json": {
        "require-dev": { "pestphp/pest": "^3", "laravel/pint": "^1", "phpstan/phpstan": "^2" },
        config: { "bin-dir": "bin" },
        scripts: {
          lint: "pint",
          types: "phpstan analyse src --level=max --error-format=github --ansi",
          test: ["@lint", "pest --colors=always --compact --coverage"],
        },
      },
      "pint.json": {},
      "tests/ATest.php": "",
    },
    found: {
      setup: "composer install --no-interaction --no-progress",
      format: "bin/pint --test",
      types: "bin/phpstan analyse src --level=max",
      test: `bin/pest ${PHPUNIT} --compact`,
    },
  },
  {
    title: "the machine's PHPUnit for a configuration without the package",
    files: { "composer.json": {}, "phpunit.xml": "" },
    found: {
      setup: "composer install --no-interaction --no-progress",
      test: `phpunit ${PHPUNIT}`,
    },
  },
  {
    title: "an archive that the repository holds, with the folder that nothing else names",
    files: { "composer.json": {}, "tools/phpunit.phar": "", "tests/ATest.php": "" },
    found: {
      setup: "composer install --no-interaction --no-progress",
      test: `php tools/phpunit.phar ${PHPUNIT} tests`,
    },
  },
  { title: "neither of them", files: { "composer.json": {}, "a.php": "" }, found: {} },
];

const DOTNET: readonly Row[] = [
  {
    title: "a solution with a project of tests, whose format .editorconfig tells",
    files: {
      "Shop.sln": "",
      "src/Shop/Shop.csproj": '<Project Sdk="Microsoft.NET.Sdk" />',
      "tests/Shop.Tests/Shop.Tests.csproj": TESTS,
      ".editorconfig": "",
    },
    found: {
      setup: "dotnet restore Shop.sln",
      format: "dotnet format Shop.sln --no-restore --verify-no-changes",
      test: `dotnet test Shop.sln --no-restore ${TRX}`,
      build: "dotnet build Shop.sln --no-restore",
    },
  },
  {
    title: "the solution of several that CI names, locked where every project is",
    files: {
      "A.slnx": "",
      "My Shop.sln": "",
      "t/T.csproj": TESTS,
      "t/packages.lock.json": "{}",
      ".github/workflows/ci.yml": workflowRunning("dotnet test './My Shop.sln' -c Release"),
    },
    found: {
      setup: "dotnet restore 'My Shop.sln' --locked-mode",
      test: `dotnet test 'My Shop.sln' --no-restore ${TRX}`,
      build: "dotnet build 'My Shop.sln' --no-restore",
    },
  },
  {
    title: "a platform of tests that writes no report by itself",
    files: {
      "T.csproj": "<IsTestProject>true</IsTestProject>",
      "global.json": { test: { runner: "Microsoft.Testing.Platform" } },
    },
    found: {
      setup: "dotnet restore T.csproj",
      test: "dotnet test T.csproj --no-restore",
      build: "dotnet build T.csproj --no-restore",
    },
  },
  {
    title: "several solutions of which none is named",
    files: { "A.sln": "", "B.sln": "", "tests/unit/T.csproj": TESTS },
    found: {},
  },
];

describe.each([
  ["Ruby", RUBY],
  ["PHP", PHP],
  [".NET", DOTNET],
] as const)("%s", (language, rows) => {
  test.each(rows)("$title", ({ files, found }) => {
    expect(commandsOf(files)).toEqual(found);
  });

  test("is the language of each of them, and its config is read", () => {
    for (const { files } of rows) {
      const proposed = proposeConfig(seenRepository(files));
      expect(proposed.taken).toBe(language);
      expect(readConfigText(renderConfig(proposed, { read: [] }))).toHaveProperty("config");
    }
  });
});

describe("how some tests of them run alone, and where their report is", () => {
  test.each<readonly [string, Files, unknown, unknown]>([
    [
      "RSpec",
      { Gemfile: "gem 'rspec'\n", "spec/a_spec.rb": "" },
      { format: "rspec", files: ".factory-reports/test.json" },
      { run: `bundle exec ${RSPEC} "$@"`, by: "files" },
    ],
    [
      "minitest, whose pattern a second shell reads",
      { Rakefile: "Rake::TestTask.new\n", "test/a_test.rb": "" },
      { format: "minitest" },
      { run: `rake test TESTOPTS="--verbose --name='/$1/'"`, by: "pattern" },
    ],
    [
      "PHPUnit",
      { "composer.json": {}, "phpunit.xml": "" },
      ".factory-reports/test.xml",
      { run: `phpunit ${PHPUNIT} --filter "$1"`, by: "pattern" },
    ],
    [
      ".NET",
      { "T.csproj": TESTS },
      { format: "trx", files: ".factory-reports/*.trx" },
      {
        run: `dotnet test T.csproj --no-restore ${TRX} --filter "$1"`,
        by: "suites",
        prefix: "FullyQualifiedName~",
        join: "|",
      },
    ],
  ])("%s", (_title, files, report, only) => {
    const check = checkNamed(files, "test");
    expect(check?.report).toEqual(report);
    expect(check?.only).toEqual(only);
  });
});

test.each<readonly [string, Files, string]>([
  ["Ruby's version", { Gemfile: "", ".ruby-version": "3.4.1\n" }, ".ruby-version names Ruby 3.4.1"],
  ["a bundle without a lock file", { Gemfile: "" }, "no Gemfile.lock"],
  ["PHP's version", { "composer.json": { require: { php: "^8.3" } } }, "wants PHP ^8.3"],
  [
    "packages from elsewhere",
    { "composer.json": { repositories: [{ type: "vcs", url: "https://example.com" }] } },
    "names repositories of its own",
  ],
  ["the SDK", { "A.sln": "", "global.json": { sdk: { version: "9.0.100" } } }, ".NET SDK 9.0.100"],
  [
    "solutions that nothing tells apart",
    { "A.sln": "", "B.sln": "" },
    "A.sln, B.sln: which of them",
  ],
])("%s is said", (_title, files, note) => {
  expect(proposeConfig(seenRepository(files)).notes.join("\n")).toContain(note);
});
