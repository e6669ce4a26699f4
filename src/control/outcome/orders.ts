import type { AuthorizedActor } from "../../domain/actor.ts";
import { mayCommand } from "../../domain/actor.ts";
import type { Budget } from "../../domain/budget.ts";
import { programProbeOf } from "../../domain/config/probe.ts";
import type { Config } from "../../domain/config/schema.ts";
import { type PriorAttempt, TAKEN_BACK } from "../../domain/ledger/prior-attempt.ts";
import {
  digestOfIssue,
  digestOfOrder,
  type IssueText,
  isOrderOf,
  type Order,
  type OrderKind,
  type OrderOf,
  type ReleaseOrder,
} from "../../domain/order.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { spentOn } from "../../measures/spent.ts";
import { readCommand } from "../observed/command.ts";
import type { OnIssue, View } from "../observed/issue-view.ts";
import { entriesOf } from "../observed/ledger/ledger.ts";
import { commitBefore, parentOfMerge, recordedAt } from "../observed/release/before.ts";
import { lastLanding } from "../observed/release/landing.ts";
import { mostFor } from "../observed/turns/work-today.ts";
import { pullAskedFor } from "../observed/unblock/asked.ts";

/** Amount in USD of an order when nothing is left. No order that asks a model is made then, and no request costs as little. */
const NOTHING_USD = Number.MIN_VALUE;

/** Common fields of every kind of order, pinned to the head that was observed. */
export function commonOrder<Kind extends OrderKind>(
  view: View,
  kind: Kind,
  actor: AuthorizedActor,
) {
  const { snapshot, input, config } = view;
  const { id, name, defaultBranch, visibility, head } = snapshot.repository;
  return {
    version: 1 as const,
    id: `${id}/${input.run.id}/${kind}`,
    kind,
    repository: { id, name, defaultBranch, visibility },
    runId: input.run.id,
    at: view.now,
    base: head,
    config,
    harness: harnessOf(view),
    actor,
    budget: budgetOf(config, mostFor(view, view.ledger.entries)),
  };
}

/** If nobody listed the files, or GitHub cut the list, the workers check which exist, because they have the objects. */
function harnessOf({ snapshot, config }: View): string[] {
  const paths = "known" in snapshot.paths ? new Set(snapshot.paths.known) : undefined;
  return config.harness.filter((path) => paths?.has(path) ?? true).slice(0, 50);
}

export function remainingUsd(view: View): number {
  return view.config.limits.usdPerIssue - spentOn(view.ledger.entries).usd;
}

function budgetOf({ limits }: Config, usd: number): Budget {
  return {
    tokens: limits.tokensPerRun,
    usd: usd > 0 ? usd : NOTHING_USD,
    turns: limits.turnsPerRun,
    wallClockMs: limits.minutesPerRun * 60_000,
  };
}

/** The issue as workers read it, with answers and remarks of people with write access (threats IN-08). */
export function issueTextOf(view: OnIssue): IssueText {
  const { issue } = view;
  const own = view.input.identity.id;
  const remarks = view.comments.flatMap(({ author, body }) => {
    if (author.id === own || !mayCommand(author)) return [];
    const command = readCommand(body);
    const text =
      command === undefined ? body : command.name === "rework" ? command.text : undefined;
    return text === undefined ? [] : [{ author, body: text.slice(0, 65_536) }];
  });
  return {
    number: issue.number,
    title: issue.title.slice(0, 1_000),
    body: issue.body.slice(0, 65_536),
    author: issue.author,
    remarks: remarks.slice(-50),
    digest: digestOfIssue(issue),
  };
}

/** Results of earlier attempts: one ledger entry each. */
export function priorAttempts(view: View): PriorAttempt[] {
  const { entries } = view.ledger;
  const takenBack = new Set(entriesOf(entries, "reverting").map(({ event }) => event.attempt));
  return entriesOf(entries, "sent-back")
    .slice(-10)
    .map(({ event }) => ({
      attempt: event.attempt,
      outcome: takenBack.has(event.attempt) ? TAKEN_BACK : "sent back",
      findings: event.findings,
      ...(event.aboutTests === undefined ? {} : { aboutTests: event.aboutTests }),
    }));
}

