import { decide } from "../../control/loop/decide.ts";
import { NO_FILES } from "../../control/observed/files.ts";
import type { Situation } from "../../control/observed/situation.ts";
import type { ObjectId } from "../../domain/digest.ts";
import type { FoundLedger, OpenIssue, PullRequestState } from "../../domain/github/snapshot.ts";
import { appendEntry, type LedgerEntry, type SealedEntry } from "../../domain/ledger.ts";
import { renderLedgerComment } from "../../wording/issue/ledger-comment.ts";
import type { Figure } from "./figure.ts";

const SIZES = [100, 1_000, 10_000];
const TIMES = 9;
const TARGET_MS = 50;
const NOW = "2026-11-20T09:00:00Z";
const KEY = "a-key-that-opens-nothing-".repeat(2);
const REPOSITORY = 7;
/** Issues whose ledger was written to within the day, whatever the backlog is: those that the factory works on. */
const LEDGERS = 40;
const SHA = "0".repeat(40) as ObjectId;
const DIGEST = "0".repeat(64);

/** Median ms of one decision of the heartbeat, which looks at all open issues, of which half wait for their turn. */
export function decideFigures(): readonly Figure[] {
  return SIZES.map((size) => {
    const situation = beatOver(size);
    const times = Array.from({ length: TIMES }, () => {
      const started = performance.now();
      const decision = decide(situation);
      if ("wants" in decision || decision.effects.length === 0) {
        throw new Error("The heartbeat of the bench rings for nobody.");
      }
      return performance.now() - started;
    }).toSorted((one, other) => one - other);
    const value = Math.round((times[Math.floor(TIMES / 2)] ?? 0) * 10) / 10;
    return { name: `decide.${size}`, value, unit: "ms", target: TARGET_MS };
  });
}

/** A heartbeat over so many open issues. */
export function beatOver(size: number): Situation {
  const openIssues = Array.from({ length: size }, (_, index) => openIssue(index + 1));
  const ledgers = openIssues.slice(0, LEDGERS).map(({ number }) => ledgerOf(number));
  const self = { id: 41, login: "github-actions[bot]", type: "Bot" } as const;
  return {
    now: NOW,
    receipts: [],
    files: NO_FILES,
    input: {
      task: "heartbeat",
      run: {
        id: 1,
        attempt: 1,
        repository: "OWNER/app",
        workflowFile: "factory.yml",
        serverUrl: "https://github.com",
        actor: self,
      },
      event: { name: "schedule", payload: {} },
      proposals: [],
      sealKey: KEY,
      identity: self,
    },
    snapshot: {
      repository: {
        id: REPOSITORY,
        name: "OWNER/app",
        defaultBranch: "main",
        url: "https://github.com/OWNER/app",
        visibility: "private",
        head: SHA,
        headTree: SHA,
      },
      self,
      configText: "version: 1\n",
      paths: { known: [] },
      issues: [],
      pullRequests: openIssues.filter(isGating).map(pullRequestOf),
      andon: { known: [] },
      openIssues: { known: openIssues },
      permissions: {},
      ledgers: { known: ledgers },
      loopsLately: { known: [] },
    },
  };
}

function openIssue(number: number): OpenIssue {
  const waits = ["factory:ready", "factory:waiting", `factory:priority-${(number % 3) + 1}`];
  return {
    number,
    title: `issue ${number}`,
    body: "",
    labels: number % 2 === 0 ? waits : [number % 10 === 1 ? "factory:gating" : "bug"],
    author: { id: 100 + (number % 20), login: `person-${number % 20}`, type: "User" },
    updatedAt: "2026-11-20T08:00:00Z",
  };
}

function isGating({ labels }: OpenIssue): boolean {
  return labels.includes("factory:gating");
}

/** What a person is asked to merge. */
function pullRequestOf({ number }: OpenIssue): PullRequestState {
  return {
    number: 100_000 + number,
    head: { branch: `factory/${number}-1`, sha: SHA },
    fork: false,
    base: { branch: "main", sha: SHA },
    state: "open",
    merged: false,
    mergeSha: null,
    mergedBy: null,
    body: "",
    url: `https://github.com/OWNER/app/pull/${100_000 + number}`,
  };
}

/** Of a contract that names a file of its own. */
function ledgerOf(issue: number): FoundLedger {
  const bound = { contract: DIGEST, issue: DIGEST };
  const events: readonly Pick<LedgerEntry, "stage" | "event">[] = [
    { stage: "queued", event: { kind: "submitted", by: 101, issue: DIGEST } },
    {
      stage: "proposed",
      event: { kind: "proposed", ...bound, comment: 1, version: 1, scope: [`src/${issue}.ts`] },
    },
    { stage: "ready", event: { kind: "approved", by: 101, ...bound, comment: 2 } },
  ];
  const place = { repositoryId: REPOSITORY, issue };
  const entries = events.reduce<readonly SealedEntry[]>(
    (ledger, entry) =>
      appendEntry(ledger, { at: "2026-11-20T08:00:00Z", run: 1, ...entry }, { place, key: KEY }),
    [],
  );
  const links = { repository: "https://github.com/OWNER/app" };
  const body = renderLedgerComment({ issue, entries, stage: "ready", links });
  return { issue, comment: issue, body };
}
