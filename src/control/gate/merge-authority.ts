import { dependencyKind, digestOfDependencies } from "../../domain/dependencies/files.ts";
import type { Part } from "../../domain/github/snapshot.ts";
import { assessRisk, type RiskAssessment } from "../../domain/trust/assess-risk.ts";
import { fallenTrustOf, touchedLately } from "../../domain/trust/fallen-trust.ts";
import { predictRisk } from "../../domain/trust/predicted-risk.ts";
import { needsPerson, protectedPathsOf } from "../../domain/trust/protection.ts";
import { higherRisk, type Risk } from "../../domain/trust/risk.ts";
import {
  highestRiskMerged,
  lowerTrust,
  type TrustLevel,
  trustOfPaths,
} from "../../domain/trust/trust-level.ts";
import type { Doubt } from "../../wording/checks/gate-sentences.ts";
import { pathsOf } from "./change-rules.ts";
import { doubtsOf } from "./doubts.ts";
import { raisedByUnnoticed } from "./noticed-rule.ts";
import { type Gate, piecesOf } from "./rule.ts";

/** How far a tree exceeds what a person, or the config in their place, saw when work was allowed to begin. */
export interface Exceeded {
  readonly shown: Risk;
  readonly found: RiskAssessment;
  /** Paths of the files that are riskier by themselves; empty if only the whole is. */
  readonly paths: readonly string[];
}

/** Who may merge this change, and the facts behind that. */
export interface Authority {
  readonly by: "factory" | "person";
  readonly risk: RiskAssessment;
  readonly level: TrustLevel;
  /** The pull requests that lowered the level below the config's, or why they are unknown. */
  readonly fallen?: Part<readonly number[]>;
  readonly protectedPaths: readonly string[];
  /** The risk shown before work began, if the tree is riskier. */
  readonly exceeded?: Exceeded;
  /** Doubts that no run can settle. One is enough to need a person. */
  readonly doubts: readonly Doubt[];
}

/**
 * Decides who may merge. The factory may if a trust scope in the config of the base, merged by a person, covers the risk of every path.
 * Protected paths and doubts that no run can settle always need a person. The reviewer may raise the risk, never lower it (DESIGN §3, §5.2).
 */
export function authorityOver(gate: Gate): Authority {
  const { order, implement, verify, review } = gate;
  const paths = pathsOf(gate);
  const additional = protectedPathsOf(order.config);
  const computed = assessRisk(implement.changeSet, {
    changedLines: verify.changedLines,
    protectedPaths: additional,
    tests: testsOfChange(gate),
  });
  const doubts = doubtsOf(gate);
  // Who began a change says nothing about its content.
  const isDoubted = doubts.some(({ about }) => about !== "who asked");
  const doubted = isDoubted ? doubtful(computed) : computed;
  const risk = raised(raisedByUnnoticed(gate, doubted), review.verdict.risk);
  const exceeded = exceedsShown(gate);
  const { level, fallen } = trustLeft(gate, paths);
  const protectedPaths = implement.changeSet.files
    .filter((file) => needsPerson(file, additional))
    .map(({ path }) => path);
  const highest = highestRiskMerged(level);
  const covered = highest !== undefined && higherRisk(highest, risk.risk) === highest;
  return {
    by:
      covered && exceeded === undefined && protectedPaths.length + doubts.length === 0
        ? "factory"
        : "person",
    risk:
      exceeded === undefined
        ? risk
        : { ...risk, reasons: [...risk.reasons, "riskier than was shown before work began"] },
    ...(exceeded === undefined ? {} : { exceeded }),
    level,
    ...(fallen === undefined ? {} : { fallen }),
    protectedPaths,
    doubts,
  };
}

/**
 * Trust of the config, lowered by recent reverts in the same scopes. If those are unknown, a person merges. `fallen`
 * gives the reason.
 */
function trustLeft(
  { order, sealed, takenBack }: Gate,
  paths: readonly string[],
): Pick<Authority, "level" | "fallen"> {
  const trust = order.config.trust;
  const full = trustOfPaths(paths, { ...trust, sealed });
  if (takenBack === undefined) return { level: full };
  if ("unknown" in takenBack) {
    const level = lowerTrust(full, "open-pr");
    return level === full ? { level } : { level, fallen: takenBack };
  }
  const lately = takenBack.known;
  const levelOf = (path: string) => fallenTrustOf(path, trust, lately);
  const level = trustOfPaths(paths, { ...trust, sealed }, levelOf);
  const known = touchedLately(paths, trust, lately).map(({ pullRequest }) => pullRequest);
  return level === full ? { level } : { level, fallen: { known } };
}

/** Names in the reports of the tests that ran on the change. */
function testsOfChange(gate: Gate): readonly string[] {
  return piecesOf(gate, "check")
    .filter(({ on }) => on === "change")
    .flatMap(({ tests }) => tests ?? [])
    .map(({ name }) => name);
}

/** Leaves out dependency files whose bytes a person approved. A separate refusal showed each digest. */
function exceedsShown(gate: Gate): Exceeded | undefined {
  const { config, contract, base } = gate.order;
  if (config.approve === "never") return undefined;
  const shown = higherRisk(
    predictRisk(contract, { base, config }).risk,
    gate.approvedRisk ?? "low",
  );
  const isHigher = (risk: Risk) => higherRisk(shown, risk) !== shown;
  const { changeSet } = gate.implement;
  const digest = digestOfDependencies(changeSet);
  const seen = digest !== undefined && gate.approvedDependencies.includes(digest);
  const files = changeSet.files.filter(({ path }) => !seen || dependencyKind(path) === undefined);
  const measures = { protectedPaths: protectedPathsOf(config), tests: testsOfChange(gate) };
  const { changedLines } = gate.verify;
  const found = assessRisk({ ...changeSet, files }, { ...measures, changedLines });
  if (!isHigher(found.risk)) return undefined;
  const riskier = files.filter((file) => {
    const alone = assessRisk({ ...changeSet, files: [file] }, { ...measures, changedLines: 0 });
    return isHigher(alone.risk);
  });
  return { shown, found, paths: riskier.map(({ path }) => path) };
}

/** A change with a doubt is never routine, even if it touches only tests. */
function doubtful({ risk, reasons }: RiskAssessment): RiskAssessment {
  if (risk !== "low") return { risk, reasons };
  return { risk: "medium", reasons: [...reasons, "its tests leave a doubt"] };
}

function raised(computed: RiskAssessment, reviewed: Risk): RiskAssessment {
  const risk = higherRisk(computed.risk, reviewed);
  if (risk === computed.risk) return computed;
  return { risk, reasons: [...computed.reasons, `the reviewer raised it from ${computed.risk}`] };
}
