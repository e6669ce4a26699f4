// The fixes that are replayed, as scripts/rehearsals/fixes.yml lists them.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

/** Where the list stands, and what came out of each, relative to the root. */
export const FIXES = "scripts/rehearsals/fixes.yml";
export const RESULTS = "docs/reference/rehearsals.json";

/** Every fix: `{ name, url, fix, built, about, tests, asserts, config?, found? }`. Throws at one that cannot be replayed as it stands. */
export function readFixes(root) {
  const fixes = parse(readFileSync(join(root, FIXES), "utf8"));
  const seen = new Set();
  for (const { name, url, fix, built, about, tests, asserts, config } of fixes) {
    const fault = [
      [/^[\w.-]+$/.test(name ?? "") && !seen.has(name), "its name is missing, or is another's too"],
      [/^https:\/\/github\.com\/[\w.-]+\/[\w.-]+$/.test(url ?? ""), "url is no public address"],
      [/^[0-9a-f]{40}$/.test(fix ?? ""), "fix is no whole commit id"],
      [Boolean(built && about), "built or about is missing"],
      [Array.isArray(tests) && tests.length > 0, "tests names none"],
      [Array.isArray(asserts) && asserts.length > 0, "asserts names no line"],
      [config === undefined || existsSync(join(root, config)), `there is no ${config}`],
    ].find(([holds]) => !holds)?.[1];
    if (fault !== undefined) throw new Error(`${FIXES}: ${name}: ${fault}`);
    seen.add(name);
  }
  return fixes;
}

/** `OWNER/NAME` of an address. */
export function repositoryOf({ url }) {
  return url.replace("https://github.com/", "");
}
