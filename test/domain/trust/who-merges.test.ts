import { expect, test } from "vitest";
import type { Risk } from "../../../src/domain/trust/risk.ts";
import type { TrustLevel } from "../../../src/domain/trust/trust-level.ts";
import { type WhoMerges, whoMerges } from "../../../src/domain/trust/who-merges.ts";

function trust(usual: TrustLevel, ...scopes: readonly TrustLevel[]) {
  return { ...ceiling(usual, ...scopes), ceilings: [] as ReturnType<typeof ceiling>[] };
}

function ceiling(usual: TrustLevel, ...scopes: readonly TrustLevel[]) {
  return { default: usual, scopes: scopes.map((level) => ({ paths: ["docs/**"], level })) };
}

test.each<[ReturnType<typeof trust>, Risk, boolean, WhoMerges]>([
  [trust("open-pr"), "low", true, "person"],
  [trust("read-only", "open-pr"), "low", true, "person"],
  [trust("auto-merge-low-risk"), "low", true, "factory"],
  [trust("auto-merge-low-risk"), "medium", true, "person"],
  [trust("scoped-autonomy", "full-factory"), "medium", true, "factory"],
  [trust("scoped-autonomy", "full-factory"), "high", true, "depends"],
  [trust("open-pr", "auto-merge-low-risk"), "low", true, "depends"],
  [trust("open-pr", "auto-merge-low-risk"), "medium", true, "person"],
  // What bounds it from above counts as its own scopes do.
  [{ ...trust("full-factory"), ceilings: [ceiling("open-pr")] }, "low", true, "person"],
  [{ ...trust("full-factory"), ceilings: [ceiling("scoped-autonomy")] }, "low", true, "factory"],
  [
    { ...trust("full-factory"), ceilings: [ceiling("full-factory", "open-pr")] },
    "low",
    true,
    "depends",
  ],
  // Nobody can tell what was written into a ledger without a seal.
  [trust("full-factory"), "low", false, "person"],
])("%j at risk %s, sealed %s: %s", (config, risk, sealed, merges) => {
  expect(whoMerges({ mode: "live", trust: config }, { risk, sealed })).toBe(merges);
  expect(whoMerges({ mode: "staged", trust: config }, { risk, sealed })).toBe("nobody");
});
