import type { OpenIssue } from "../../../domain/github/snapshot.ts";
import { incidentLabel, stagesOf } from "../../../domain/label.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import type { Stage } from "../../../domain/stage.ts";
import type { View } from "../../observed/issue-view.ts";
import { orphansOf } from "../../observed/orphans.ts";
import { isBoardDue } from "../../observed/overview/board.ts";
import type { Decision, Next } from "../../observed/situation.ts";
import { conclude } from "../../outcome/conclude.ts";
import { doorbell } from "../../outcome/doorbell.ts";
import { type Turns, turnsNow } from "../../schedule/turns.ts";
import { refuseAndon, refuseCaller } from "../../vetoes/preconditions.ts";
import { type LabelledRings, ringLabelled } from "./labelled.ts";
import {
  findResting,
  GIVEN_UP_AFTER_MS,
  HOUR_MS,
  MOST_RINGS,
  type Resting,
  standsAt,
} from "./resting.ts";

/** Stages of repair, which ignore the andon (DESIGN §3): a merge whose smoke test or revert was lost leaves production broken. */
const CURED: readonly Stage[] = ["smoking"];
/** Only the beat that gives an issue up ends red. People soon ignore a run that fails every hour. */
const TOLD_FOR_MS = HOUR_MS;

/**
 * Finds issues that wait only for the factory, and pull requests that somebody wants mended, and rings for them. It writes
 * nothing: a ring carries a number, and the run that it starts looks for itself. Costs one short job without a model. Further jobs
 * start if alerts are polled, an alert may be resolved, or a board is wanted, whatever else is stopped.
 */
export function decideHeartbeat(view: View): Decision {
  const decision = ringForgotten(view, "none");
  const next = followedBy(view);
  if (refuseCaller(view) !== undefined || next === "none") return decision;
  // A following job does not count as finding an issue that was given up.
  return { ...ringForgotten(view, next), ok: decision.ok };
}

type Follows = Extract<Next, "none" | "incident" | "board" | "incident-and-board">;

function followedBy(view: View): Follows {
  const isDue = isBoardDue(view);
  if (!hasAlerts(view)) return isDue ? "board" : "none";
  return isDue ? "incident-and-board" : "incident";
}

/** Whether there is an alert source to ask, or an issue that may be resolved. The label is enough here: the next job reads the ledger. */
function hasAlerts(view: View): boolean {
  const { snapshot, prefix, input, config } = view;
  if (config.incidents.sentry !== undefined) return true;
  if ("unknown" in snapshot.openIssues) return false;
  const label = incidentLabel(prefix).toLowerCase();
  return snapshot.openIssues.known.some(
    (issue) =>
      issue.author.id === input.identity.id &&
      issue.labels.some((one) => one.toLowerCase() === label) &&
      standsAt(view, issue, ["done"]),
  );
}

function ringForgotten(view: View, next: Follows): Decision {
  const quiet = (refusal: Refusal) =>
    conclude(view, { headline: "nothing-written", effects: [], refusals: [refusal], next });
  // A run with an unreadable config ends red at night. Ending red every hour would only be noise.
  if (view.configRefusal !== undefined) {
    return { ...quiet(view.configRefusal), ok: true };
  }
  const stranger = refuseCaller(view);
  if (stranger !== undefined) return quiet(stranger);
  const stopped = refuseAndon(view);
  const { openIssues } = view.snapshot;
  if ("unknown" in openIssues) {
    const { unknown: found } = openIssues;
    return quiet({ code: "state-unknown", subject: "the open issues", found });
  }
  const turns = stopped === undefined ? turnsNow(view, MOST_RINGS) : NO_TURNS;
  const quietly = stopped === undefined ? "nothing-forgotten" : "nothing-written";
  const open =
    stopped === undefined
      ? openIssues.known
      : openIssues.known.filter((issue) => standsAt(view, issue, CURED));
  const { found, lost } = findResting(view, { open, inLine: new Set(turns.waiting) });
  const labelled = stopped === undefined ? ringLabelled(view) : NO_LABELS;
  const numbers = new Set([...turns.rung, ...found, ...labelled.rung, ...orphansOf(view)]);
  const rings = [...numbers].map((number) => doorbell(view, number));
  return conclude(view, {
    headline:
      rings.length + lost.length === 0
        ? quietly
        : { code: "rung", rung: rings.length, left: lost.length },
    effects: rings,
    next,
    refusals: [
      ...(stopped === undefined ? [] : [stopped]),
      ...(turns.refusal === undefined ? [] : [turns.refusal]),
      ...givenUp(view, lost),
    ],
    remarks: labelled.remarks,
  });
}

function givenUp(view: View, lost: readonly Resting[]): readonly Refusal[] {
  return lost
    .filter(({ restedMs }) => restedMs < GIVEN_UP_AFTER_MS + TOLD_FOR_MS)
    .slice(0, 20)
    .map(({ issue }) => leftToPerson(view, issue));
}

const NO_LABELS: LabelledRings = { rung: [], remarks: [] };
const NO_TURNS: Turns = { rung: [], waiting: [] };

function leftToPerson({ prefix }: View, { number, labels, updatedAt }: OpenIssue): Refusal {
  return {
    code: "worker-failed",
    subject: `issue ${number}`,
    found: `it stands at ${stagesOf(prefix, labels).join()} and nothing has moved since ${updatedAt}`,
    hint: "look-at-the-last-run",
  };
}
