import type { LabelledPull, PullRequestState } from "../../../domain/github/snapshot.ts";
import type { RedCheck } from "../../../domain/github/unblock.ts";
import { digestOfIssue, type UnblockOrder } from "../../../domain/order.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import { findingOf } from "../../observed/checks/causes.ts";
import type { View } from "../../observed/issue-view.ts";
import { listedPull } from "../../observed/listed-pull.ts";
import type { Decision, Wants } from "../../observed/situation.ts";
import { mostFor, readWorkToday } from "../../observed/turns/work-today.ts";
import type { AskedToUnblock } from "../../observed/unblock/asked.ts";
import { standingOf } from "../../observed/unblock/standing.ts";
import { whoAsked } from "../../observed/unblock/wish.ts";
import { conclude, stayQuiet } from "../../outcome/conclude.ts";
import { commonOrder, ownActor } from "../../outcome/orders.ts";
import { unknownDay } from "../../schedule/turns.ts";
import { refuseDay } from "../../vetoes/day.ts";
import { refuseActor, refuseAndon, refuseEdited, WORDS_GONE } from "../../vetoes/preconditions.ts";
import { labelOff, refusalComment, workComment } from "./said.ts";

/**
 * Handles a request to mend a pull request: pins its head, the base and the output of its red checks. Strangers get no
 * answer. A person with write access is told on the pull request why nothing begins. The worker finds out what is wrong
 * with it, because GitHub's own report of conflicts may lag.
 */
export function decideUnblock(view: View, asked: AskedToUnblock): Decision | Wants {
  const by = whoAsked(view, asked);
  const stranger = "known" in by ? refuseActor(by.known) : unknownLabeller(asked, by.unknown);
  if (stranger !== undefined) return stayQuiet(view, [stranger]);
  const pull = listedPull(view.snapshot, asked.pullRequest) ?? asked.label?.pull;
  if (pull === undefined) return stayQuiet(view, [notSeen(asked)]);
  const before = asked.label === undefined ? undefined : followLabel(view, asked.label);
  if (before !== undefined) return before;
  if (asked.comment !== undefined) {
    if (view.owned === undefined) return { wants: [], owned: asked.pullRequest };
    if (view.comment === undefined) return stayQuiet(view, [WORDS_GONE]);
  }
  return mend(view, { pull, asked });
}

interface Mending {
  readonly pull: PullRequestState;
  readonly asked: AskedToUnblock;
}

/** Answers a person with write access: pins it, or says why nothing begins. */
function mend(view: View, { pull, asked }: Mending): Decision | Wants {
  const refusal =
    view.configRefusal ??
    refuseEdited(view) ??
    refusePull(view, pull) ??
    refuseAndon(view) ??
    refuseMoney(view);
  if (refusal !== undefined) return refused(view, pull, refusal);
  const { checks, input, snapshot } = view;
  if (checks === undefined) {
    const own = { run: input.run.id, workflowFile: input.run.workflowFile };
    const { sha: head } = pull.head;
    const bases = [snapshot.repository.head];
    return { wants: [], checks: { pullRequest: pull.number, head, bases, own } };
  }
  const order = orderFor(view, { pull, asked });
  const effects = [workComment(view, order)];
  return conclude(view, { headline: "unblock-next", effects, next: "unblock", order });
}

function refused(view: View, pull: PullRequestState, refusal: Refusal): Decision {
  return conclude(view, {
    headline: "unblock-refused",
    effects: [
      refusalComment(view, {
        pullRequest: pull.number,
        head: pull.head.sha,
        refusals: [refusal],
      }),
      ...labelOff(view, pull.number),
    ],
    refusals: [refusal],
  });
}

/** Undefined if a run has to begin: nothing was said since the label, and nobody works on it. */
function followLabel(view: View, label: LabelledPull): Decision | undefined {
  const standing = standingOf(view, label);
  const { number } = label.pull;
  switch (standing.kind) {
    case "answered":
      return conclude(view, { headline: "unblock-answered", effects: labelOff(view, number) });
    case "unknown":
      return stayQuiet(view, [
        { code: "state-unknown", subject: `pull request ${number}`, found: standing.found },
      ]);
    case "begun":
      return hasEnded(view)
        ? giveUp(view, label.pull, standing.ended + 1)
        : conclude(view, { headline: "nothing-waits", effects: [] });
    case "waits":
      return giveUp(view, label.pull, standing.ended);
  }
}

