import type { Effect } from "../../../domain/github/effect.ts";
import { isQuiet } from "../../../domain/incident/pulse.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import type { Headline } from "../../../wording/summaries/headlines.ts";
import { fixOf } from "../../observed/incident/fix.ts";
import type { IssueView, View } from "../../observed/issue-view.ts";
import type { Decision } from "../../observed/situation.ts";
import { conclude, stayQuiet } from "../../outcome/conclude.ts";
import { type Heard, hear } from "./heard.ts";
import { pulseEffect, pulseOn } from "./pulse-effect.ts";

/** The most issues that one beat closes. The others follow in the next beat. */
const MOST_RESOLVED = 3;

/**
 * Resolves alerts that have not been seen for long enough since their fix went live. It closes an issue and moves no
 * work, so it ignores the andon.
 */
export function watchIncidents(view: View): Decision {
  // The nightly run reports a broken config. Reporting it every hour would be noise.
  if (view.configRefusal !== undefined) {
    return { ...stayQuiet(view, [view.configRefusal]), ok: true };
  }
  const heard = hear(view);
  // A source that could not be asked may have seen an unreported alert, so nothing is called quiet.
  const quiet = heard.isWhole
    ? view.issues.filter(({ issue }) => !heard.loud.has(issue.number))
    : [];
  const found = quiet.map((seen) => resolve(view, seen));
  const resolved = found.flatMap((one) => ("effects" in one ? [one.effects] : []));
  const effects = [...heard.effects, ...resolved.slice(0, MOST_RESOLVED).flat()];
  const headline = headlineOf(view, { heard, resolved: resolved.length });
  const refusals = [
    ...heard.refusals,
    ...found.flatMap((one) => ("refusal" in one ? [one.refusal] : [])),
  ];
  // A note on an issue does not end red every hour. A write that GitHub refused does.
  const { ok } = conclude(view, { headline, effects });
  return { ...conclude(view, { headline, effects, refusals }), ok };
}

function headlineOf(
  { polled }: View,
  came: { readonly heard: Heard; readonly resolved: number },
): Headline {
  if (came.resolved > 0) return "alerts-resolved";
  if (polled === undefined) return "nothing-resolved";
  if (!came.heard.isWhole) return "alerts-unread";
  return came.heard.effects.length === 0 ? "no-news-polled" : "news-polled";
}

type Resolved =
  | { readonly effects: readonly Effect[] }
  | { readonly refusal: Refusal }
  | { readonly waits: true };

function resolve(view: View, seen: IssueView): Resolved {
  const { issue, ledger } = seen;
  if (ledger.refusal !== undefined) return { refusal: ledger.refusal };
  const fix = fixOf(seen);
  if (issue.state === "closed" || fix === undefined || fix.escaped) return { waits: true };
  const { comment, pulse } = pulseOn({ ...seen, input: view.input });
  const { number } = issue;
  if (comment === undefined || pulse === undefined) {
    const subject = `when the alert of issue ${number} was last seen`;
    const found = "the comment that says it is gone or was changed";
    return { refusal: { code: "state-unknown", subject, found, hint: "close-by-hand" } };
  }
  const { now, config, input } = view;
  const hours = config.incidents.resolveAfterHours;
  if (!isQuiet(pulse, { hours, since: fix.liveSince, now })) return { waits: true };
  return {
    effects: [
      pulseEffect(view, { issue: number, pulse: { ...pulse, resolved: now }, comment: comment.id }),
      { kind: "close-issue", key: `resolve/${number}/${input.run.id}`, issue: number },
    ],
  };
}
