import type { Contract } from "../../../domain/contract.ts";
import type { ModelTask } from "../../../ports/model.ts";
import type { Overview } from "../../prompt/overview.ts";
import { section } from "../../prompt/section.ts";
import { issueSection, overviewSection, repairSection } from "../../prompt/sections.ts";
import { type Setting, task } from "../../task.ts";
import { IntakeAnswer } from "./answer.ts";

/** Issue text to contract or questions. `repair`: an earlier contract and what the lint said about it. */
export function intakeTask(
  setting: Setting<"intake"> & {
    readonly overview: Overview;
    readonly repair?: { readonly contract: Contract; readonly faults: readonly string[] };
  },
): ModelTask<IntakeAnswer> {
  const { order, overview, repair } = setting;
  const checks = Object.keys(order.config.checks).filter((name) => name !== "setup");
  return task("intake", setting, {
    answer: IntakeAnswer,
    sections: (fence) => [
      overviewSection(overview, fence),
      section("Checks of the config", checks.join(", ") || "none"),
      issueSection(order, fence),
      ...(repair === undefined ? [] : [repairSection(repair, fence)]),
      section("Task", "Write the contract for this issue, or ask."),
    ],
  });
}