/** The order to check a merge, from the ledger's facts; undefined if it knows no merge. */
export function releaseOrder(view: View, actor: AuthorizedActor): ReleaseOrder | undefined {
  const merged = lastLanding(view.ledger.entries);
  return merged === undefined
    ? undefined
    : releaseOrderFor(view, {
        actor,
        release: {
          pullRequest: merged.event.pullRequest,
          mergeSha: merged.event.commit,
          tree: merged.event.tree,
          changedPaths: [],
        },
      });
}

export function releaseOrderFor(
  view: View,
  merge: {
    readonly actor: AuthorizedActor;
    readonly release: ReleaseOrder["release"];
  },
): ReleaseOrder {
  const { mergeSha } = merge.release;
  const parent = merge.release.parent ?? parentOfMerge(view, mergeSha);
  const before = recordedAt(view, parent);
  const programsFrom = view.config.smoke.probes.some(programProbeOf)
    ? commitBefore(view, mergeSha)
    : undefined;
  const release = {
    ...merge.release,
    ...(parent === undefined ? {} : { parent }),
    ...(before === undefined ? {} : { before }),
    ...(programsFrom === undefined ? {} : { programsFrom }),
  };
  return { ...commonOrder(view, "release", merge.actor), base: mergeSha, release };
}

/** The factory itself, as the actor of steps that nobody asked for. */
export function ownActor(view: View): AuthorizedActor {
  return { ...view.input.identity, type: "Bot", permission: "none" };
}

/** The order of this run, if it is valid: of this kind, for this repository and issue. */
export function readOrder<Kind extends OrderKind>(
  view: View,
  kind: Kind,
): { readonly order: OrderOf<Kind> } | { readonly refusal: Refusal } {
  const { order, orderDigest, run } = view.input;
  const refuse = (subject: string, found: string, accepted: string) => ({
    refusal: {
      code: "order-invalid" as const,
      subject,
      found: found.slice(0, 500),
      accepted: accepted.slice(0, 500),
    },
  });
  if (order === undefined) return refuse("the order", "none", `an order of kind ${kind}`);
  const digest = digestOfOrder(order);
  if (digest !== orderDigest) return refuse("its digest", digest, `${orderDigest ?? "none"}`);
  if (!isOrderOf(order, [kind])) return refuse("its kind", order.kind, kind);
  const now = view.snapshot.repository;
  const facts: readonly (readonly [string, string, string])[] = [
    ["its run", `${order.runId}`, `${run.id}`],
    ["its repository", placeOfRepository(order.repository), placeOfRepository(now)],
    ["its issue", issueOf(order), expectedIssue(view, kind)],
  ];
  const wrong = facts.find(([, found, accepted]) => found !== accepted);
  return wrong === undefined ? { order } : refuse(...wrong);
}

/** An order does not apply to a repository that was renamed, transferred, made public or given another default branch (threats EV-10). */
function placeOfRepository(repository: Order["repository"]): string {
  const { id, name, defaultBranch, visibility } = repository;
  return `${id} ${name} ${defaultBranch} ${visibility ?? "of unknown visibility"}`;
}

const NO_ISSUE = "none";

function issueOf(order: Order): string {
  if (order.kind === "revert") return `${order.revert.issue}`;
  return "issue" in order ? `${order.issue.number}` : NO_ISSUE;
}

function expectedIssue({ trigger, issue, prefix }: View, kind: OrderKind): string {
  switch (kind) {
    case "review":
      return trigger?.kind === "offered" ? `${trigger.pullRequest}` : "that of a pull request";
    case "unblock":
      return `${pullAskedFor(trigger, prefix) ?? "that of a pull request"}`;
    case "intake":
    case "line":
    case "revert":
      return issue === undefined ? "one that was observed" : `${issue.number}`;
    case "release":
    case "nightly":
    case "loop":
      return NO_ISSUE;
  }
}
