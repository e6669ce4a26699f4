import { repositoryTools } from "../../agent/repository-tools.ts";
import { reviewerTask } from "../../agent/roles/reviewer/task.ts";
import type { ChangedFile } from "../../domain/change-set.ts";
import type { Evidence, Subject } from "../../domain/evidence.ts";
import type { OrderFor } from "../../domain/order.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { assessRisk } from "../../domain/trust/assess-risk.ts";
import { protectedPathsOf } from "../../domain/trust/protection.ts";
import type { Verdict } from "../../domain/verdict.ts";
import type { Repository } from "../../ports/repository.ts";
import type { Asker } from "../shared/ask.ts";
import { readDiff } from "./diff-lines.ts";
import { findQuotes } from "./quotes.ts";
import { decideVerdict, escalateUnread } from "./verdict.ts";

/** The most bytes of diff for a reviewer, about 45,000 tokens. A longer diff is not reviewed at all (threats QA-07). */
export const MAXIMUM_DIFF_BYTES = 160_000;

/** Asks the reviewer about the change from `subject.base` to `subject.tree`. Code derives the verdict from the answer. */
export async function judgeChange(
  order: OrderFor<"review">,
  means: {
    readonly subject: Subject;
    /** The changed paths, for the computed risk. */
    readonly files: readonly ChangedFile[];
    readonly evidence: readonly Evidence[];
    readonly repository: Repository;
    readonly asker: Asker;
  },
): Promise<{ readonly verdict: Verdict } | { readonly refusal: Refusal }> {
  const { contract } = order;
  const { subject, evidence, repository, asker } = means;
  const from = await repository.treeOf(subject.base);
  const diff = await repository.diff(from, subject.tree, MAXIMUM_DIFF_BYTES);
  const { changedLines } = diff;
  const protectedPaths = protectedPathsOf(order.config);
  const changeSet = { base: subject.base, files: [...means.files] };
  const { risk } = assessRisk(changeSet, { changedLines, protectedPaths });
  const unquoted = { subject, contract, diff: readDiff(diff.text), risk };
  if (diff.truncated) {
    const maximumBytes = MAXIMUM_DIFF_BYTES;
    return { verdict: escalateUnread(unquoted, { changedLines, maximumBytes }) };
  }
  // The changed tree, not the base, because findings name its lines.
  const tools = repositoryTools(repository, subject.tree);
  const { beforeTurn } = asker;
  const said = await asker.ask(
    reviewerTask({ order, tools, beforeTurn, contract, diff, evidence, risk }),
  );
  if ("refusal" in said) return said;
  const { answer } = said;
  const quotes = answer.criteria.flatMap((judged) => judged.quotes);
  const quoted = await findQuotes(subject.tree, quotes, repository);
  return { verdict: decideVerdict(answer, { ...unquoted, quoted }) };
}
