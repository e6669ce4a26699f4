import type { Effect, EffectOf } from "../../../domain/github/effect.ts";
import type { LoopIssue } from "../../../domain/github/loop-issue.ts";
import { receiptOf, wasDone, wasRefused } from "../../../domain/github/receipt.ts";
import { loopLabel, stageLabel } from "../../../domain/label.ts";
import { keyOf } from "../../../domain/loop/key-of.ts";
import type { FiledItem, LoopPlan } from "../../../domain/loop/plan.ts";
import type { Finding, LoopState } from "../../../domain/loop/state.ts";
import {
  CLOSED_MARKER,
  type ClosedBecause,
  renderClosed,
  renderFinding,
} from "../../../wording/loops/finding.ts";
import { readRests, reasonLineOf } from "../../../wording/loops/judged.ts";
import type { View } from "../../observed/issue-view.ts";
import type { LoopAtWork } from "./at-work.ts";
import { lastOf, rollingEffect, spentOf } from "./record.ts";
import { startedNow, startsOf } from "./start.ts";

type Acts = Extract<LoopPlan, { kind: "acts" }>;
type Stops = Extract<LoopPlan, { kind: "stops" }>;

/** Files, rewrites and closes issues. Once all of that was answered, records the results. */
export function actsOf(
  view: View,
  { work, plan }: { readonly work: LoopAtWork; readonly plan: Acts },
): readonly Effect[] {
  const { order } = work;
  const filing = plan.file.map((item) => fileEffect(view, { work, item }));
  const updates = updatesOf(view, { work, plan });
  const closing = plan.expire.flatMap((issue) =>
    closeEffects(view, {
      issue,
      loop: order.loop.name,
      because: { kind: "expired", days: order.loop.loop.expireAfterDays },
    }),
  );
  const starts = startsOf(view, { work, issues: plan.start });
  const starting = starts.flatMap(({ effects }) => effects);
  const acts: readonly Effect[] = [...filing, ...updates, ...closing, ...starting];
  if (!isAnswered(view, acts)) return acts;
  const filed = filing.flatMap((effect, index) =>
    filedBy(view, { effect, item: plan.file[index] }),
  );
  const { name } = order.loop;
  const started = startedNow(view, starts);
  const withStart = (one: Finding): Finding =>
    started.has(one.issue) ? { ...one, started: view.input.run.id } : one;
  const state: LoopState = {
    version: 1,
    loop: name,
    last: lastOf(view, work),
    baseline: plan.baseline,
    measures: plan.measures,
    findings: [...plan.findings.map(withStart), ...filed],
    ...spentOf(view, work),
  };
  const { waiting, dismissed, reached, unfiled, expire: expired } = plan;
  const { notTaken } = work;
  const said = {
    filed: filed.map(({ issue }) => issue),
    started: [...started],
    ...{ expired, waiting, dismissed, reached, unfiled, notTaken },
  };
  return [...acts, rollingEffect(view, { work, state, said })];
}

/** Closes the issues of the last run, and stops the loop until a person lets it continue. */
export function stopsOf(
  view: View,
  { work, plan }: { readonly work: LoopAtWork; readonly plan: Stops },
): readonly Effect[] {
  const { order, state } = work;
  const { name } = order.loop;
  const { worsened, undo, left, measures } = plan;
  const closing = undo.flatMap((issue) =>
    closeEffects(view, { issue, loop: name, because: { kind: "undone", ...worsened } }),
  );
  const gone = new Set(undo);
  const stopped: LoopState = {
    version: 1,
    loop: name,
    last: lastOf(view, work),
    baseline: state?.baseline ?? {},
    measures,
    findings: (state?.findings ?? []).filter(({ issue }) => !gone.has(issue)),
    stopped: {
      at: view.now,
      run: view.input.run.id,
      ...worsened,
      undone: [...undo],
      left: [...left],
    },
    ...spentOf(view, work),
  };
  // The record of the stop comes first, so that every closed issue has its reason even if this run dies.
  return [rollingEffect(view, { work, state: stopped, said: undefined }), ...closing];
}

