import { refuseChangeSet } from "../../domain/change-set.ts";
import { sealKeysOf } from "../../domain/ledger/seal-key.ts";
import type { RevertOrder } from "../../domain/order.ts";
import type { ProposalOf } from "../../domain/proposal.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { needsPerson, protectedPathsOf } from "../../domain/trust/protection.ts";
import { higherRisk } from "../../domain/trust/risk.ts";
import {
  highestRiskMerged,
  type TrustLevel,
  trustOf,
  trustOfPaths,
} from "../../domain/trust/trust-level.ts";
import type { GateRuleName, RuleOutcome } from "../../wording/checks/gate-sentences.ts";
import { refuseFailed, refuseOtherBytes, refuseUnrun } from "./evidence-rules.ts";

/** Input of the gate for a revert. No model wrote it, so none reviews it. */
export interface RevertGate {
  readonly order: RevertOrder;
  readonly verify: ProposalOf<"verify">;
  /** Whether the ledger is sealed with a key. */
  readonly sealed: boolean;
}

const RULES: readonly {
  readonly name: GateRuleName;
  readonly check: (gate: RevertGate) => Refusal | undefined;
}[] = [
  {
    name: "base",
    check: ({ order: { base, revert } }) =>
      revert.changeSet.base === base
        ? undefined
        : {
            code: "change-set-invalid",
            subject: "its base",
            found: revert.changeSet.base,
            accepted: base,
          },
  },
  {
    name: "something",
    check: ({ order: { revert } }) =>
      revert.changeSet.files.length > 0
        ? undefined
        : { code: "nothing-produced", subject: "an empty change" },
  },
  {
    name: "shape",
    // Every name in it was in the tree before.
    check: ({ order: { revert } }) => refuseChangeSet(revert.changeSet, () => true)[0],
  },
  {
    name: "trust",
    check: ({ order }) => {
      const locked = pathsOfRevert(order).find(
        (path) => trustOf(path, order.config.trust) === "read-only",
      );
      return locked === undefined
        ? undefined
        : {
            code: "trust-too-low",
            subject: locked.slice(0, 300),
            found: "read-only",
            accepted: "open-pr or more",
            hint: "raise-the-trust",
          };
    },
  },
  { name: "evidence", check: refuseOtherBytes },
  { name: "checks ran", check: (gate) => refuseUnrun(gate, pathsOfRevert(gate.order)) },
  { name: "checks passed", check: refuseFailed },
];

export function weighRevert(gate: RevertGate): {
  readonly refusals: readonly Refusal[];
  readonly outcomes: readonly RuleOutcome[];
} {
  const outcomes = RULES.map(({ name, check }) => ({ rule: name, refusal: check(gate) }));
  return { refusals: outcomes.flatMap(({ refusal }) => refusal ?? []), outcomes };
}

/** Who may merge it, and the facts behind that. */
export interface RevertAuthority {
  readonly by: "factory" | "person";
  readonly level: TrustLevel;
  readonly protectedPaths: readonly string[];
}

/**
 * A revert needs no more trust than its merge: under the current config, the scopes of every path have to allow a change
 * of the merge's risk. Protected paths need a person in both directions.
 */
export function authorityOverRevert({ order, sealed }: RevertGate): RevertAuthority {
  const { config, revert } = order;
  const level = trustOfPaths(pathsOfRevert(order), { ...config.trust, sealed });
  const highest = highestRiskMerged(level);
  const covered = highest !== undefined && higherRisk(highest, revert.risk) === highest;
  const additional = protectedPathsOf(config);
  const protectedPaths = revert.changeSet.files
    .filter((file) => needsPerson(file, additional))
    .map(({ path }) => path);
  return {
    by: covered && protectedPaths.length === 0 ? "factory" : "person",
    level,
    protectedPaths,
  };
}

export function isSealed(key: string | undefined): boolean {
  return sealKeysOf(key).length > 0;
}

function pathsOfRevert({ revert }: RevertOrder): readonly string[] {
  return revert.changeSet.files.map(({ path }) => path);
}
