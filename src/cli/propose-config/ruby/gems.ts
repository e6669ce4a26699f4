import type { Look } from "../look.ts";

/** What a Ruby project says that it needs. */
export interface Gems {
  /** Names of gems: all of a lock file, else those that the manifests name in plain words. */
  readonly names: ReadonlySet<string>;
  readonly isLocked: boolean;
  readonly hasGemfile: boolean;
}

/** `    rspec-core (3.13.0)`, four spaces in below `specs:` (bundler's lockfile parser). */
const LOCKED = /^ {4}([\w.-]+) \(/gm;
/** `gem "x"`, `gem('x')` of a Gemfile; `add_development_dependency "x"` of a gemspec. Both are Ruby, and may say more. */
const NAMED =
  /^[ \t]*(?:gem|[\w.]{1,40}\.add_(?:development_|runtime_)?dependency)[ (]\s*["']([\w.-]+)["']/gm;

export function readGems(look: Look): Gems {
  const lock = look.text("Gemfile.lock");
  const gemfile = look.text("Gemfile");
  const specs = look.files.filter((path) => /^[^/]+\.gemspec$/.test(path));
  const manifests = [gemfile ?? "", ...specs.map((path) => look.text(path) ?? "")].join("\n");
  const found = lock === undefined ? manifests.matchAll(NAMED) : lock.matchAll(LOCKED);
  return {
    names: new Set([...found].map(([, name = ""]) => name)),
    isLocked: lock !== undefined,
    hasGemfile: gemfile !== undefined,
  };
}
