import { callsOfCi, copied } from "../calls.ts";
import type { Look } from "../look.ts";
import { type ProposedCheck, SETUP_SECONDS } from "../proposal.ts";
import type { Command } from "../shell-text.ts";
import { readGems } from "./gems.ts";
import type { RubyProject } from "./project.ts";
import { rubyTests } from "./test-check.ts";

/** The checks of a Ruby project: its bundle's own tools, and the test runner that it shows. */
export function proposeRuby(look: Look): readonly ProposedCheck[] {
  const gems = readGems(look);
  const specification = look.files.find((path) => /^[^/]+\.gemspec$/.test(path));
  const manifest = gems.hasGemfile ? "Gemfile" : (specification ?? "Rakefile");
  const project: RubyProject = {
    look,
    gems,
    calls: callsOfCi(look, withoutBundle),
    execute: gems.hasGemfile ? "bundle exec " : "",
    because: look.place(manifest),
  };
  noteRuby(project, specification);
  return [
    ...setupOf(project),
    ...toolCheck(project, { name: "lint", gem: "rubocop", configured: [".rubocop.yml"] }),
    ...toolCheck(project, {
      name: "lint",
      gem: "standard",
      program: "standardrb",
      configured: [".standard.yml"],
      unless: "rubocop",
    }),
    ...toolCheck(project, {
      name: "types",
      gem: "sorbet",
      program: "srb",
      configured: ["sorbet/config"],
      flags: " tc",
    }),
    ...toolCheck(project, {
      name: "types",
      gem: "steep",
      configured: ["Steepfile"],
      flags: " check",
    }),
    ...rubyTests(project),
  ];
}

/** Without `bundle exec`. */
function withoutBundle(words: Command): Command {
  const [first, second] = words;
  return first?.value === "bundle" && second?.value === "exec" ? words.slice(2) : words;
}

/** CI installs a frozen bundle if there is a lock file, without resolving again. */
function setupOf({ look, gems }: RubyProject): readonly ProposedCheck[] {
  if (!gems.hasGemfile) return [];
  const install = "bundle install --quiet";
  return [
    {
      name: "setup",
      run: gems.isLocked ? `BUNDLE_FROZEN=true ${install}` : install,
      timeoutSeconds: SETUP_SECONDS,
      because: look.place(gems.isLocked ? "Gemfile.lock" : "Gemfile"),
    },
  ];
}

/** What rewrites files is no check. */
const REWRITES = /^(?:-a|-A|-x|--fix.*|--autocorrect.*|--auto-correct.*|--auto-gen-config)$/;
/** What goes with CI's own pages. */
const FOR_CI = /^(?:--format=?.*|-f|github|--out=?.*|--parallel|--color|--no-color)$/;

/** A tool of the bundle: as CI calls it, else where its configuration stands. */
function toolCheck(
  { look, gems, calls, execute }: RubyProject,
  tool: {
    readonly name: "lint" | "types";
    readonly gem: string;
    readonly program?: string;
    readonly configured: readonly string[];
    readonly flags?: string;
    /** Another gem that does this one's work. */
    readonly unless?: string;
  },
): readonly ProposedCheck[] {
  const { name, gem, program = gem, flags = "" } = tool;
  if (!gems.names.has(gem)) return [];
  const pattern = new RegExp(`^${program}$`);
  const call = copied(calls, { tool: pattern, drop: FOR_CI, unless: REWRITES });
  const file = tool.configured.find((path) => look.has(path));
  // standard brings rubocop along, whose own configuration is not the project's then.
  if (call === undefined && (file === undefined || isTaken(tool.unless, look))) return [];
  const because = call?.because ?? look.place(file ?? "");
  return [{ name, run: `${execute}${program}${call?.flags ?? flags}`, because }];
}

function isTaken(other: string | undefined, look: Look): boolean {
  return other === "rubocop" && look.has(".rubocop.yml");
}

function noteRuby({ look, gems }: RubyProject, specification: string | undefined): void {
  const version = look.text(".ruby-version")?.trim();
  if (version !== undefined) {
    look.note(`${look.place(".ruby-version")} names Ruby ${version}; the ruby on PATH is used`);
  }
  if (gems.hasGemfile && !gems.isLocked) {
    look.note("no Gemfile.lock: setup takes the newest gems that fit");
  }
  if (!gems.hasGemfile && specification !== undefined) {
    look.note(
      `${look.place(specification)} has no Gemfile beside it: only gems that the machine has are found`,
    );
  }
}