function hasEnded({ snapshot: { holder } }: View): boolean {
  return holder !== undefined && "known" in holder && holder.known === "ended";
}

function giveUp(view: View, pull: PullRequestState, ended: number): Decision | undefined {
  if (ended < view.config.limits.attempts) return undefined;
  return refused(view, pull, {
    code: "worker-failed",
    subject: `pull request ${pull.number}`,
    found: `${ended} runs that mended it ended without an answer`,
    hint: "look-at-the-last-run",
  });
}

/** As for an issue: the day's budget covers all that the order may spend. */
function refuseMoney(view: View): Refusal | undefined {
  const work = readWorkToday(view);
  return "unknown" in work
    ? unknownDay(work.unknown)
    : refuseDay(view, work.known, mostFor(view, []));
}

/** Accepts only a branch of this repository that targets the default branch and is nobody's attempt. */
export function refusePull(view: View, pull: PullRequestState): Refusal | undefined {
  const refuse = (found: string, accepted: string): Refusal => ({
    code: "event-not-understood",
    subject: `pull request ${pull.number}`,
    found,
    accepted,
  });
  if (pull.state !== "open") return refuse("it is not open", "an open pull request");
  if (pull.fork !== false) {
    return refuse(
      "its branch lies in a fork, or nobody knows: what a stranger wrote runs beside no key of this repository",
      "a branch of this repository",
    );
  }
  if (pull.head.branch.toLowerCase().startsWith("factory/")) {
    return refuse("it is the factory's own, which tends it anyway", "a pull request of others");
  }
  const { defaultBranch } = view.snapshot.repository;
  if (pull.base.branch !== defaultBranch) {
    return refuse(`it goes into ${pull.base.branch}`.slice(0, 300), defaultBranch);
  }
  return undefined;
}

function orderFor(view: View, { pull, asked }: Mending): UnblockOrder {
  const { number, head } = pull;
  const by = whoAsked(view, asked);
  const actor = "known" in by ? by.known : ownActor(view);
  const text = { title: `Pull request ${number}`, body: pull.body.slice(0, 65_536) };
  return {
    ...commonOrder(view, "unblock", actor),
    issue: { number, ...text, author: actor, remarks: [], digest: digestOfIssue(text) },
    unblock: {
      pullRequest: number,
      head: head.sha,
      branch: head.branch,
      onto: asked.onto,
      red: redOf(view).slice(0, 10),
    },
  };
}

/** A check that failed only once is passed on as unknown. The worker sees whether it fails. */
function redOf({ checks }: View): readonly RedCheck[] {
  if (checks === undefined || "unknown" in checks) return [];
  const seen = checks.known;
  return seen.checks.flatMap((check): readonly RedCheck[] => {
    if (check.state !== "failed" && check.state !== "timed-out") return [];
    const finding = findingOf(check, seen);
    if (finding === undefined) return [];
    const marks = check.marks.map(({ path, line, message }) => `${path}:${line}: ${message}`);
    const lines = [...marks, ...check.tail].map((line) => line.toWellFormed().slice(0, 300));
    return [
      {
        name: check.name.toWellFormed().slice(0, 200),
        cause: finding === "run-again" ? "unknown" : finding,
        lines: lines.slice(0, 20),
      },
    ];
  });
}

function unknownLabeller({ pullRequest }: AskedToUnblock, found: string): Refusal {
  return {
    code: "actor-not-permitted",
    subject: `the label on pull request ${pullRequest}`,
    found,
    accepted: "a user with write, maintain or admin",
  };
}

function notSeen({ pullRequest }: AskedToUnblock): Refusal {
  return {
    code: "event-not-understood",
    subject: `pull request ${pullRequest}`,
    found: "GitHub shows none of that number",
  };
}
