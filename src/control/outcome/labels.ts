import type { Effect } from "../../domain/github/effect.ts";
import {
  andonLabel,
  PRIORITIES,
  type Priority,
  priorityLabel,
  RISKS,
  riskLabel,
  stageLabel,
  waitingLabel,
} from "../../domain/label.ts";
import { STAGES, type Stage } from "../../domain/stage.ts";
import type { Risk } from "../../domain/trust/risk.ts";
import { idleAndons } from "../observed/andon.ts";
import type { OnIssue } from "../observed/issue-view.ts";
import { isLater, lastOf } from "../observed/ledger/ledger.ts";

/**
 * Labels that an issue should show: exactly one stage, at most one risk, and whether it waits for its turn. Empty if it
 * shows them already. `left` names stages whose label this run added, which the snapshot cannot know.
 */
export function labelEffects(
  view: OnIssue,
  shown: {
    readonly stage: Stage;
    readonly risk?: Risk;
    readonly andon?: boolean;
    /** Whether it waits for its turn. */
    readonly waiting?: boolean;
    readonly left?: readonly Stage[];
  },
): readonly Effect[] {
  const { prefix, issue } = view;
  const wanted = [stageLabel(prefix, shown.stage)];
  const gone = STAGES.filter((stage) => stage !== shown.stage).map((stage) =>
    stageLabel(prefix, stage),
  );
  const shownRisk = shown.risk ?? publishedRisk(view);
  if (shownRisk !== undefined) {
    wanted.push(riskLabel(prefix, shownRisk));
    gone.push(...RISKS.filter((risk) => risk !== shownRisk).map((risk) => riskLabel(prefix, risk)));
  }
  (shown.waiting === true ? wanted : gone).push(waitingLabel(prefix));
  if (shown.andon === true) wanted.push(andonLabel(prefix));
  const idle = shown.andon === true && isIdle(view);
  const left = (shown.left ?? []).map((stage) => stageLabel(prefix, stage));
  const present = new Set([...issue.labels, ...left].map((label) => label.toLowerCase()));
  const add = wanted.filter((label) => !present.has(label.toLowerCase()));
  const remove = gone.filter((label) => present.has(label.toLowerCase()));
  const andon = andonLabel(prefix);
  return idle
    ? [
        labelEffect(view, { add, remove: [...remove, andon] }),
        labelEffect(view, { add: [andon], remove: [] }),
      ].flat()
    : labelEffect(view, { add, remove });
}

/** Risk of what the last attempt has published. The run that recorded it may have died before it added the label. */
function publishedRisk({ ledger: { entries } }: OnIssue): Risk | undefined {
  const published = lastOf(entries, "published");
  return isLater(published, lastOf(entries, "claimed")) ? published?.event.risk : undefined;
}

/** Stages that no issue can have before an attempt was claimed. The heartbeat would ring for them at every beat. */
const AFTER_A_CLAIM: readonly Stage[] = ["gating", "smoking"];

/**
 * Corrects the labels of an issue at rest to match the ledger, whoever changed them. If no ledger says anything, removes
 * the waiting label, because others would wait for it. Also removes stages behind a claim if no branch of one exists,
 * because the heartbeat would ring for them for ever.
 */
export function mendLabels(view: OnIssue): readonly Effect[] {
  const { stage, prefix, issue, branches } = view;
  if (stage !== "new") return labelEffects(view, { stage });
  const unclaimed = branches.length === 0 ? AFTER_A_CLAIM : [];
  const drift = [waitingLabel(prefix), ...unclaimed.map((one) => stageLabel(prefix, one))];
  const shown = new Set(issue.labels.map((label) => label.toLowerCase()));
  return labelEffect(view, {
    add: [],
    remove: drift.filter((label) => shown.has(label.toLowerCase())),
  });
}

/** At most one priority label is on an issue. */
export function priorityEffects(view: OnIssue, priority: Priority): readonly Effect[] {
  const shows = (label: string) =>
    view.issue.labels.some((one) => one.toLowerCase() === label.toLowerCase());
  const labelled = (one: Priority) => priorityLabel(view.prefix, one);
  return labelEffect(view, {
    add: [labelled(priority)].filter((label) => !shows(label)),
    remove: PRIORITIES.filter((one) => one !== priority)
      .map(labelled)
      .filter(shows),
  });
}

/** A person without the right to stop added the label. Its event changes only when it is added again. */
function isIdle(view: OnIssue): boolean {
  return idleAndons(view).some(({ issue }) => issue === view.issue.number);
}

function labelEffect(
  { issue, input }: OnIssue,
  { add, remove }: { readonly add: readonly string[]; readonly remove: readonly string[] },
): readonly Effect[] {
  if (add.length === 0 && remove.length === 0) return [];
  const key = `labels/${issue.number}/${input.run.id}/+${add.join(",")}/-${remove.join(",")}`;
  return [{ kind: "set-labels", key, issue: issue.number, add, remove }];
}
