import type { Look } from "../look.ts";
import { type Parsed, textAt } from "../parsed.ts";
import { type Found, managerOf, type PackageManager } from "./managers.ts";

const LOCKS = [
  ["pnpm-lock.yaml", "pnpm"],
  ["yarn.lock", "yarn"],
  ["bun.lock", "bun"],
  ["bun.lockb", "bun"],
  ["package-lock.json", "npm"],
  ["npm-shrinkwrap.json", "npm"],
] as const;

/** The manifest's word goes first, then the lock file, then what CI calls; npm stands for nothing said. */
export function findPackageManager(look: Look, manifest: Parsed): PackageManager {
  const found = named(look, manifest) ?? locked(look);
  return managerOf(look, found ?? { name: "npm", version: undefined, because: "package.json" });
}

function named(look: Look, manifest: Parsed): Found | undefined {
  const field = textAt(manifest, "packageManager");
  const match = /^(npm|pnpm|yarn|bun)@(\d+(?:\.\d+){0,2}(?:-[\w.-]+)?)(?:\+[\w.-]*)?$/.exec(
    field ?? "",
  );
  if (match !== null) {
    return { ...nameAndVersion(match[1], match[2]), because: "package.json packageManager" };
  }
  if (field !== undefined) {
    look.note(
      `package.json packageManager is ${JSON.stringify(field)}; expected a name and a version, like "pnpm@10.1.0"`,
    );
  }
  const engine = textAt(manifest, "devEngines", "packageManager", "name");
  const version = textAt(manifest, "devEngines", "packageManager", "version");
  if (!/^(?:npm|pnpm|yarn|bun)$/.test(engine ?? "")) return undefined;
  const exact = /^\d+\.\d+\.\d+$/.test(version ?? "") ? version : undefined;
  return { ...nameAndVersion(engine, exact), because: "package.json devEngines.packageManager" };
}

function nameAndVersion(name: string | undefined, version: string | undefined) {
  return { name: name as PackageManager["name"], version };
}

function locked(look: Look): Found | undefined {
  const present = LOCKS.filter(([file]) => look.has(file));
  const called = new Set(
    look.ci.map(({ words }) => (words[0]?.value === "bunx" ? "bun" : words[0]?.value)),
  );
  const taken = present.find(([, name]) => called.has(name)) ?? present[0];
  if (taken === undefined) return undefined;
  const names = new Set(present.map(([, name]) => name));
  if (names.size > 1) {
    look.note(
      `lock files of ${[...names].join(", ")} lie side by side; ${look.place(taken[0])} was taken`,
    );
  }
  return { name: taken[1], version: undefined, because: look.place(taken[0]) };
}
