import type { AuthorizedActor } from "../../domain/actor.ts";
import { mayCommand } from "../../domain/actor.ts";
import type { Budget } from "../../domain/budget.ts";
import type { Config } from "../../domain/config/schema.ts";
import { digestOfIssue, digestOfOrder, type IssueText, type Order } from "../../domain/order.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { IssueState } from "../../domain/snapshot.ts";
import { spentOn } from "../../measures/spent.ts";
import { readCommand } from "../observed/command.ts";
import type { View } from "../observed/issue-view.ts";
import { entriesOf, lastOf } from "../observed/ledger.ts";

/** The smallest budget an order can state, in USD: a budget of nothing is refused before an order is made. */
const LEAST_USD = 0.01;

/** What every kind of order has in common, pinned to the head that was observed. */
export function commonOrder(view: View, kind: Order["kind"], actor: AuthorizedActor) {
  const { snapshot, input, config } = view;
  const { id, name, defaultBranch, visibility, head } = snapshot.repository;
  return {
    version: 1,
    id: `${id}/${input.run.id}/${kind}`,
    kind,
    repository: { id, name, defaultBranch, visibility },
    runId: input.run.id,
    at: view.now,
    base: head,
    config,
    harness: harnessOf(view),
    actor,
    prior: [],
    budget: budgetOf(config, remainingUsd(view)),
  } satisfies Order;
}

/** Where GitHub cut the listing, nobody knows which files exist: the workers, who have the objects, look for all. */
function harnessOf({ snapshot, config }: View): string[] {
  const paths = snapshot.paths === null ? null : new Set(snapshot.paths);
  return config.harness.filter((path) => paths === null || paths.has(path)).slice(0, 50);
}

export function remainingUsd(view: View): number {
  return view.config.limits.usdPerIssue - spentOn(view.ledger.entries).usd;
}

function budgetOf({ limits }: Config, usd: number): Budget {
  return {
    tokens: limits.tokensPerRun,
    usd: Math.max(LEAST_USD, usd),
    turns: limits.turnsPerRun,
    wallClockMs: limits.minutesPerRun * 60_000,
  };
}

/** The issue as the workers read it, with the answers and remarks of people with write (threats IN-08). */
export function issueTextOf(view: View, issue: IssueState): IssueText {
  const own = view.input.identity.id;
  const remarks = view.snapshot.comments.flatMap(({ author, body }) => {
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

/** What earlier attempts left behind: one line of the ledger each. */
export function priorAttempts(view: View): Order["prior"] {
  return entriesOf(view.ledger.entries, "sent-back")
    .slice(-10)
    .map(({ event }) => ({
      attempt: event.attempt,
      outcome: "sent back",
      findings: event.findings,
    }));
}

/** The order to look for a merge, from what the ledger knows about it; undefined when it knows of none. */
export function releaseOrder(view: View, actor: AuthorizedActor): Order | undefined {
  const merged = lastOf(view.ledger.entries, "merged");
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
    readonly release: NonNullable<Order["release"]>;
  },
): Order {
  const { release } = merge;
  return { ...commonOrder(view, "release", merge.actor), base: release.mergeSha, release };
}

/** The factory itself, as the actor of what nobody asked for. */
export function ownActor(view: View): AuthorizedActor {
  return { ...view.input.identity, type: "Bot", permission: "none" };
}

/** Undefined when the order is this run's, of this kind and for this repository and issue. */
export function refuseOrder(view: View, kind: Order["kind"]): Refusal | undefined {
  const { order, orderDigest, run } = view.input;
  const refuse = (subject: string, found: string, accepted: string): Refusal => ({
    code: "order-invalid",
    subject,
    found: found.slice(0, 500),
    accepted: accepted.slice(0, 500),
  });
  if (order === undefined) return refuse("the order", "none", `an order of kind ${kind}`);
  const digest = digestOfOrder(order);
  if (digest !== orderDigest) return refuse("its digest", digest, `${orderDigest ?? "none"}`);
  const now = view.snapshot.repository;
  const facts: readonly (readonly [string, string, string])[] = [
    ["its kind", order.kind, kind],
    ["its run", `${order.runId}`, `${run.id}`],
    ["its repository", placeOfRepository(order.repository), placeOfRepository(now)],
    ["its issue", `${order.issue?.number ?? 0}`, `${expectedIssue(view, kind)}`],
  ];
  const wrong = facts.find(([, found, accepted]) => found !== accepted);
  return wrong === undefined ? undefined : refuse(...wrong);
}

/** A repository that was renamed, handed over, shown to all or given another default branch is not the order's (threats EV-10). */
function placeOfRepository(repository: Order["repository"]): string {
  const { id, name, defaultBranch, visibility } = repository;
  return `${id} ${name} ${defaultBranch} ${visibility ?? "of unknown visibility"}`;
}

function expectedIssue(view: View, kind: Order["kind"]): number {
  if (kind === "review") return view.trigger?.kind === "offered" ? view.trigger.pullRequest : -1;
  return kind === "intake" || kind === "line" ? (view.issue?.number ?? -1) : 0;
}
