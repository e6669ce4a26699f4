import { keysAt, type Parsed, textAt } from "../parsed.ts";
import { type ProposedCheck, SETUP_SECONDS } from "../proposal.ts";
import type { PackageManager } from "./managers.ts";

export function setupOf(manager: PackageManager, manifest: Parsed): ProposedCheck {
  const cautions = ["install scripts are off", ...scriptCautions(manager, manifest)];
  return {
    name: "setup",
    run: manager.setup,
    timeoutSeconds: SETUP_SECONDS,
    because: manager.because,
    caution: cautions.join("; "),
  };
}

/** Packages that are not usable before their install script has run. */
const BUILT_ON_INSTALL = [
  ...["better-sqlite3", "sqlite3", "bcrypt", "argon2", "canvas", "node-sass", "re2", "isolated-vm"],
  ...["node-pty", "cpu-features", "@prisma/client", "prisma", "electron", "puppeteer", "zeromq"],
];

/** Of no use without a git repository. */
const GIT_HOOKS = /only-allow|husky|simple-git-hooks|lefthook|\bgit\b|pre-commit|yorkie/;

function scriptCautions(manager: PackageManager, manifest: Parsed): readonly string[] {
  const known = new Set(
    ["dependencies", "devDependencies"].flatMap((key) => keysAt(manifest, key)),
  );
  const built = BUILT_ON_INSTALL.filter((name) => known.has(name));
  const rebuild = manager.name === "bun" ? "npm rebuild" : `${manager.name} rebuild`;
  const own = ["preinstall", "install", "postinstall", "prepare"].filter((name) => {
    const text = textAt(manifest, "scripts", name);
    return text !== undefined && !GIT_HOOKS.test(text);
  });
  return [
    ...(built.length === 0
      ? []
      : [`${built.join(", ")} may need them: add "&& ${rebuild} ${built.join(" ")}"`]),
    ...own.map((name) => `scripts.${name} may be needed: add "&& ${manager.run} ${name}"`),
  ];
}
