import { CHECK_NAMES, type Check, type CheckName } from "../../domain/config/check.ts";
import { checksFor, scopesOf } from "../../domain/config/scoped-checks.ts";
import {
  countsAsPassed,
  type FailureWeight,
  hintFor,
  weighFailure,
} from "../../domain/evidence/known-failure.ts";
import { type CheckRun, isEvidenceFor } from "../../domain/evidence.ts";
import type { HintCode } from "../../domain/hint.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { sayFailureWeight } from "../../wording/checks/failure-weight.ts";
import { counted } from "../../wording/figures.ts";
import { pathsOf } from "./change-rules.ts";
import { refuseUnnoticed } from "./noticed-rule.ts";
import { asksForNewTest, goBack, openCriteria, sayOpen } from "./open-criteria.ts";
import { type Checked, type GateRule, piecesOf, subjectOf } from "./rule.ts";

/** Facts that must have been observed on exactly these bytes. */
export const EVIDENCE_RULES: readonly GateRule[] = [
  { name: "evidence", check: refuseOtherBytes },
  { name: "checks ran", check: (gate) => refuseUnrun(gate, pathsOf(gate)) },
  { name: "checks passed", check: refuseFailed },
  {
    name: "nothing broke",
    check: (gate) => {
      const comparisons = piecesOf(gate, "test-comparison");
      const broken = [
        {
          one: "test that passed before",
          many: "tests that passed before",
          tests: comparisons.flatMap((piece) => piece.passToFail),
        },
        {
          one: "test that is gone",
          many: "tests that are gone",
          tests: comparisons.flatMap((piece) => piece.gone ?? []),
        },
        {
          one: "test that is new",
          many: "tests that are new",
          tests: comparisons.flatMap((piece) => piece.newFailing ?? []),
        },
      ].find(({ tests }) => tests.length > 0);
      if (broken === undefined) return undefined;
      const { one, many, tests } = broken;
      return {
        code: "check-failed",
        subject: counted(tests.length, one, many),
        found: tests.slice(0, 10).join(", ").slice(0, 2_000),
      };
    },
  },
  {
    name: "tests prove it",
    check: (gate) => {
      if (!asksForNewTest(gate)) return undefined;
      const comparisons = piecesOf(gate, "test-comparison");
      if (comparisons.length === 0) {
        return {
          code: "evidence-missing",
          subject: "the tests",
          found: "nobody compared them with the base",
        };
      }
      const proven = comparisons.some(
        ({ source, failToPass, new: fresh = [] }) =>
          // New tests alone only lead to a person: see doubts.ts.
          source === "exit-code" || failToPass.length + fresh.length > 0,
      );
      return proven
        ? undefined
        : { code: "tests-not-failing-on-base", subject: `tree ${gate.verify.subject.tree}` };
    },
  },
  {
    name: "criteria",
    check: (gate) => {
      const missing = openCriteria(gate).filter(({ proof }) => proof === undefined);
      const open = missing.length > 0 ? missing : goBack(gate);
      if (open.length === 0) return undefined;
      const found = open.map(sayOpen).join("; ");
      const subject = open.map(({ id }) => id).join(", ");
      return { code: "criterion-unproven", subject, found: found.slice(0, 2_000) };
    },
  },
  { name: "noticed lines", check: refuseUnnoticed },
];

/** Git's message without a repository. A workspace holds only files, so that nobody reads a history that is not there. */
const NO_REPOSITORY = /not a git repository/i;

function hintOf(run: CheckRun, weight: FailureWeight): HintCode | undefined {
  if (NO_REPOSITORY.test(run.tail)) return "make-a-repository-in-setup";
  return weight.known ? undefined : hintFor(weight.reason);
}

export function refuseOtherBytes(gate: Checked): Refusal | undefined {
  const { subject, evidence } = gate.verify;
  return subject.base === gate.order.base && isEvidenceFor(evidence, subjectOf(gate))
    ? undefined
    : {
        code: "evidence-missing",
        subject: `tree ${subject.tree}`,
        found: `${evidence.length} pieces, not all of them for it`,
      };
}

/** @param paths all that the change touches: they say which checks of a config with scopes it has to pass */
export function refuseUnrun(gate: Checked, paths: readonly string[]): Refusal | undefined {
  const runs = runsOnChange(gate);
  const wanted = checksFor(gate.order.config.checks, paths);
  // The setup runs on the base, before any agent byte exists, so it has no run on the change.
  const missing = CHECK_NAMES.find(
    (name) => name !== "setup" && wanted[name] !== undefined && !isRun(runs, name, wanted[name]),
  );
  if (missing === undefined) return undefined;
  const other = runs.some(({ name }) => name === missing);
  return {
    code: "evidence-missing",
    subject: `the check ${missing}`,
    found: other ? "it did not run for every package that the change touches" : "it did not run",
  };
}

/** The run has to cover everything that was asked for. */
function isRun(runs: readonly CheckRun[], name: CheckName, wanted: Check): boolean {
  const needed = scopesOf(wanted);
  return runs.some(({ name: ran, scopes = [] }) => {
    const isAboutAll = needed.length === 0 && scopes.length === 0;
    const isAboutThese = needed.length > 0 && needed.every((glob) => scopes.includes(glob));
    return ran === name && (isAboutAll || isAboutThese);
  });
}

export function refuseFailed(gate: Checked): Refusal | undefined {
  const { evidence } = gate.verify;
  const failed = runsOnChange(gate).find((run) => !countsAsPassed(run, evidence));
  if (failed === undefined) return undefined;
  const weight = weighFailure(failed, evidence);
  const hint = hintOf(failed, weight);
  return {
    code: "check-failed",
    subject: failed.name,
    found: `${failed.status}: ${sayFailureWeight(weight)}\n${failed.tail.slice(-1_000)}`,
    accepted: "passed, or only what fails on the base too",
    ...(hint === undefined ? {} : { hint }),
  };
}

function runsOnChange(gate: Checked) {
  return piecesOf(gate, "check").filter(({ on }) => on === "change");
}
