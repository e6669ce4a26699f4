import type { Digest } from "../../domain/digest.ts";
import type { Risk } from "../../domain/trust/risk.ts";

/** What the next attempt, and whoever reads the ledger, is told of an approval of dependency files. */
export function sayApprovedDependencies(digest: Digest): string {
  return `a person approved the dependency files of this attempt (digest ${digest}): write exactly the same bytes into them again; any other byte asks the person again`;
}

/** The same of an approval of a risk that turned out higher than was shown. */
export function sayApprovedRisk(risk: Risk): string {
  return `a person read what this attempt touches and approved a change of risk ${risk} under this contract: make the same change again and touch nothing beyond it`;
}
