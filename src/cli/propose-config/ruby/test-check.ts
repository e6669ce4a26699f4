import { copied } from "../calls.ts";
import { type ProposedCheck, REPORTS, SETUP_SECONDS } from "../proposal.ts";
import type { RubyProject } from "./project.ts";

const JSON_REPORT = `${REPORTS}/test.json`;
/** What a check says itself, and what only CI needs. */
const FOR_CI =
  /^(?:--format=?.*|-f|--out=?.*|-o|progress|documentation|doc|json|--color|--profile)$/;

/** The test check: of the runner that the repository shows, RSpec before Rails before the Rakefile. */
export function rubyTests(project: RubyProject): readonly ProposedCheck[] {
  const found = rspecOf(project) ?? railsOf(project) ?? rakeOf(project);
  if (found === undefined) {
    project.look.note(
      `${project.because}: no spec/*_spec.rb with RSpec and no test task of a Rakefile was found; no test check is proposed`,
      { unless: "test" },
    );
    return [];
  }
  return [{ timeoutSeconds: SETUP_SECONDS, ...found }];
}

/** Its JSON is a part of every RSpec; a report in JUnit's form would need a gem. */
function rspecOf(project: RubyProject): ProposedCheck | undefined {
  const { look, gems, execute } = project;
  const spec = look.files.find((path) => /^spec\/.*_spec\.rb$/.test(path));
  const call = copied(project.calls, { tool: /^rspec$/, drop: FOR_CI });
  const isRspec = [...gems.names].some((name) => /^rspec(?:-core|-rails)?$/.test(name));
  const isShown = isRspec || call !== undefined || look.has(".rspec");
  if (spec === undefined || !isShown) return undefined;
  const run = (rest: string) =>
    `${execute}rspec --format progress --format json --out ${JSON_REPORT}${rest}`;
  return {
    name: "test",
    run: run(""),
    report: { format: "rspec", files: JSON_REPORT },
    only: { run: run(' "$@"'), by: "files" },
    because: call?.because ?? (look.has(".rspec") ? look.place(".rspec") : look.place(spec)),
  };
}

function railsOf({ look, gems }: RubyProject): ProposedCheck | undefined {
  const isRails = look.has("bin/rails") && (gems.names.has("rails") || gems.names.has("railties"));
  if (!isRails || !hasTests(look)) return undefined;
  const rails = `${look.isExecutable("bin/rails") ? "" : "ruby "}bin/rails test --verbose`;
  return {
    name: "test",
    run: rails,
    report: { format: "minitest" },
    only: { run: `${rails} --name="/$1/"`, by: "pattern" },
    because: look.place("bin/rails"),
    caution: "a database has to be started by `services`, unless it is a file",
  };
}

function hasTests(look: RubyProject["look"]): boolean {
  return look.files.some((path) => /^test\/(?:.*\/)?(?:test_[^/]*|[^/]*_test)\.rb$/.test(path));
}

/** `Rake::TestTask.new`, and minitest's own, which takes its arguments by another name. */
const RAKE = /^[ \t]*(?:Rake::)?TestTask\.new\b(?:[ (]\s*(?::|["'])(\w+))?/m;
const MINITEST = /^[ \t]*Minitest::TestTask\.(?:create|new)\b(?:[ (]\s*(?::|["'])(\w+))?/m;

function rakeOf(project: RubyProject): ProposedCheck | undefined {
  const { look, gems, execute } = project;
  const text = look.text("Rakefile") ?? "";
  const ofMinitest = MINITEST.exec(text);
  const task = (ofMinitest ?? RAKE.exec(text))?.[1] ?? "test";
  if ((ofMinitest === null && !RAKE.test(text)) || !hasTests(look)) return undefined;
  const variable = ofMinitest === null ? "TESTOPTS" : "A";
  const rake = `${execute}rake ${task}`;
  const because = `${look.place("Rakefile")} ${task}`;
  // test-unit writes otherwise, and no bundle has both for nothing.
  if (gems.names.has("test-unit") && !gems.names.has("minitest")) {
    look.note("test-unit writes no report of single tests that is read here; the exit code tells");
    return { name: "test", run: rake, because };
  }
  return {
    name: "test",
    run: `${rake} ${variable}=--verbose`,
    report: { format: "minitest" },
    only: { run: `${rake} ${variable}="--verbose --name='/$1/'"`, by: "pattern" },
    because,
  };
}
