import type { OpenIssue } from "../../../domain/github/snapshot.ts";
import { stagesOf } from "../../../domain/label.ts";
import { stageOfLedger } from "../../../domain/ledger.ts";
import type { Stage } from "../../../domain/stage.ts";
import { earlierBy } from "../../../domain/text/time.ts";
import type { View } from "../issue-view.ts";
import { readFound } from "./other-ledgers.ts";

/**
 * Open issues whose labels differ from a ledger that nobody has written to for `ms`: its last writer died before the
 * labels. An untrusted ledger asks a person. Only ledgers written to in the last day are known.
 */
export function issuesBehind(view: View, ms: number): readonly OpenIssue[] {
  const { openIssues, ledgers } = view.snapshot;
  if (ledgers === undefined || "unknown" in ledgers || "unknown" in openIssues) return [];
  const before = earlierBy(ms, view.now);
  const stages = new Map<number, Stage>();
  for (const found of ledgers.known) {
    const read = readFound(found, view);
    const last = "known" in read ? read.known.at(-1) : undefined;
    if (last !== undefined && last.at > before) continue;
    const stage = "known" in read ? stageOfLedger(read.known) : "needs-human";
    if (stage !== undefined) stages.set(found.issue, stage);
  }
  return openIssues.known.filter((issue) => {
    const stage = stages.get(issue.number);
    if (stage === undefined || issue.updatedAt > before) return false;
    const shown = stagesOf(view.prefix, issue.labels);
    return shown.length !== 1 || shown[0] !== stage;
  });
}
