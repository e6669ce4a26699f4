import type { Refusal } from "../../../domain/refusal.ts";
import { cut } from "../../../domain/text/cut.ts";
import { linesOfRefusal } from "../../../wording/issue/ask-comment.ts";
import { askAt } from "../../../wording/issue/asks.ts";
import { sayRefusal } from "../../../wording/refusals.ts";
import { recordable, recordableMistakes } from "../../guard/withhold.ts";
import type { OnIssue } from "../../observed/issue-view.ts";
import type { Decision, Wants } from "../../observed/situation.ts";
import { askWhenAwake } from "../../outcome/ask.ts";
import { conclude, halt } from "../../outcome/conclude.ts";
import { mendLabels } from "../../outcome/labels.ts";
import { ledgerEffect, type NewEntry } from "../../outcome/ledger-entry.ts";
import { refuseAndon } from "../../vetoes/preconditions.ts";
import {
  type CheckStep,
  checkedAttempt,
  checkedHead,
  namesOf,
  type RedCheck,
} from "../own/checked-head.ts";
import { refuseAnotherRound } from "./another-round.ts";
import { goTo } from "./route-command.ts";

/** The next step after the repository's checks of the open pull request; undefined if there is none. */
export function followChecks(view: OnIssue): Decision | Wants | undefined {
  const step = checkedHead(view);
  if (step === undefined || "wants" in step) return step;
  switch (step.kind) {
    case "again":
      // A stop also stops restarting runs. The run that looks after the stop restarts them.
      if (refuseAndon(view) !== undefined) return undefined;
      return conclude(view, {
        headline: "checks-run-again",
        effects: [...mendLabels(view), ...step.effects],
      });
    case "unseen":
      return undefined;
    case "red":
      return takeUpRed(view, step);
  }
}

/** Reports unreadable checks only if there is nothing else to do. */
export function refuseUnseen(view: OnIssue): readonly Refusal[] {
  const step = checkedHead(view);
  if (step === undefined || "wants" in step || step.kind !== "unseen") return [];
  return [
    {
      code: "permission-missing",
      subject: "the repository's own checks",
      found: cut(step.found, 2_000),
      accepted: "actions: read, checks: read and statuses: read",
    },
  ];
}

function takeUpRed(view: OnIssue, { commit, red }: Extract<CheckStep, { kind: "red" }>): Decision {
  const checked: NewEntry = {
    stage: "gating",
    event: { kind: "checked", commit, red: namesOf(red) },
  };
  const own = red.filter(({ cause }) => cause === "change" || cause === "test");
  if (own.length > 0) return sendBackRed(view, { checked, own, red });
  const others = red.filter(({ cause }) => cause !== "flaky");
  if (others.length > 0) return askAboutRed(view, checked, refuseRed(others));
  const ask = askAt("gating", view.ledger.entries);
  return conclude(view, {
    headline: "checks-flaky",
    effects: [
      ledgerEffect(view, { entries: [checked], ...(ask === undefined ? {} : { ask }) }),
      ...mendLabels(view),
    ],
  });
}

/** Sends the issue back to be built again with the output of the checks. */
function sendBackRed(
  view: OnIssue,
  {
    checked,
    own,
    red,
  }: {
    readonly checked: NewEntry;
    readonly own: readonly RedCheck[];
    readonly red: readonly RedCheck[];
  },
): Decision {
  const mistakes = recordableMistakes(
    own.map(({ check: { name } }) => ({ cause: "own-check-red", place: { kind: "check", name } })),
  );
  const sent: NewEntry = {
    stage: "ready",
    event: {
      kind: "sent-back",
      attempt: checkedAttempt(view),
      findings: tellingLines(own),
      mistakes,
    },
  };
  const entries = [checked, sent];
  const exhausted = refuseAnotherRound(view);
  return exhausted === undefined
    ? goTo(view, { target: "ready", entries })
    : halt(view, { before: entries, refusals: [exhausted, refuseRed(red)] });
}

function askAboutRed(view: OnIssue, checked: NewEntry, refusal: Refusal): Decision {
  const entries: NewEntry[] = [checked, { stage: "gating", event: { kind: "refused", refusal } }];
  return conclude(view, {
    headline: "checks-red",
    effects: [
      ledgerEffect(view, { entries, ask: sayRefusal(refusal) }),
      ...mendLabels(view),
      ...askWhenAwake(view, { entries, lines: linesOfRefusal(refusal) }),
    ],
    refusals: [refusal],
  });
}

function refuseRed(red: readonly RedCheck[]): Refusal {
  const found = red.map(({ check, cause }) => `${check.name}: ${cause}`).join(", ");
  return { code: "checks-red", subject: "the pull request", found: cut(recordable(found), 2_000) };
}

const MOST_FINDINGS = 9;
const FINDING = 300;
const MOST_PLACES = 3;

/** Findings of red checks for the next attempt: the places first, then the last output before the error. */
function tellingLines(own: readonly RedCheck[]): string[] {
  return own
    .flatMap(({ check: { name, marks, tail } }) => [
      `check ${name} is red`,
      ...marks.slice(0, MOST_PLACES).map(({ path, line, message }) => `${path}:${line} ${message}`),
      ...(tail.length === 0 ? [] : [`its log ends: ${lastOf(recordable(tail.join(" ⏎ ")))}`]),
    ])
    .slice(0, MOST_FINDINGS)
    .map((text) => cut(recordable(text), FINDING));
}

/** The end of a log says most. */
function lastOf(text: string): string {
  const letters = [...text.toWellFormed()];
  return letters.length <= FINDING - 40 ? text : `… ${letters.slice(-(FINDING / 2)).join("")}`;
}
