import type { Contract } from "../../../domain/contract.ts";
import type { Evidence } from "../../../domain/evidence.ts";
import type { Risk } from "../../../domain/trust/risk.ts";
import type { ModelTask } from "../../../ports/model.ts";
import { evidenceSection } from "../../prompt/evidence-section.ts";
import { dataSection, section } from "../../prompt/section.ts";
import { contractSection, issueSection } from "../../prompt/sections.ts";
import { type Setting, task } from "../../task.ts";
import { ReviewerAnswer } from "./answer.ts";

/** `diff` comes from git objects, `evidence` from verify, and `risk` is the computed minimum. The coder's words are not shown. */
export function reviewerTask(
  setting: Setting<"line" | "review"> & {
    readonly contract: Contract;
    readonly diff: { readonly text: string; readonly truncated: boolean };
    readonly evidence: readonly Evidence[];
    readonly risk: Risk;
  },
): ModelTask<ReviewerAnswer> {
  const { order, contract, diff, evidence, risk } = setting;
  const whole = diff.truncated
    ? "The diff is cut: you cannot see the whole change, so you cannot approve it."
    : "The diff is whole.";
  return task("reviewer", setting, {
    answer: ReviewerAnswer,
    model: order.config.models.reviewer,
    sections: (fence) => [
      contractSection(contract),
      // A person's pull request describes its own purpose; that is data, like all that people write.
      ...(order.kind === "review" ? [issueSection(order, fence)] : []),
      evidenceSection(evidence, fence),
      section("Computed risk", risk),
      dataSection(
        "The change",
        {
          kind: "unified diff",
          provenance: `${order.kind === "review" ? "a person" : "an agent"}; made from git objects`,
          text: diff.text,
        },
        fence,
      ),
      section("Task", `Review the change. ${whole}`),
    ],
  });
}
