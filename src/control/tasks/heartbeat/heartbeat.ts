import type { OpenIssue } from "../../../domain/github/snapshot.ts";
import { incidentLabel, stagesOf } from "../../../domain/label.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import type { Stage } from "../../../domain/stage.ts";
import type { View } from "../../observed/issue-view.ts";
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

/** What cures asks no andon (DESIGN §3): a merge whose smoke test or revert was lost leaves production broken. */
const CURED: readonly Stage[] = ["smoking"];
/** The beat in which it is given up ends red, once: what fails every hour is soon read by nobody. */
const TOLD_FOR_MS = HOUR_MS;

/**
 * Looks for issues that wait for the factory and for nobody else, and for pull requests that somebody wants mended, and rings for them. It writes nothing: a ring says a
 * number, and the run that it starts looks for itself. Costs one slim job of seconds, and no model; another one where
 * alerts are asked for or one may be resolved, and one where a board is asked for, whatever else stands still.
 */
export function decideHeartbeat(view: View): Decision {
  const decision = ringForgotten(view, "none");
  const next = followedBy(view);
  if (refuseCaller(view) !== undefined || next === "none") return decision;
  // That another job follows does not make an issue found that was given up.
  return { ...ringForgotten(view, next), ok: decision.ok };
}

type Follows = Extract<Next, "none" | "incident" | "board" | "incident-and-board">;

function followedBy(view: View): Follows {
  const isDue = isBoardDue(view);
  if (!hasAlerts(view)) return isDue ? "board" : "none";
  return isDue ? "incident-and-board" : "incident";
}

/** There is a source to ask, or an issue that may be resolved: by the label alone, for whoever looks closely reads the ledger. */
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
  // The night ends red for a config that cannot be read; an hour that does, too, would only be noise.
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
  const numbers = new Set([...turns.rung, ...found, ...labelled.rung]);
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
