import { describe, expect, test } from "vitest";
import { dependencyKind } from "../../../src/domain/dependencies/files.ts";
import { foldPath } from "../../../src/domain/path.ts";
import { natureOf } from "../../../src/domain/trust/file-nature.ts";
import {
  KNOWN_FAMILIES,
  KNOWN_NAMES,
  SOURCES_OF_NAMES,
} from "../../../src/domain/trust/known-names.ts";
import { steeringOf } from "../../../src/domain/trust/steering.ts";

const words = (text: string) => text.trim().split(/\s+/);

const OF_DEPENDENCIES = words(`
  requirements.txt dev-requirements.txt requirements-dev.txt requirements/base.txt requirements/dev.in constraints.txt
  test-constraints.txt mix.exs mix.lock foo.gemspec Gemfile Gemfile.lock gems.rb gems.locked App.csproj
  src/App/App.fsproj App.vbproj Directory.Packages.props Directory.Build.props packages.config paket.dependencies
  paket.lock nuget.config global.json deno.json deno.jsonc deno.lock jsr.json import_map.json environment.yml
  environment.yaml environment-dev.yml conda-lock.yml meta.yaml pubspec.yaml pubspec.lock Package.swift
  Package.resolved Podfile Podfile.lock Foo.podspec Cartfile Cartfile.resolved conanfile.txt conanfile.py conan.lock
  vcpkg.json stack.yaml stack.yaml.lock foo.cabal cabal.project rebar.config rebar.lock build.sbt project/plugins.sbt
  project/build.properties project.clj deps.edn shadow-cljs.edn build.zig build.zig.zon shard.yml shard.lock
  Project.toml Manifest.toml dub.json elm.json DESCRIPTION renv.lock flake.nix flake.lock MODULE.bazel WORKSPACE
  Chart.yaml .terraform.lock.hcl galaxy.yml requirements.yml bower.json pixi.toml pixi.lock Pipfile Pipfile.lock
  poetry.lock uv.lock pdm.lock pylock.toml setup.py setup.cfg pyproject.toml package.json yarn.lock pnpm-lock.yaml
  bun.lockb npm-shrinkwrap.json Cargo.toml Cargo.lock go.mod go.sum go.work pom.xml build.gradle build.gradle.kts
  settings.gradle gradle/libs.versions.toml gradle/wrapper/gradle-wrapper.properties ivy.xml foo.opam foo.rockspec
  foo.nimble cpanfile Brewfile glide.yaml Gopkg.toml composer.json composer.lock gleam.toml haxelib.json opam
  dune-project spago.dhall buildout.cfg rush.json lerna.json vendor.json Makefile.PL snapcraft.yaml info.rkt ports.txt
  apt.txt packages.txt runtime.txt Aptfile pip-requirements.in requirements.in npm-requirements.txt
  pnpm-workspace.yaml moon.mod.json alire.toml fpm.toml v.mod xmake.lua
`);

