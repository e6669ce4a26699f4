import type { Contract } from "../../../domain/contract.ts";
import type { ModelTask } from "../../../ports/model.ts";
import type { Overview } from "../../prompt/overview.ts";
import { section } from "../../prompt/section.ts";
import { contractSection, overviewSection, priorSection } from "../../prompt/sections.ts";
import { type Setting, task } from "../../task.ts";
import { Plan } from "./answer.ts";

/** From a contract to a plan, without changes. */
export function architectTask(
  setting: Setting<"line"> & { readonly overview: Overview; readonly contract: Contract },
): ModelTask<Plan> {
  const { order, overview, contract } = setting;
  return task("architect", setting, {
    answer: Plan,
    sections: (fence) => [
      overviewSection(overview, fence),
      contractSection(contract),
      ...priorSection(order, fence),
      section("Task", "Plan the change."),
    ],
  });
}
