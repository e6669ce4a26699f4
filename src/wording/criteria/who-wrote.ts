import type { Writer } from "../../domain/evidence/naming.ts";
import type {
  Correction,
  Share,
  TestsWritten,
  WhyCoder,
  WrittenFor,
} from "../../domain/evidence/tests-written.ts";
import { counted, sayTokens, sayUsd } from "../figures.ts";

/** Behind the tests of a criterion. */
export const WRITERS: Readonly<Record<Writer, string>> = {
  tester: "by the tester, before the change",
  coder: "by the coder, with the change",
};

/** Why the coder wrote them, to be read behind the criterion. A code that is missing here does not compile. */
const WHY: Readonly<Record<WhyCoder, string>> = {
  "shape-open": "the contract leaves its shape open",
  "left-open": "the tester left it open",
  "no-test-check": "the config has no check `test`",
  "no-report": "the check `test` has no report that names tests",
  "kind-not-said": "the contract does not say whether it changes or keeps something",
};

export function sayWhy({ why, because }: WrittenFor): string {
  const said = why === undefined ? "" : WHY[why];
  return because === undefined ? said : `${said}: ${because}`;
}

/** Who wrote what, in one sentence: `the tester, before the change: AC1, AC2; the coder: AC3 (…)`. */
export function sayWhoWrote({ criteria }: TestsWritten): string {
  const testers = criteria.filter(({ by }) => by === "tester").map(({ criterion }) => criterion);
  const coders = criteria
    .filter(({ by }) => by === "coder")
    .map((row) => `${row.criterion} (${sayWhy(row)})`);
  return [
    ...(testers.length === 0 ? [] : [`the tester, before the change: ${testers.join(", ")}`]),
    ...(coders.length === 0 ? [] : [`the coder, with the change: ${coders.join(", ")}`]),
  ].join("; ");
}

const DECIDED: Readonly<Record<Correction["decision"], string>> = {
  corrected: "the tester corrected it",
  kept: "the tester kept it",
  "not-asked": "it stayed: the tester had been asked twice",
};

/** Who asked, why, and what came of it; what changed is shown beside it. */
export function sayCorrection({ test, reason, decision, because }: Correction): string {
  const why = because === "" ? "" : `: ${because}`;
  return `${test}: the coder asked, because ${reason}; ${DECIDED[decision]}${why}`;
}

/** `tester: 2 rounds, 5 of 24 turns, 12.3 k of 300.0 k tokens, $0.04 of $1.50`. */
export function sayShare({ role, rounds, turns, tokens, usd, limit }: Share): string {
  return [
    `${role}: ${counted(rounds, "round")}`,
    `${turns} of ${counted(limit.turns, "turn")}`,
    `${sayTokens(tokens)} of ${sayTokens(limit.tokens)} tokens`,
    `${sayUsd(usd)} of ${sayUsd(limit.usd)}`,
  ].join(", ");
}
