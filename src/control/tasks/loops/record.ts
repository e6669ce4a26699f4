import type { Effect } from "../../../domain/github/effect.ts";
import { loopLabel } from "../../../domain/label.ts";
import { type LoopState, sealState, spentWith } from "../../../domain/loop/state.ts";
import { type LoopSaid, renderLoopIssue } from "../../../wording/loops/issue.ts";
import type { View } from "../../observed/issue-view.ts";
import { dayOf } from "../../observed/turns/day.ts";
import type { LoopAtWork } from "./at-work.ts";

type Costly = Pick<LoopAtWork, "order" | "github" | "state" | "spentUsd">;

/** Records only the cost of a judge whose answer changes nothing. Filed issues stay as they are. */
export function costOf(
  view: View,
  work: Costly & { readonly found?: LoopAtWork["found"] },
): Effect {
  const { name: loop } = work.order.loop;
  const before: LoopState = work.state ?? {
    ...{ version: 1, loop, last: lastOf(view, work) },
    ...{ baseline: {}, measures: {}, findings: [] },
  };
  const state = { ...before, ...spentOf(view, work) };
  return rollingEffect(view, { work, state, said: undefined });
}

export function spentOf({ now }: View, { state, spentUsd }: Costly): Pick<LoopState, "spent"> {
  return spentWith(state, { day: dayOf(now), usd: spentUsd });
}

export function lastOf(
  view: View,
  { found }: { readonly found?: LoopAtWork["found"] },
): LoopState["last"] {
  return { run: view.input.run.id, at: view.now, items: found?.gathered.items.length ?? 0 };
}

/** Writes the rolling issue of a loop: its state, and the actions of this run. */
export function rollingEffect(
  view: View,
  about: {
    readonly work: Pick<LoopAtWork, "order" | "github">;
    readonly state: LoopState;
    readonly said: LoopSaid | undefined;
  },
): Effect {
  const { work, state, said } = about;
  const { loop, path, name } = work.order.loop;
  const sealing = { repositoryId: view.snapshot.repository.id, key: view.input.sealKey };
  const sealed = sealState(state, sealing);
  const { marker, title, body } = renderLoopIssue({ loop, path, sealed, said });
  const key = `loop/${name}/record/${view.input.run.id}`;
  const { rolling } = work.github;
  return rolling === undefined
    ? { kind: "open-issue", key, marker, title, body, labels: [loopLabel(view.prefix)] }
    : { kind: "edit-issue", key, issue: rolling.number, marker, body };
}