/** Everything before the record was answered. After a refusal the rest never is, and the record says what was done. */
function isAnswered(view: View, effects: readonly Effect[]): boolean {
  const answers = effects.map((effect) => receiptOf(view.receipts, effect));
  return answers.every((receipt) => receipt !== undefined) || answers.some(wasRefused);
}

function fileEffect(
  view: View,
  { work, item }: { readonly work: LoopAtWork; readonly item: FiledItem },
): EffectOf<"open-issue"> {
  const { effects } = work.order.loop.loop;
  return {
    kind: "open-issue",
    key: `loop/${work.order.loop.name}/${keyOf(item)}/${view.input.run.id}`,
    ...textOf(view, { work, item }),
    labels: [loopLabel(view.prefix), ...effects.labels],
  };
}

function textOf(
  { prefix }: View,
  about: {
    readonly work: LoopAtWork;
    readonly item: FiledItem;
    /** Its state on GitHub. */
    readonly found?: Pick<LoopIssue, "body">;
  },
) {
  const { work, item, found } = about;
  const { order } = work;
  const { name, path, loop } = order.loop;
  const { expireAfterDays, effects } = loop;
  const { start } = effects;
  const queued = stageLabel(prefix, "queued");
  return renderFinding({
    ...{ loop: name, path, key: keyOf(item), item, expireAfterDays, queued, start },
    // A loop without a judge writes only what code has found.
    ...(loop.roles.judge === undefined || found === undefined ? {} : { kept: keptOf(found) }),
  });
}

function keptOf({ body }: Pick<LoopIssue, "body">) {
  return { reason: reasonLineOf(body), rests: readRests(body) };
}

/** Whether an issue on GitHub still reads as code would write it from the current findings. */
export function isCurrent(
  view: View,
  about: {
    readonly work: LoopAtWork;
    readonly item: FiledItem;
    readonly found: Pick<LoopIssue, "title" | "body">;
  },
): boolean {
  const { title, body } = textOf(view, about);
  return about.found.title === title && unified(about.found.body) === unified(body);
}

/** Updates an issue only if the text differs, and never while the line works on it, because another text would be another issue. */
function updatesOf(
  view: View,
  { work, plan }: { readonly work: LoopAtWork; readonly plan: Acts },
): readonly Effect[] {
  const standing = new Map(work.github.open.map((one) => [one.issue, one]));
  const differing = plan.seen.flatMap(({ issue, item }): readonly EffectOf<"edit-issue">[] => {
    const found = standing.get(issue);
    if (found === undefined || found.isOnLine === true) return [];
    if (isCurrent(view, { work, item, found })) return [];
    const { marker, title, body } = textOf(view, { work, item, found });
    const key = `loop/${work.order.loop.name}/edit/${issue}/${view.input.run.id}`;
    return [{ kind: "edit-issue", key, issue, marker, title, body }];
  });
  return differing.slice(0, work.order.loop.loop.effects.update);
}

function unified(text: string): string {
  return text.replaceAll("\r\n", "\n").trimEnd();
}

function closeEffects(
  view: View,
  closed: { readonly issue: number; readonly loop: string; readonly because: ClosedBecause },
): readonly Effect[] {
  const { issue, loop, because } = closed;
  const key = `loop/${loop}/close/${issue}/${view.input.run.id}`;
  return [
    {
      kind: "write-comment",
      key,
      issue,
      marker: CLOSED_MARKER,
      body: renderClosed(loop, because),
      comment: null,
    },
    { kind: "close-issue", key, issue },
  ];
}

function filedBy(
  view: View,
  filed: { readonly effect: EffectOf<"open-issue">; readonly item: FiledItem | undefined },
): readonly Finding[] {
  const { effect, item } = filed;
  const receipt = receiptOf(view.receipts, effect);
  if (item === undefined || !wasDone(receipt)) return [];
  const { run } = view.input;
  return [{ issue: receipt.number, key: keyOf(item), run: run.id, seenAt: view.now }];
}
