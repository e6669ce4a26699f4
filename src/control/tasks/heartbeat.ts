import type { OpenIssue } from "../../domain/github/snapshot.ts";
import { incidentLabel, stagesOf } from "../../domain/label.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { Stage } from "../../domain/stage.ts";
import { millisecondsBetween } from "../../domain/text/time.ts";
import type { View } from "../observed/issue-view.ts";
import type { Decision } from "../observed/situation.ts";
import { conclude } from "../outcome/conclude.ts";
import { doorbell } from "../outcome/doorbell.ts";
import { type Turns, turnsNow } from "../schedule/turns.ts";
import { refuseAndon, refuseCaller } from "../vetoes/preconditions.ts";

/** Where the factory is next and nobody else: an issue that rests there was forgotten by a run that died or never came. */
const OWN_TURN: readonly Stage[] = ["queued", "ready", "building", "smoking"];
/** Where a person is next, and what they did may have been lost: whoever is rung for looks, and says nothing. */
const WATCHED: readonly Stage[] = ["gating"];
/** Where a person was asked: once a day whoever is rung for sees whether they have to be reminded, and no longer than this. */
const ASKED: readonly Stage[] = ["needs-human", "gating"];
/** What cures asks no andon (DESIGN §3): a merge whose smoke test or revert was lost leaves production broken. */
const CURED: readonly Stage[] = ["smoking"];
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ASKED_FOR_MS = 10 * DAY_MS;
/** Longer than most jobs that hold an issue at one of these stages; a ring while one works changes nothing. */
const FORGOTTEN_AFTER_MS = 2 * HOUR_MS;
/** From here on ringing has not helped: three beats of an hourly schedule have passed. */
const GIVEN_UP_AFTER_MS = 5 * HOUR_MS;
/** Hourly beats between the two. */
const BEATS_OF_RINGS = 3;
/** The beat in which it is given up ends red, once: what fails every hour is soon read by nobody. */
const TOLD_FOR_MS = HOUR_MS;
/** The most that one beat rings of each kind, the longest forgotten first; the others wait for the next. */
const MOST_RINGS = 3;

/**
 * Looks for issues that wait for the factory and for nobody else, and rings for them. It writes nothing: a ring says a
 * number, and the run that it starts looks for itself. Costs one slim job of seconds, and no model; another one where
 * alerts are asked for or one may be resolved, whatever else stands still.
 */
export function decideHeartbeat(view: View): Decision {
  const decision = ringForgotten(view, "none");
  if (refuseCaller(view) !== undefined || !hasAlerts(view)) return decision;
  // That another job follows does not make an issue found that was given up.
  return { ...ringForgotten(view, "incident"), ok: decision.ok };
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

function ringForgotten(view: View, next: "none" | "incident"): Decision {
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
  const resting = restingIssues(view, { open, inLine: new Set(turns.waiting) });
  const deployed = resting.filter(({ issue }) => waitsForDeploy(view, issue));
  const waiting = resting.filter(
    ({ issue }) => standsAt(view, issue, OWN_TURN) && !waitsForDeploy(view, issue),
  );
  const watched = resting.filter(
    ({ issue }) => standsAt(view, issue, WATCHED) || isMixed(view, issue),
  );
  const lost = waiting.filter(({ restedMs }) => restedMs >= GIVEN_UP_AFTER_MS);
  const forgotten = [...waiting, ...watched].filter(({ restedMs }) => restedMs < GIVEN_UP_AFTER_MS);
  const asked = resting.filter(
    ({ issue, restedMs }) => standsAt(view, issue, ASKED) && isDaily(restedMs),
  );
  const found = [forgotten, asked].flatMap((kind) => kind.slice(0, MOST_RINGS));
  found.push(...inTurn(deployed, view.now));
  // A burst is more than was rung for in time: nobody may be given up unrung, so that each has its turn after all.
  if (waiting.length > MOST_RINGS * BEATS_OF_RINGS) found.push(...inTurn(lost, view.now));
  const rings = [...turns.rung, ...found.map(({ issue }) => issue.number)].map((number) =>
    doorbell(view, number),
  );
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
  });
}

function givenUp(view: View, lost: readonly Resting[]): readonly Refusal[] {
  return lost
    .filter(({ restedMs }) => restedMs < GIVEN_UP_AFTER_MS + TOLD_FOR_MS)
    .slice(0, 20)
    .map(({ issue }) => leftToPerson(view, issue));
}

const NO_TURNS: Turns = { rung: [], waiting: [] };

interface Listed {
  readonly open: readonly OpenIssue[];
  /** Those that wait for their turn: they were not forgotten. */
  readonly inLine: ReadonlySet<number>;
}

/** The longest forgotten first. Most open issues are none of the factory's: nothing more is asked of them. */
function restingIssues(view: View, { open, inLine }: Listed): readonly Resting[] {
  return open
    .filter(({ number, labels }) => {
      return !inLine.has(number) && stagesOf(view.prefix, labels).length > 0;
    })
    .map((issue) => ({ issue, restedMs: millisecondsBetween(issue.updatedAt, view.now) }))
    .filter(({ issue, restedMs }) => waitsForDeploy(view, issue) || restedMs >= FORGOTTEN_AFTER_MS)
    .toSorted((left, right) => right.restedMs - left.restedMs);
}

interface Resting {
  readonly issue: OpenIssue;
  readonly restedMs: number;
}

/** The one beat of a day, while somebody may still be reminded. */
function isDaily(restedMs: number): boolean {
  return restedMs >= DAY_MS && restedMs < ASKED_FOR_MS && restedMs % DAY_MS < HOUR_MS;
}

/** A deployment may wait for a reviewer as long as that one likes: it is looked for at every beat, and never given up. */
function waitsForDeploy(view: View, issue: OpenIssue): boolean {
  return view.config.smoke.deploy?.status !== undefined && standsAt(view, issue, ["smoking"]);
}

/** Some of many, others at the next beat: those that wait longest must not keep the others from being looked at. */
function inTurn<Item>(items: readonly Item[], now: string): readonly Item[] {
  const beats = Math.floor(millisecondsBetween("1970-01-01T00:00:00Z", now) / HOUR_MS);
  const first = items.length === 0 ? 0 : (beats * MOST_RINGS) % items.length;
  return [...items.slice(first), ...items.slice(0, first)].slice(0, MOST_RINGS);
}

/** By the label alone, which only shows the stage: whoever is rung for reads the ledger. */
function standsAt({ prefix }: View, { labels }: OpenIssue, wanted: readonly Stage[]): boolean {
  const stages = stagesOf(prefix, labels);
  return stages.length === 1 && stages.every((stage) => wanted.includes(stage));
}

/** Its labels claim more than one stage: whoever is rung for puts them right. */
function isMixed({ prefix }: View, { labels }: OpenIssue): boolean {
  return stagesOf(prefix, labels).length > 1;
}

function leftToPerson({ prefix }: View, { number, labels, updatedAt }: OpenIssue): Refusal {
  return {
    code: "worker-failed",
    subject: `issue ${number}`,
    found: `it stands at ${stagesOf(prefix, labels).join()} and nothing has moved since ${updatedAt}`,
    hint: "look-at-the-last-run",
  };
}
