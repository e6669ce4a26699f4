import { budgetMeter } from "../../agent/budget/meter.ts";
import { repositoryTools } from "../../agent/repository-tools.ts";
import { auditorTask } from "../../agent/roles/auditor/task.ts";
import type { ObjectId } from "../../domain/digest.ts";
import type { Order } from "../../domain/order.ts";
import type { AreaQuality, QualityReport } from "../../domain/quality.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { cut } from "../../domain/text/cut.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Model } from "../../ports/model.ts";
import type { Repository } from "../../ports/repository.ts";
import type { Meter } from "../shared/meter.ts";
import { gapBelow } from "./grade.ts";

export interface NotePorts {
  readonly model: Model;
  readonly repository: Repository;
  readonly clock: Clock;
}

type Note = NonNullable<AreaQuality["note"]>;

/**
 * Asks the auditor for remarks and keeps those that cite an existing line, one per area. Nothing else of the report can
 * change here. Without an answer the report stays, with the reason.
 */
export async function addNotes(
  about: { readonly order: Order; readonly report: QualityReport; readonly meter: Meter },
  ports: NotePorts,
): Promise<{ readonly report: QualityReport; readonly withoutNotes?: Refusal }> {
  const { order, report, meter } = about;
  const worstFirst = [...report.areas].sort(
    (left, right) => gapBelow(right.bar, right.grade) - gapBelow(left.bar, left.grade),
  );
  const outcome = await ports.model.perform(
    auditorTask({
      order,
      areas: worstFirst,
      tools: repositoryTools(ports.repository, order.base),
      beforeTurn: budgetMeter(order.budget, ports.clock).beforeTurn,
    }),
  );
  meter.add(outcome.usage);
  if (outcome.kind === "refused") return { report, withoutNotes: outcome.refusal };
  const notes = new Map<string, Note>();
  for (const { area, text, path, line } of outcome.answer.notes) {
    if (notes.has(area) || !(await isThere(ports.repository, { commit: order.base, path, line })))
      continue;
    notes.set(area, { text: cut(text.replace(/\s+/g, " ").trim(), 300), path, line });
  }
  const areas = report.areas.map((area) => ({ ...area, note: notes.get(area.area) ?? null }));
  return { report: { ...report, areas } };
}

/** Whether the file has that line, and it is not empty. */
async function isThere(
  repository: Repository,
  {
    commit,
    path,
    line,
  }: { readonly commit: ObjectId; readonly path: string; readonly line: number },
): Promise<boolean> {
  const bytes = await repository.read(commit, path);
  return (new TextDecoder().decode(bytes).split("\n")[line - 1] ?? "").trim() !== "";
}
