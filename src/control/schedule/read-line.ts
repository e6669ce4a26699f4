import type { OpenIssue, Part } from "../../domain/github/snapshot.ts";
import { stagesOf } from "../../domain/label.ts";
import { type SealedEntry, stageOfLedger } from "../../domain/ledger.ts";
import { AT_PEOPLE, type Stage } from "../../domain/stage.ts";
import type { View } from "../observed/issue-view.ts";
import type { WorkToday } from "../observed/turns/work-today.ts";
import type { InFlight, Limits, Line } from "./queue.ts";
import { asksOf, peopleOf, scopeOf } from "./read-candidate.ts";
import { readFailures } from "./read-failures.ts";

/** Work under way, by the ledgers of the day, and by labels if all open issues were read. */
export function readLine(view: View, work: WorkToday): Line {
  const { usdPerDay } = view.config.limits;
  const others = [...work.ledgers].filter(([issue]) => issue !== view.issue?.number);
  return {
    inFlight: others.flatMap((ledger) => inFlight(view, ledger)),
    left: usdPerDay - work.spent - work.promised,
    decisions: readDecisions(view, work),
    failures: readFailures(view.now, work.ledgers),
  };
}

export function limitsOf({ config }: View): Limits {
  const { wip, waitingForPeople, usdPerIssue, usdPerDay } = config.limits;
  return { wip, waitingForPeople, usdPerIssue: Math.min(usdPerIssue, usdPerDay) };
}

/** Stages of work that others may collide with. Nobody waits for work that a person has to look at. */
const CHANGES: readonly (Stage | undefined)[] = ["building", "gating"];

function inFlight(view: View, [issue, entries]: readonly [number, readonly SealedEntry[]]) {
  const stage = stageOfLedger(entries);
  if (!CHANGES.includes(stage)) return [];
  // The ledger names its submitter. Only the list of open issues names its author.
  const submitted = entries.find(({ event }) => event.kind === "submitted")?.event;
  const listed = openIssuesOf(view).find(({ number }) => number === issue);
  const author = listed?.author.id ?? (submitted?.kind === "submitted" ? submitted.by : 0);
  const seen = { number: issue, labels: [], updatedAt: view.now, author: { id: author } };
  const one: InFlight = {
    issue,
    author,
    isBuilt: stage === "building",
    scope: scopeOf(entries),
    asks: asksOf(view, { work: "build", seen, entries }),
  };
  return [one];
}

function openIssuesOf({ snapshot }: View): readonly Pick<OpenIssue, "number" | "author">[] {
  const { openIssues, asked = openIssues, waiting = [] } = snapshot;
  return "known" in asked ? asked.known : waiting;
}

function readDecisions(view: View, { ledgers }: WorkToday): Part<ReadonlyMap<string, number>> {
  const { openIssues, asked = openIssues } = view.snapshot;
  if ("unknown" in asked) return asked;
  const decisions = new Map<string, number>();
  for (const seen of asked.known) {
    const stages = stagesOf(view.prefix, seen.labels);
    if (seen.number === view.issue?.number || !stages.some((stage) => AT_PEOPLE.includes(stage))) {
      continue;
    }
    for (const person of peopleOf(view, seen, ledgers.get(seen.number))) {
      decisions.set(person, (decisions.get(person) ?? 0) + 1);
    }
  }
  return { known: decisions };
}
