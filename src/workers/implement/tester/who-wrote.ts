import type { CoderAnswer } from "../../../agent/roles/coder/answer.ts";
import type { Naming } from "../../../domain/evidence/naming.ts";
import type { Share, TestsWritten, WrittenFor } from "../../../domain/evidence/tests-written.ts";
import { cut } from "../../../domain/text/cut.ts";
import type { Division } from "./division.ts";
import type { Keeper } from "./keeper.ts";
import type { WrittenTests } from "./write-tests.ts";

/** The tester's namings for its own criteria. */
export function namingsOfTester(tests: WrittenTests | undefined): readonly Naming[] {
  if (tests === undefined) return [];
  const { answer, division } = tests;
  return answer.proofs
    .filter(({ criterion }) => division.testers.includes(criterion))
    .map((proof) => ({ ...proof, symbols: [], checks: [], by: "tester" }));
}

/** The tester's namings for its criteria, the coder's for the others; undefined if there are none. */
export function joinNamings(
  tests: WrittenTests | undefined,
  proofs: CoderAnswer["proofs"],
): readonly Naming[] | undefined {
  if (tests === undefined && proofs === undefined) return undefined;
  const testers = tests?.division.testers ?? [];
  const coders = (proofs ?? []).filter(({ criterion }) => !testers.includes(criterion));
  const named = [
    ...namingsOfTester(tests),
    ...coders.map((one) => ({ ...one, by: "coder" as const })),
  ];
  return named.slice(0, MAXIMUM_NAMINGS);
}

/** Limits of the proposal's schema. */
const MAXIMUM_NAMINGS = 15;
const MAXIMUM_PATH = 300;
const MAXIMUM_CORRECTIONS = 10;
const MAXIMUM_TAKEN = 50;

/** Who did what, for people; absent if the contract asks for no test. */
export function tellWhoWrote(
  division: Division,
  keeper: Keeper,
  shares: readonly Share[],
): Pick<{ tests: TestsWritten }, "tests"> | Record<string, never> {
  const tests = keeper.tests();
  const { testers, coders } = tests?.division ?? division;
  const criteria: WrittenFor[] = [
    ...testers.map((criterion): WrittenFor => ({ criterion, by: "tester" })),
    ...coders,
  ];
  if (criteria.length === 0) return {};
  const byNumber = (left: WrittenFor, right: WrittenFor) =>
    left.criterion.localeCompare(right.criterion, "en", { numeric: true });
  return {
    tests: {
      criteria: criteria.sort(byNumber),
      files: (tests?.files ?? []).map(({ path }) => cut(path, MAXIMUM_PATH)),
      ...(tests === undefined || testers.length === 0 ? {} : { summary: tests.answer.summary }),
      corrections: keeper.corrections.slice(0, MAXIMUM_CORRECTIONS),
      takenBack: keeper.takenBack.slice(0, MAXIMUM_TAKEN).map((path) => cut(path, MAXIMUM_PATH)),
      shares: [...shares],
    },
  };
}