const OF_TOOLS = words(`
  phpunit.xml phpunit.xml.dist vitest.workspace.ts karma.conf.js gradlew gradlew.bat mvnw netlify.toml Dangerfile
  dangerfile.ts mkdocs.yml docs/conf.py CMakeLists.txt sub/CMakeLists.txt sitecustomize.py conftest.py tox.ini
  noxfile.py pytest.ini setup.cfg jest.config.ts jest.setup.ts vitest.setup.ts cypress.config.ts cypress.json
  playwright.config.ts wdio.conf.js nightwatch.json protractor.conf.js testcafe.json .mocharc.yml mocha.opts
  nyc.config.js ava.config.js codecov.yml sonar-project.properties babel.config.js webpack.config.js webpack.prod.js
  rollup.config.mjs vite.config.ts esbuild.config.js tsup.config.ts tsconfig.json tsconfig.base.json jsconfig.json
  biome.json eslint.config.mjs prettier.config.js stylelint.config.js postcss.config.js tailwind.config.ts
  next.config.js nuxt.config.ts svelte.config.js astro.config.mjs remix.config.js gatsby-config.js gatsby-node.js
  angular.json nx.json turbo.json lerna.json rush.json Makefile GNUmakefile makefile.inc Justfile Taskfile.yml
  Rakefile Gruntfile.js gulpfile.js Jakefile SConstruct wscript meson.build BUILD BUILD.bazel WORKSPACE rules.bzl
  Dockerfile Dockerfile.dev web.dockerfile Containerfile docker-compose.yml compose.override.yaml Vagrantfile Procfile
  Jenkinsfile Jenkinsfile.release azure-pipelines.yml bitbucket-pipelines.yml appveyor.yml cloudbuild.yaml
  buildspec.yml wercker.yml .travis.yml vercel.json fly.toml render.yaml app.yaml app.json firebase.json
  serverless.yml skaffold.yaml kustomization.yaml helmfile.yaml values.yaml main.tf prod.tfvars pulumi.yaml
  ansible.cfg playbook.yml inventory.ini docusaurus.config.js sidebars.js typedoc.json jsdoc.json Doxyfile book.toml
  _config.yml antora.yml _quarto.yml readthedocs.yml hugo.toml config.toml build.sh docs/build.sh scripts/install.ps1
  install.bat deploy.cmd Fastfile fastlane/Appfile Podfile project.pbxproj AndroidManifest.xml proguard-rules.pro
  gradle.properties local.properties logback.xml log4j2.xml checkstyle.xml pmd.xml spotbugs.xml testng.xml
  persistence.xml web.xml rustfmt.toml clippy.toml rust-toolchain.toml build.rs deny.toml golangci.yml Caddyfile
  nginx.conf supervisord.conf crontab pre-commit-config.yaml commitlint.config.js release.config.js lefthook.yml
  husky.config.js renovate.json dependabot.yml CODEOWNERS config.ru spec/spec_helper.rb spec/rails_helper.rb
  test/test_helper.rb test/test_helper.exs config/environments/test.rb phpstan.neon psalm.xml rector.php ecs.php
  .php-cs-fixer.php pint.json tests/bootstrap.php tests/Pest.php artisan manage.py pylintrc mypy.ini ruff.toml
  pyrightconfig.json bandit.yaml alembic.ini gunicorn.conf.py uwsgi.ini celeryconfig.py Snakefile nextflow.config
  dvc.yaml Tiltfile Earthfile devbox.json flake.nix shell.nix buf.yaml buf.gen.yaml sqlc.yaml codegen.yml
  openapi-generator.json cdk.json samconfig.toml template.yaml wrangler.toml CMakePresets.json cmake/FindFoo.cmake
  configure configure.ac autogen.sh Makefile.am crowdin.yml lingui.config.js cspell.json typos.toml knip.json
  size-limit.json lighthouserc.js stryker.conf.json behat.yml codeception.yml locustfile.py k6.config.js
  hardhat.config.js foundry.toml truffle-config.js ember-cli-build.js testem.js metro.config.js react-native.config.js
  capacitor.config.ts ionic.config.json electron-builder.yml forge.config.js tauri.conf.json workbox-config.js
  service-worker.config.js manifest.json robots.txt _headers _redirects CNAME
`);

const OF_AGENTS = words(`
  AGENT.md AGENTS.md CLAUDE.md GEMINI.md CONVENTIONS.md opencode.json mcp.json .mcp.json .cursorrules .windsurfrules
  SKILL.md copilot-instructions.md .github/copilot-instructions.md WARP.md QWEN.md CRUSH.md codex.md CODEX.md jules.md
  JUNIE.md AMP.md cursor.md llms.txt llms-full.txt foo.mdc docs/x.instructions.md x.prompt.md x.chatmode.md
  prompts/system.md agents/reviewer.md skills/x/notes.md crush.json opencode.jsonc claude_desktop_config.json
  CLAUDE.local.md aider.conf.yml .aider.conf.yml .goosehints goosehints kilocode.md roo.md replit.md system-prompt.md
  memory.md rules.md .rules KIRO.md devin.md openhands.md tessl.json agents.toml subagents/x.md hooks/hooks.json
  plugin.json prompt.md instructions.md
`);

/** Sources, data and prose that resemble one of those above. */
const OF_NOBODY = words(`
  src/index.ts src/config.ts src/app.py lib/foo.rb docs/guide.md docs/agents-of-change.md docs/cursor.md
  docs/memory.md docs/rules.md README.md CHANGELOG.md LICENSE src/tasks.py src/compose.ts data/zones.json
  src/data/rates.json test/fixtures/a.json test/a.test.ts src/prompt.ts src/search.ts src/resource.ts src/arc.ts
  src/models/user.go cmd/main.go main.go index.js i18n/en.json locales/de/messages.json src/turbo-boost.ts
  src/yarn-count.ts src/webpack/loader.ts src/setup.ts src/conf/reader.go images/logo.png src/styles.css
  public/index.html db/schema.sql src/gen.rs src/config/loader.ts src/renderer/render.ts docs/api/config.md
  docs/dockerfile.md app/models/invoice.rb src/rc.ts src/config.py tests/data/input.yaml docs/how-to/deploy.md
  src/deploy.ts src/agent.ts src/mcp.ts examples/basic/main.ts src/test/setup.ts src/eslint.ts assets/theme.json
  src/version.py src/main/java/App.java src/main/resources/messages.properties docs/ai.md HISTORY.md
  docs/requirements.md
`);

