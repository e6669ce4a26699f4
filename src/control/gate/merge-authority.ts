import { assessRisk, type RiskAssessment } from "../../domain/trust/assess-risk.ts";
import { predictRisk } from "../../domain/trust/predicted-risk.ts";
import { needsPerson, protectedPathsOf } from "../../domain/trust/protection.ts";
import { higherRisk, type Risk } from "../../domain/trust/risk.ts";
import {
  highestRiskMerged,
  type TrustLevel,
  trustOfPaths,
} from "../../domain/trust/trust-level.ts";
import type { Doubt } from "../../wording/checks/gate-sentences.ts";
import { pathsOf } from "./change-rules.ts";
import { doubtsOf } from "./doubts.ts";
import { type Gate, piecesOf } from "./rule.ts";

/** Who may merge this change, with everything that was weighed. */
export interface Authority {
  readonly by: "factory" | "person";
  readonly risk: RiskAssessment;
  readonly level: TrustLevel;
  readonly protectedPaths: readonly string[];
  /** What no run can settle; one doubt is enough for a person to merge. */
  readonly doubts: readonly Doubt[];
}

/**
 * Authority is a trust scope that a person merged into the config of the base, wide enough for the risk of every path.
 * Protected paths and what no run can settle always need a person; the reviewer may raise the risk, never lower it (DESIGN §3, §5.2).
 */
export function authorityOver(gate: Gate): Authority {
  const { order, implement, verify, review, sealed } = gate;
  const paths = pathsOf(gate);
  const additional = protectedPathsOf(order.config);
  const computed = assessRisk(implement.changeSet, {
    changedLines: verify.changedLines,
    protectedPaths: additional,
    tests: testsOfChange(gate),
  });
  const doubts = doubtsOf(gate);
  const doubted = doubts.length === 0 ? computed : doubtful(computed);
  const risk = raised(doubted, review.verdict.risk);
  const exceeds = exceedsShown(gate, computed.risk);
  const level = trustOfPaths(paths, { ...order.config.trust, sealed });
  const protectedPaths = implement.changeSet.files
    .filter((file) => needsPerson(file, additional))
    .map(({ path }) => path);
  const highest = highestRiskMerged(level);
  const covered = highest !== undefined && higherRisk(highest, risk.risk) === highest;
  return {
    by: covered && !exceeds && protectedPaths.length + doubts.length === 0 ? "factory" : "person",
    risk: exceeds
      ? { ...risk, reasons: [...risk.reasons, "riskier than was shown before work began"] }
      : risk,
    level,
    protectedPaths,
    doubts,
  };
}

/** The names in the reports of the tests that ran on the change. */
function testsOfChange(gate: Gate): readonly string[] {
  return piecesOf(gate, "check")
    .filter(({ on }) => on === "change")
    .flatMap(({ tests }) => tests ?? [])
    .map(({ name }) => name);
}

/** Whether the tree is riskier than what stood before a person, or before the config in a person's place, when work was let begin. */
function exceedsShown({ order }: Gate, risk: Risk): boolean {
  const { config, contract, base } = order;
  if (config.approve === "never") return false;
  const shown = predictRisk(contract, { base, config });
  return higherRisk(shown.risk, risk) !== shown.risk;
}

/** No change that leaves a doubt is a matter of course, even one to tests alone. */
function doubtful({ risk, reasons }: RiskAssessment): RiskAssessment {
  if (risk !== "low") return { risk, reasons };
  return { risk: "medium", reasons: [...reasons, "its tests leave a doubt"] };
}

function raised(computed: RiskAssessment, reviewed: Risk): RiskAssessment {
  const risk = higherRisk(computed.risk, reviewed);
  if (risk === computed.risk) return computed;
  return { risk, reasons: [...computed.reasons, `the reviewer raised it from ${computed.risk}`] };
}
