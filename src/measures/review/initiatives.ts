import { millisecondsBetween } from "../../domain/text/time.ts";
import { count, type Figure } from "../figure.ts";
import type { History, IssueFacts, Told, Window } from "../history/history.ts";
import { DAY_MS } from "./window.ts";

/** Days without an event after which an issue counts as stalled. */
const STALLED_DAYS = 14;
const LABEL = "initiative:";

/** A milestone, or all issues with one label `initiative:NAME`. */
export interface Initiative {
  readonly name: string;
  readonly planned: Figure;
  readonly done: Figure;
  /** Open, without an event for fourteen days. */
  readonly stalled: Figure;
}

export function initiativesOf({ issues }: History, window: Window): Told<readonly Initiative[]> {
  if ("untold" in issues) return issues;
  const named = issues.known
    .filter(({ openedAt }) => isBefore(openedAt, window))
    .flatMap((issue) => namesOf(issue).map((name) => ({ name, issue })));
  const byName = Map.groupBy(named, ({ name }) => name);
  return {
    known: [...byName]
      .map(([name, own]) =>
        initiativeOf(
          name,
          own.map(({ issue }) => issue),
          window,
        ),
      )
      .toSorted((left, right) => (left.name < right.name ? -1 : 1)),
  };
}

function namesOf({ milestone, labels }: IssueFacts): readonly string[] {
  const labelled = labels
    .filter((label) => label.toLowerCase().startsWith(LABEL))
    .map((label) => label.slice(LABEL.length).trim());
  return [...new Set([...(milestone === undefined ? [] : [milestone]), ...labelled])];
}

function initiativeOf(name: string, issues: readonly IssueFacts[], window: Window): Initiative {
  const ids = (some: readonly IssueFacts[]) => count(some.map(({ number }) => `#${number}`));
  const isDone = ({ closedAt }: IssueFacts) => closedAt !== undefined && isBefore(closedAt, window);
  const isStalled = (issue: IssueFacts) =>
    !isDone(issue) && millisecondsBetween(issue.updatedAt, window.until) >= STALLED_DAYS * DAY_MS;
  return {
    name,
    planned: ids(issues),
    done: ids(issues.filter(isDone)),
    stalled: ids(issues.filter(isStalled)),
  };
}

function isBefore(at: string, { until }: Window): boolean {
  return millisecondsBetween(at, until) > 0;
}
