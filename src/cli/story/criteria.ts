import type { CriterionKind } from "../../domain/contract.ts";
import type { Writer } from "../../domain/evidence/naming.ts";
import type { Standing } from "../../domain/evidence/standing.ts";
import { isOrderOf } from "../../domain/order.ts";
import { noticesOf } from "../../wording/criteria/notices.ts";
import { type CriteriaText, criterionRows } from "../../wording/criteria/rows.ts";
import { newest, type Story } from "./story.ts";

/** One criterion of the contract, as `--json` tells it. */
export interface CriterionResult {
  readonly id: string;
  readonly kind: CriterionKind;
  readonly status: Standing;
  /** Ids of the runner's report that were named for it. */
  readonly tests: readonly string[];
  /** Who wrote them; null where nobody did, or nobody said. */
  readonly by: Writer | null;
  /** Parts of the change that those tests miss when they are taken back. */
  readonly notices: readonly string[];
}

export function criteriaOf(story: Story): CriteriaText {
  const verdict = newest(story, "review")?.verdict;
  const order = story.orders.findLast((one) => isOrderOf(one, ["line"]));
  return {
    ...(order === undefined ? {} : { contract: order.contract }),
    evidence: newest(story, "verify")?.evidence ?? [],
    ...(verdict === undefined ? {} : { verdict }),
  };
}

export function criterionResults(story: Story): readonly CriterionResult[] {
  const text = criteriaOf(story);
  const proofs = text.evidence.filter((piece) => piece.kind === "criterion");
  return criterionRows(text).map(({ id, kind, standing }) => {
    const proof = proofs.find(({ criterion }) => criterion === id);
    return {
      id,
      kind,
      status: standing,
      tests: proof?.tests.map(({ name }) => name) ?? [],
      by: proof?.by ?? null,
      notices: noticesOf(id, text.evidence),
    };
  });
}
