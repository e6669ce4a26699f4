import type { Look } from "../look.ts";
import { readManifest } from "../manifest.ts";
import { textAt } from "../parsed.ts";
import { quote } from "../shell-text.ts";

/** How one package manager is called. `name` and arguments are quoted by whoever makes them. */
export interface PackageManager {
  readonly name: "npm" | "pnpm" | "yarn" | "bun";
  /** What `setup` runs. */
  readonly setup: string;
  /** Where it was seen. */
  readonly because: string;
  readonly hasLock: boolean;
  /** Before a script's name. */
  readonly run: string;
  /** The same, without a headline of its own in the output. */
  readonly quietRun: string;
  /** Between a script's name and arguments for it. */
  readonly separator: string;
  /** Before a program of a dependency. */
  readonly execute: string;
  /** Runs a script in every package of the workspace that has it. */
  runEverywhere(script: string): string;
}

export interface Found {
  readonly name: PackageManager["name"];
  readonly version: string | undefined;
  readonly because: string;
}

export function managerOf(look: Look, found: Found): PackageManager {
  const makers = { npm: npmOf, pnpm: pnpmOf, yarn: yarnOf, bun: bunOf } as const;
  const manager = makers[found.name](look, found.version);
  if (!manager.hasLock) {
    look.note(
      "no lock file: setup installs what the registry has on that day, so two runs may differ; commit the lock file",
    );
  }
  return { ...manager, name: found.name, because: found.because };
}

type Manager = Omit<PackageManager, "name" | "because">;

function npmOf(look: Look): Manager {
  const hasLock = look.has("package-lock.json") || look.has("npm-shrinkwrap.json");
  return {
    setup: hasLock ? "npm ci --ignore-scripts" : "npm install --ignore-scripts",
    hasLock,
    run: "npm run",
    quietRun: "npm run --silent",
    separator: " -- ",
    execute: "npx --no-install",
    runEverywhere: (script) => `npm run ${quote(script)} --workspaces --if-present`,
  };
}

function pnpmOf(look: Look, version: string | undefined): Manager {
  const lock = look.text("pnpm-lock.yaml");
  const hasLock = look.has("pnpm-lock.yaml");
  const install = hasLock ? "pnpm install --frozen-lockfile" : "pnpm install";
  return {
    setup: `npm install --global pnpm@${version ?? pnpmMajor(lock)} && ${install} --ignore-scripts`,
    hasLock,
    run: "pnpm run",
    quietRun: "pnpm --silent run",
    separator: " ",
    execute: "pnpm exec",
    runEverywhere: (script) => `pnpm --recursive --if-present run ${quote(script)}`,
  };
}

/** The newest major version that writes the lock file's format (https://github.com/pnpm/spec/tree/master/lockfile). */
function pnpmMajor(lock: string | undefined): string {
  const format = /^lockfileVersion: *'?([\d.]+)/m.exec(lock?.slice(0, 500) ?? "")?.[1];
  if (format === undefined) return "10";
  if (Number(format) < 6) return "7";
  return Number(format) < 9 ? "8" : "10";
}

function yarnOf(look: Look, version: string | undefined): Manager {
  const lock = look.text("yarn.lock")?.slice(0, 2_000);
  const settings = readManifest(look, ".yarnrc.yml", "yaml");
  const isBerry =
    version === undefined
      ? settings !== undefined || /^__metadata:/m.test(lock ?? "")
      : !/^[01]\./.test(version);
  const shared = { hasLock: look.has("yarn.lock"), run: "yarn run", separator: " " };
  if (!isBerry) {
    return {
      ...shared,
      setup: `npm install --global yarn@${version ?? "1"} && yarn install${shared.hasLock ? " --frozen-lockfile" : ""} --ignore-scripts --non-interactive`,
      quietRun: "yarn --silent run",
      execute: "yarn run",
      runEverywhere: (script) => `yarn workspaces run ${quote(script)}`,
    };
  }
  const exact = version ?? yarnVersion(textAt(settings, "yarnPath"), lock);
  return {
    ...shared,
    setup: `npm install --global @yarnpkg/cli-dist@${exact} && yarn install${shared.hasLock ? " --immutable" : ""} --mode=skip-build`,
    quietRun: "yarn run",
    execute: "yarn run",
    runEverywhere: (script) => `yarn workspaces foreach --all run ${quote(script)}`,
  };
}

function yarnVersion(path: string | undefined, lock: string | undefined): string {
  const released = /yarn-(\d+\.\d+\.\d+)\.c?js$/.exec(path ?? "")?.[1];
  if (released !== undefined) return released;
  const format = Number(/^__metadata:\s+version: (\d+)/m.exec(lock ?? "")?.[1] ?? "8");
  return format >= 8 ? "4" : "3";
}

function bunOf(look: Look, version: string | undefined): Manager {
  const hasLock = look.has("bun.lock") || look.has("bun.lockb");
  return {
    setup: `npm install --global bun@${version ?? "1"} && bun install${hasLock ? " --frozen-lockfile" : ""} --ignore-scripts`,
    hasLock,
    run: "bun run",
    quietRun: "bun run --silent",
    separator: " ",
    execute: "bun run",
    runEverywhere: (script) => `bun run --filter '*' ${quote(script)}`,
  };
}
