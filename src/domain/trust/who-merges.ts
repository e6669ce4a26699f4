import type { Config } from "../config/schema.ts";
import { higherRisk, type Risk } from "./risk.ts";
import { highestRiskMerged, lowerTrust } from "./trust-level.ts";

/**
 * Who will merge a change of this risk, by the config alone, before there is a change. `depends`: only some levels of
 * the config suffice, so the changed paths decide.
 */
export type WhoMerges = "person" | "factory" | "depends" | "nobody";

/** @param sealed whether ledgers are sealed: without it a person merges all (DESIGN §3) */
export function whoMerges(
  { mode, trust }: Pick<Config, "mode" | "trust">,
  { risk, sealed }: { readonly risk: Risk; readonly sealed: boolean },
): WhoMerges {
  if (mode === "staged") return "nobody";
  // A path has the lowest of its scopes and ceilings.
  const lists = [trust, ...trust.ceilings].map((one) => {
    const levels = [one.default, ...one.scopes.map(({ level }) => level)];
    return levels.map((level) => {
      const highest = highestRiskMerged(sealed ? level : lowerTrust(level, "open-pr"));
      return highest !== undefined && higherRisk(highest, risk) === highest;
    });
  });
  if (!lists.every((suffices) => suffices.includes(true))) return "person";
  // A scope gives some paths another level; the default applies to all others.
  return lists.flat().includes(false) ? "depends" : "factory";
}
