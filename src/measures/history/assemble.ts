import { readAutomations } from "../../domain/github/automation.ts";
import { andonLabel } from "../../domain/label.ts";
import { deploymentsOfExport, issuesOfExport, labelSpans, mergesOfExport } from "./from-export.ts";
import { type GitFacts, mergesOfGit } from "./from-git.ts";
import {
  deploymentsOfLedgers,
  type LinesOf,
  mergesOfLedgers,
  stopsOfLedgers,
  workOfLedgers,
} from "./from-ledgers.ts";
import type { GitHubExport } from "./github-export.ts";
import type { AreaOf, Deployment, History, Merge, Spending, Stop, Told } from "./history.ts";
import { present } from "./present.ts";
import type { ReadLedger } from "./read-ledger.ts";

/** Facts from a checkout or a repository's runs, beside its history. */
export interface Surroundings {
  readonly owners: History["owners"];
  readonly trust: History["trust"];
  readonly automations: History["automations"];
  readonly areaOf: AreaOf;
}

/** Git alone: neither issues nor reviewers. */
export function historyOfGit(
  about: { readonly name: string; readonly url?: string },
  facts: GitFacts,
  around: Omit<Surroundings, "automations">,
): History {
  return {
    ...around,
    repository: about.name,
    ...present({ url: about.url }),
    source: "git",
    merges: mergesOfGit(facts),
    deployments: { untold: "no-deployments" },
    work: { untold: "no-ledgers" },
    issues: { untold: "no-issues" },
    stops: { untold: "no-events" },
    automations: { untold: "no-schedules" },
  };
}

export interface ExportFacts {
  readonly found: GitHubExport;
  /** Trusted ledgers among its comments. */
  readonly ledgers: readonly ReadLedger[];
  /** Costs of pull requests that are no attempt of an issue, by their comments. */
  readonly onPulls: readonly Spending[];
  readonly agents: readonly string[];
  /** Prefix of the factory's labels. */
  readonly prefix: string;
  /** Lines that a commit added, if a clone tells. */
  readonly linesOf: LinesOf;
}

/** Facts from GitHub's API, and its ledgers. */
export function historyOfExport(facts: ExportFacts, around: Surroundings): History {
  const { found, ledgers, agents } = facts;
  const issues = issuesOfExport(found);
  const hasLedgers = ledgers.length > 0;
  return {
    ...around,
    ...(found.runs === undefined ? {} : { automations: automationsOf(found.runs) }),
    repository: found.repository.full_name,
    url: found.repository.html_url,
    source: hasLedgers ? "ledgers" : "github-export",
    merges: together(mergesOfExport(found, agents), mergesOfLedgers(ledgers, facts.linesOf)),
    deployments: deploymentsOf(facts),
    work: hasLedgers ? { known: workOfLedgers(ledgers, facts.onPulls) } : { untold: "no-ledgers" },
    issues,
    stops: stopsOf(facts, issues),
  };
}

function automationsOf(runs: NonNullable<GitHubExport["runs"]>): History["automations"] {
  return {
    known: readAutomations(
      runs.map(({ path, conclusion, created_at }) => ({ path, conclusion, at: created_at })),
    ),
  };
}

/** Smoke tests are nearer to production than a deploy's own report. */
function deploymentsOf({ found, ledgers }: ExportFacts): Told<readonly Deployment[]> {
  const seen = deploymentsOfLedgers(ledgers);
  return seen.length > 0 ? { known: seen } : deploymentsOfExport(found);
}

/** A pull request and its ledger describe one merge. Each fills gaps of the other, and a person in either counts as its reader. */
function together(pulls: readonly Merge[], told: readonly Merge[]): readonly Merge[] {
  const byId = new Map(told.map((merge) => [merge.id, merge]));
  const known = new Set(pulls.map(({ id }) => id));
  const both = pulls.map((pull) => {
    const own = byId.get(pull.id);
    if (own === undefined) return pull;
    const person = pull.person === true || own.person === true;
    return { ...own, ...pull, writer: own.writer ?? "agent", person };
  });
  return [...both, ...told.filter(({ id }) => !known.has(id))].toSorted((left, right) =>
    left.mergedAt.localeCompare(right.mergedAt),
  );
}

function stopsOf(
  { found, ledgers, prefix }: ExportFacts,
  issues: History["issues"],
): History["stops"] {
  const closed = new Map(
    "known" in issues ? issues.known.map(({ number, closedAt }) => [number, closedAt]) : [],
  );
  const ofProduction = stopsOfLedgers(ledgers, (issue) => closed.get(issue));
  const labelled = labelSpans(found.events, andonLabel(prefix));
  if ("untold" in labelled) {
    return ledgers.length > 0 ? { known: ofProduction } : labelled;
  }
  const seen = new Set(ofProduction.map(({ issue }) => issue));
  const ofLabels = labelled.known
    .filter(({ issue }) => !seen.has(issue))
    .map(
      ({ issue, from, until }): Stop => ({
        ...{ issue, because: "label", raisedAt: from },
        ...(until === undefined ? {} : { liftedAt: until }),
      }),
    );
  return { known: [...ofProduction, ...ofLabels] };
}
