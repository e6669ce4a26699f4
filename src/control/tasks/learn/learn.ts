import type { Effect, EffectOf } from "../../../domain/github/effect.ts";
import { receiptOf, wasDone, wasRefused } from "../../../domain/github/receipt.ts";
import { treeWithTexts } from "../../../domain/github/tree-of.ts";
import type { Draft } from "../../../domain/lesson/draft.ts";
import { GUIDE_BRANCH } from "../../../domain/lesson/lesson.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import { learnFrom } from "../../../measures/learning/learn.ts";
import { renderLearned, sayLearned } from "../../../wording/lessons/say-learned.ts";
import { renderLessonWork } from "../../../wording/lessons/work-issue.ts";
import {
  renderLessonCommit,
  renderLessonPullRequest,
} from "../../../wording/pull-request/lesson.ts";
import { repositoryUrl, type View } from "../../observed/issue-view.ts";
import { type LessonsSeen, lessonsAtHead } from "../../observed/learning/lessons.ts";
import type { Decision, Wants } from "../../observed/situation.ts";
import { conclude, stayQuiet } from "../../outcome/conclude.ts";
import { branchOfDraft, draftsOf } from "../../outcome/lessons/drafts.ts";
import { refuseExposed } from "../../vetoes/exposed-workflows.ts";
import { refuseAndon, refuseCaller } from "../../vetoes/preconditions.ts";
import { readLedgers } from "../operational-review/read-ledgers.ts";

/**
 * Proposes a lesson for each repeated mistake of the last weeks, each in its own pull request that a person merges. Withdraws
 * lessons that did not help. An existing branch means that the lesson was proposed before, whatever became of it.
 */
export function decideLearn(view: View): Decision | Wants {
  const refusal =
    view.configRefusal ?? refuseCaller(view) ?? refuseAndon(view) ?? refuseExposed(view);
  if (refusal !== undefined) return stayQuiet(view, [refusal]);
  const seen = lessonsAtHead(view);
  if ("wants" in seen) return seen;
  if ("unknown" in seen) return stayQuiet(view, [notRead("the files", seen.unknown)]);
  if (seen.known.refusals.length > 0) return stayQuiet(view, seen.known.refusals);
  const gathered = readLedgers(view);
  if ("unknown" in gathered) return stayQuiet(view, [notRead("the ledgers", gathered.unknown)]);
  const learned = learnFrom(gathered.known.history, seen.known.lessons, view.now);
  const { drafts, left } = draftsOf(learned, {
    ...seen.known,
    guideBytes: view.config.learning.guideBytes,
    guideIsProposed: isGuideProposed(view),
  });
  const said = renderLearned(sayLearned({ drafts, left, checks: learned.checks }));
  const decision = propose(view, seen.known, drafts);
  return { ...decision, summary: `${decision.summary}\n${said.join("\n")}\n` };
}

function notRead(subject: string, found: string): Refusal {
  return { code: "state-unknown", subject, found };
}

function isGuideProposed({ snapshot }: View): boolean {
  return snapshot.pullRequests.some(
    ({ state, head }) => state === "open" && head.branch.startsWith(GUIDE_BRANCH),
  );
}

function propose(view: View, seen: LessonsSeen, drafts: readonly Draft[]): Decision {
  const steps = drafts.map((draft) => stepsOf(view, seen, draft));
  const refusals = steps.flatMap((one) => ("refusal" in one ? [one.refusal] : []));
  const effects = steps.flatMap((one) => ("effects" in one ? one.effects : []));
  const headline = effects.length === 0 ? "nothing-learned" : "lessons-proposed";
  return conclude(view, { headline, effects, refusals });
}

type Steps = { readonly effects: readonly Effect[] } | { readonly refusal: Refusal };

/** The branch comes first: if it exists, somebody was asked before. */
function stepsOf(view: View, seen: LessonsSeen, draft: Draft): Steps {
  const branch = branchOfDraft(draft);
  const { head } = view.snapshot.repository;
  const claim: EffectOf<"claim-branch"> = {
    ...{ kind: "claim-branch", key: `claim/${branch}/${head}`, branch, sha: head },
  };
  const claimed = receiptOf(view.receipts, claim);
  // After a lost answer the branch is this run's own, because an earlier one would have been found.
  if (claimed?.outcome === "already" && claimed.unsure !== true) return { effects: [] };
  if (claimed === undefined || wasRefused(claimed)) return { effects: [claim] };
  const tree = treeWithTexts(seen.files, draft.files);
  if (tree === undefined) return { refusal: { code: "change-set-invalid", subject: branch } };
  return { effects: [claim, ...publicationOf(view, { draft, branch, tree })] };
}

function publicationOf(
  view: View,
  made: { readonly draft: Draft; readonly branch: string; readonly tree: string },
): readonly Effect[] {
  const { draft, branch, tree } = made;
  const { head, defaultBranch } = view.snapshot.repository;
  const repository = repositoryUrl(view);
  const runUrl = `${repository}/actions/runs/${view.input.run.id}`;
  const commit: EffectOf<"publish-commit"> = {
    ...{ kind: "publish-commit", key: `publish/${branch}/${tree}`, branch, expectedTree: tree },
    changeSet: {
      base: head,
      files: draft.files.map((file) => ({ ...file, mode: "100644", encoding: "utf-8" }) as const),
    },
    message: renderLessonCommit(draft),
  };
  const pullRequest: Effect = {
    ...{ kind: "open-pull-request", key: `pull-request/${branch}`, head: branch },
    base: defaultBranch,
    ...renderLessonPullRequest(draft, { repository, runUrl }),
  };
  const work: readonly Effect[] =
    draft.kind === "propose" && draft.asksForWork
      ? [
          {
            ...{ kind: "open-issue", key: `lesson/${draft.lesson.id}`, labels: [] },
            ...renderLessonWork(draft.lesson, repository),
          },
        ]
      : [];
  const receipt = receiptOf(view.receipts, commit);
  const goesOn = wasDone(receipt) || receipt === undefined;
  return goesOn ? [commit, pullRequest, ...work] : [commit];
}