describe("what steers a tool or an agent", () => {
  test("each file that names dependencies is known as one, and needs a person", () => {
    expect(OF_DEPENDENCIES.filter((path) => dependencyKind(path) === undefined)).toEqual([]);
    expect(OF_DEPENDENCIES.filter((path) => steeringOf(path) === undefined)).toEqual([]);
  });

  test("each file that configures a build, a test, documents or a deployment needs a person", () => {
    expect(OF_TOOLS.filter((path) => steeringOf(path) === undefined)).toEqual([]);
  });

  test("each file of instructions needs a person", () => {
    expect(OF_AGENTS.filter((path) => steeringOf(path) === undefined)).toEqual([]);
  });

  test("nobody is asked for what only resembles them", () => {
    expect(OF_NOBODY.filter((path) => steeringOf(path) !== undefined)).toEqual([]);
  });

  test.each([
    ["sub/.npmrc", "dot-path"],
    ["docs/claude.md", "agent-instructions"],
    ["tools/x/agents/judge.md", "agent-instructions"],
    ["actions/x/dist/index.js", "generated-or-vendored"],
    ["docs/build.sh", "program-of-the-build"],
    ["packages/rates/phpunit.xml", "tool-configuration"],
    ["packages/rates/any.yml", "tool-configuration"],
    ["packages/rates/src/any.yml", undefined],
    ["any.json", "tool-configuration"],
    ["src/any.json", undefined],
    ["Anything", "tool-configuration"],
    ["src/Anything", undefined],
    ["notes.txt", "tool-configuration"],
    ["LICENSE-MIT.txt", undefined],
    ["docs/any.conf.js", "tool-configuration"],
    ["src/any.config.ts", "tool-configuration"],
    ["src/config.ts", undefined],
    ["webpack.prod.js", "tool-configuration"],
    ["src/webpack.ts", undefined],
    ["docs/quality.md", "tool-configuration"],
  ])("%s: %s", (path, found) => {
    expect(steeringOf(path)).toBe(found);
  });

  test("letters and their width make no difference", () => {
    expect(steeringOf("PHPUnit.XML")).toBe("tool-configuration");
    expect(steeringOf("\uFF41gents.md")).toBe("agent-instructions");
  });

  test(`${KNOWN_NAMES.size} names and ${KNOWN_FAMILIES.size} families are known, each in the form in which it is compared`, () => {
    for (const name of [...KNOWN_NAMES, ...KNOWN_FAMILIES]) expect(foldPath(name)).toBe(name);
    expect(KNOWN_NAMES.size).toBeGreaterThan(1_000);
  });

  test("each list that names were taken from says which one, and when", () => {
    for (const { repository, commit, date, what } of SOURCES_OF_NAMES) {
      expect(repository).toMatch(/^[\w.-]+\/[\w.-]+$/);
      expect(commit).toMatch(/^[0-9a-f]{40}$/);
      expect(date).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(what).not.toBe("");
    }
  });
});

/** One decision of what prose is, for what needs a person and for what is low: never prose to one and a tool's to the other. */
test.each([
  ["README", "prose", undefined],
  ["LICENSE.txt", "prose", undefined],
  ["SECURITY", "prose", undefined],
  ["SUPPORT.txt", "prose", undefined],
  ["manual.pod", "prose", undefined],
  ["docs/intro.textile", "prose", undefined],
  ["VERSION", "other", "tool-configuration"],
  ["version.txt", "other", "tool-configuration"],
  ["INSTALL", "other", "tool-configuration"],
  ["install.txt", "other", "tool-configuration"],
  ["packages/a/VERSION", "other", "tool-configuration"],
  ["src/VERSION", "other", undefined],
  ["todo-requirements.txt", "prose", "tool-configuration"],
  ["quality.md", "prose", "tool-configuration"],
])("%s is %s, and steers as %s", (path, nature, steering) => {
  expect(natureOf(path)).toBe(nature);
  expect(steeringOf(path)).toBe(steering);
});
