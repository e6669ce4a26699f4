import type { ChangeProof, ProofOutcome } from "../../domain/evidence/change-proof.ts";
import type { Refusal, RefusalCode } from "../../domain/refusal.ts";
import { counted } from "../figures.ts";
import { sayWhy } from "../refusals.ts";

const WORDS: Readonly<Record<ProofOutcome, string>> = {
  proven: "Proven",
  unproven: "Unproven",
  broken: "Broken",
  "not-measured": "Not measured",
};

export function nameOutcome({ outcome }: Pick<ChangeProof, "outcome">): string {
  return WORDS[outcome];
}

/** What came of a proof, as one sentence without its first word and without an end. */
export function sayOutcome({ outcome, tests, refusal }: ChangeProof): string {
  const total = tests?.lists.failToPass.total ?? 0;
  switch (outcome) {
    case "proven":
      return total === 1
        ? "1 test fails without this change and passes with it, and nothing got worse"
        : `${counted(total, "test")} fail without this change and pass with it, and nothing got worse`;
    case "unproven":
      return tests?.source === "exit-code"
        ? "nothing got worse by the exit codes, and no report names a test that fails without this change"
        : "nothing got worse, and no test was seen failing without this change";
    case "broken":
      return "something that holds on the base does not hold on the change";
    case "not-measured":
      return refusal === undefined ? "no tests were compared" : sayWhy(refusal);
  }
}

/** What helps where nothing could be measured; other refusals say it themselves. */
const NEXT: Readonly<Partial<Record<RefusalCode, string>>> = {
  "evidence-missing":
    "name the command that runs the tests as `checks.test` in `.github/factory.yml`, with the report that it writes",
  "config-invalid": "correct `.github/factory.yml` on the branch that the change goes into",
  "check-failed": "make `checks.setup` succeed on the base",
  "dependencies-unapproved":
    "prove the code without the change of the lockfile: nothing is fetched for a change that nobody approved",
  "dependencies-refused": "prove the code without the change of the dependencies",
  "limit-exceeded": "split the change",
};

/** What a person does where nothing could be measured; undefined where the reason says it. */
export function sayNextOf(refusal: Refusal | undefined): string | undefined {
  return refusal === undefined ? undefined : NEXT[refusal.code];
}
