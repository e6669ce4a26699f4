import { ruleOf } from "../../../domain/quality/measures.ts";
import type { AreaQuality } from "../../../domain/quality.ts";
import type { ModelTask } from "../../../ports/model.ts";
import { dataSection, section } from "../../prompt/section.ts";
import { type Setting, task } from "../../task.ts";
import { AuditorAnswer } from "./answer.ts";

/** Remarks on areas that code has measured, the worst first. */
export function auditorTask(
  setting: Setting & { readonly areas: readonly AreaQuality[] },
): ModelTask<AuditorAnswer> {
  const figures = setting.areas.map(({ area, grade, bar, because, measures }) => {
    const list = measures.map(
      ({ name, value, where = [] }) =>
        `${name} ${value ?? "unknown"} ${ruleOf(name).unit}${where.length === 0 ? "" : ` (${where.join(", ")})`}`,
    );
    return `- ${area}: ${grade} (bar ${bar}; ${because}): ${list.join(", ")}`;
  });
  return task("auditor", setting, {
    answer: AuditorAnswer,
    sections: (fence) => [
      dataSection(
        "Areas and their figures",
        {
          kind: "figures",
          provenance: "measured by code; names are the repository's",
          text: figures.join("\n") || "none",
        },
        fence,
      ),
      section("Task", "Write the notes."),
    ],
  });
}
