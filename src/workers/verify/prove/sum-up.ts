import {
  type ChangeProof,
  MOST_NAMES,
  NAME_CHARACTERS,
  type NameList,
  outcomeOf,
  type ProvenCheck,
  type ProvenTests,
  TEST_LISTS,
  type TestList,
} from "../../../domain/evidence/change-proof.ts";
import { countsAsPassed } from "../../../domain/evidence/known-failure.ts";
import { lengthOf } from "../../../domain/evidence/summed.ts";
import type { CheckRun, Evidence, TestComparison } from "../../../domain/evidence.ts";
import { cut } from "../../../domain/text/cut.ts";
import { noticedIn } from "./noticed-in.ts";

/** Limit of the proof's schema. */
const CHECKS = 60;

/** Facts of a proof from the evidence. */
export type Summary = Pick<ChangeProof, "outcome" | "checks" | "tests" | "noticed" | "ratchet">;

/** The evidence of a change in brief: counts, the first names of each list, and the one rule's outcome. */
export function sumUp(evidence: readonly Evidence[]): Summary {
  const runs = evidence.filter((piece) => piece.kind === "check");
  const compared = evidence.find((piece) => piece.kind === "test-comparison");
  const weaker = evidence.find((piece) => piece.kind === "ratchet");
  const checks = runs.slice(0, CHECKS).map((run) => checkOf(run, evidence));
  const tests = compared === undefined ? null : testsOf(compared);
  const findings = weaker?.findings ?? [];
  return {
    outcome: outcomeOf({ checks, tests }),
    checks,
    tests,
    noticed: noticedIn(evidence),
    ratchet: {
      findings: findings.slice(0, MOST_NAMES),
      more: Math.max(0, findings.length - MOST_NAMES) + (weaker?.more ?? 0),
    },
  };
}

function checkOf(run: CheckRun, evidence: readonly Evidence[]): ProvenCheck {
  const { name, on, status, durationMs, note } = run;
  const counts = on === "change" ? { counts: countsAsPassed(run, evidence) } : {};
  const tests = run.tests === undefined ? {} : { tests: lengthOf(run, "tests") };
  return {
    ...{ name, on, status, ...counts, durationMs, ...tests },
    ...(note === undefined ? {} : { note: cut(note, 500) }),
  };
}

function testsOf(compared: TestComparison): ProvenTests {
  const lists = Object.fromEntries(
    TEST_LISTS.map((list) => [list, listOf(compared, list)]),
  ) as Record<TestList, NameList>;
  return { source: compared.source, lists };
}

function listOf(compared: TestComparison, list: TestList): NameList {
  const names = (compared[list] ?? [])
    .slice(0, MOST_NAMES)
    .map((name) => cut(name, NAME_CHARACTERS));
  return { total: lengthOf(compared, list), names };
}
