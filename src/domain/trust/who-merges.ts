import type { Config } from "../config/schema.ts";
import { higherRisk, type Risk } from "./risk.ts";
import { highestRiskMerged, lowerTrust } from "./trust-level.ts";

/**
 * Who will merge a change of this risk, as far as the config alone says it before there is a change. `depends`: some of the
 * levels that the config gives to paths suffice and some do not, and only the changed paths tell which counts.
 */
export type WhoMerges = "person" | "factory" | "depends" | "nobody";

/** @param sealed whether ledgers are sealed: without it a person merges all (DESIGN §3) */
export function whoMerges(
  { mode, trust }: Pick<Config, "mode" | "trust">,
  { risk, sealed }: { readonly risk: Risk; readonly sealed: boolean },
): WhoMerges {
  if (mode === "staged") return "nobody";
  // A path has the least of what the scopes and each ceiling say of it.
  const lists = [trust, ...trust.ceilings].map((one) => {
    const levels = [one.default, ...one.scopes.map(({ level }) => level)];
    return levels.map((level) => {
      const highest = highestRiskMerged(sealed ? level : lowerTrust(level, "open-pr"));
      return highest !== undefined && higherRisk(highest, risk) === highest;
    });
  });
  if (!lists.every((suffices) => suffices.includes(true))) return "person";
  // A scope gives some paths another level, and the default all the others.
  return lists.flat().includes(false) ? "depends" : "factory";
}
