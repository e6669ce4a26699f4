import { isOrderOf } from "../../domain/order.ts";
import { type CriteriaText, criterionRows } from "../../wording/criteria/rows.ts";
import { newest, type Story } from "./story.ts";

/** One criterion of the contract, as `--json` prints it. */
export interface CriterionResult {
  readonly id: string;
  readonly kind: string;
  /** `proven` where a machine saw it and the reviewer says yes; `judged` where it was the reviewer's to say. */
  readonly status: string;
  /** Ids of the runner's report. */
  readonly tests: readonly string[];
}

export function criteriaOf(story: Story): readonly CriterionResult[] {
  const { evidence } = criteriaTextOf(story);
  return criterionRows(criteriaTextOf(story)).map(({ id, kind, standing }) => {
    const proof = evidence.find((piece) => piece.kind === "criterion" && piece.criterion === id);
    const tests = proof?.kind === "criterion" ? proof.tests.map(({ name }) => name) : [];
    return { id, kind, status: standing, tests };
  });
}

/** What the tables of criteria are made of, from the newest proposals. */
export function criteriaTextOf(story: Story): CriteriaText {
  const verdict = newest(story, "review")?.verdict;
  const order = story.orders.findLast((one) => isOrderOf(one, ["line"]));
  return {
    ...(order === undefined ? {} : { contract: order.contract }),
    evidence: newest(story, "verify")?.evidence ?? [],
    ...(verdict === undefined ? {} : { verdict }),
  };
}
