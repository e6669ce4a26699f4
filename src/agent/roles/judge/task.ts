import type { GatheredItem, Measures } from "../../../domain/loop/gathered.ts";
import type { ModelTask } from "../../../ports/model.ts";
import { type Fence, makeVisible } from "../../prompt/envelope.ts";
import { dataSection, section } from "../../prompt/section.ts";
import { type Setting, task } from "../../task.ts";
import { JudgeAnswer } from "./answer.ts";

/**
 * Gathered items to judge by the loop file. A person merged the instruction, so it may be obeyed; the items quote others
 * and may not.
 */
export function judgeTask(
  setting: Setting<"loop"> & {
    readonly items: readonly GatheredItem[];
    /** Found again, each with an open issue of its own. */
    readonly filed: readonly GatheredItem[];
    readonly measures: Measures;
  },
): ModelTask<JudgeAnswer> {
  const { order, items, filed, measures } = setting;
  const { instruction, loop } = order.loop;
  const { effects, roles } = loop;
  return task("judge", setting, {
    answer: JudgeAnswer,
    model: roles.judge?.model ?? order.config.models.default,
    sections: (fence) => [
      section("Instruction of the loop", makeVisible(instruction)),
      section(
        "Bounds",
        `At most ${effects.file} issues are filed in this run. At most ${effects.propose} of them are your own proposals.`,
      ),
      data("Figures", "measures, each as name = value", sayMeasures(measures), fence),
      data("Items to judge", "items, one JSON object each line", sayItems(items), fence),
      ...(filed.length === 0
        ? []
        : [data("Filed already", "keys and titles", filed.map(sayFiled).join("\n"), fence)]),
      section("Task", `Judge the ${items.length} items.`),
    ],
  });
}

function data(title: string, kind: string, text: string, fence: Fence): string {
  const provenance = "gathered by code; it quotes files and people of any kind";
  return dataSection(title, { kind, provenance, text }, fence);
}

function sayMeasures(measures: Measures): string {
  const lines = Object.entries(measures).map(([name, value]) => `${name} = ${value}`);
  return lines.join("\n") || "none";
}

function sayItems(items: readonly GatheredItem[]): string {
  return items.map((item) => JSON.stringify(item)).join("\n");
}

function sayFiled({ key, title }: GatheredItem): string {
  return JSON.stringify({ key, title });
}
