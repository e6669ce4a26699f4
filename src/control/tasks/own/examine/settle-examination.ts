import type { Effect } from "../../../../domain/github/effect.ts";
import type { Examined } from "../../../../domain/github/owned-pull-request.ts";
import type { LineOrder } from "../../../../domain/order.ts";
import type { ProposalOf } from "../../../../domain/proposal.ts";
import type { Refusal } from "../../../../domain/refusal.ts";
import { askAt } from "../../../../wording/issue/asks.ts";
import {
  examinationMarker,
  renderExamination,
  titleOfExamination,
} from "../../../../wording/pull-request/examination.ts";
import { refuseFailed, refuseOtherBytes, refuseUnrun } from "../../../gate/evidence-rules.ts";
import type { Checked } from "../../../gate/rule.ts";
import { recordableRefusal } from "../../../guard/withhold.ts";
import { type OnIssue, repositoryUrl } from "../../../observed/issue-view.ts";
import { type Reading, readProposal, spentBy } from "../../../observed/proposals.ts";
import type { Decision } from "../../../observed/situation.ts";
import { conclude } from "../../../outcome/conclude.ts";
import { mendLabels } from "../../../outcome/labels.ts";
import { ledgerEffect, type NewEntry } from "../../../outcome/ledger-entry.ts";

/**
 * Reports the examination of a pull request's head: one comment on it, and a check that blocks nothing. Writes no branch
 * and changes no stage. The ledger records who asked and the cost.
 */
export function settleExamination(
  view: OnIssue,
  order: LineOrder & { readonly examines: Examined },
): Decision {
  const { examines } = order;
  const readings = {
    implement: readProposal(view, { worker: "implement", order }),
    verify: readProposal(view, { worker: "verify", order }),
    ...(examines.asks === "review" && {
      review: readProposal(view, { worker: "review", order }),
    }),
  };
  const { verify, review } = readings;
  const seen = proposalIn(verify);
  const verdict = review === undefined ? undefined : proposalIn(review)?.verdict;
  const files = proposalIn(readings.implement)?.changeSet.files ?? [];
  const paths = files.map(({ path }) => path);
  const readingsOfIt = [verify, ...(review === undefined ? [] : [review])];
  const refusals = refusalsIn(order, readingsOfIt, { verify: seen, paths });
  const spent = spentBy(view, { ...readings }, order);
  const text = {
    head: examines.head,
    base: order.base,
    contract: order.contract,
    evidence: seen?.evidence ?? [],
    verdict,
    refusals,
    usage: spent.usage,
    runUrl: `${repositoryUrl(view)}/actions/runs/${view.input.run.id}`,
  };
  const effects = [...shown(examines, text), ...recorded(view, { order, spent })];
  return conclude(view, { headline: "examination-written", effects, refusals });
}

function proposalIn<Worker extends "implement" | "verify" | "review">(
  reading: Reading<Worker>,
): ProposalOf<Worker> | undefined {
  return reading.kind === "proposal" ? reading.proposal : undefined;
}

/** Why it does not hold: failures of the worker, and evidence that the gate would refuse. */
function refusalsIn(
  order: LineOrder,
  readings: readonly (Reading<"verify"> | Reading<"review">)[],
  seen: { readonly verify: ProposalOf<"verify"> | undefined; readonly paths: readonly string[] },
): readonly Refusal[] {
  const missing = readings.flatMap((one) => (one.kind === "proposal" ? [] : [one.refusal]));
  const { verify, paths } = seen;
  const rules = [refuseOtherBytes, (checked: Checked) => refuseUnrun(checked, paths), refuseFailed];
  const unmet = verify === undefined ? [] : rules.flatMap((rule) => rule({ order, verify }) ?? []);
  return [...missing, ...unmet].map(recordableRefusal);
}

function shown(
  { pullRequest, head, asks }: Examined,
  text: Parameters<typeof renderExamination>[0],
): readonly Effect[] {
  const body = renderExamination(text);
  const marker = examinationMarker(head);
  return [
    {
      kind: "write-comment",
      key: `examination/${pullRequest}/${head}`,
      issue: pullRequest,
      marker,
      body,
      comment: null,
    },
    {
      kind: "write-check-run",
      key: `examination-check/${head}`,
      name: `factory/${asks}`,
      sha: head,
      conclusion: "neutral",
      title: titleOfExamination(text),
      summary: body,
    },
  ];
}

/** Recorded at the issue's current stage, because an examination moves nothing. */
function recorded(
  view: OnIssue,
  {
    order,
    spent,
  }: {
    readonly order: LineOrder & { readonly examines: Examined };
    readonly spent: Pick<NewEntry, "usage" | "durationMs">;
  },
): readonly Effect[] {
  const { stage, ledger } = view;
  if (stage === "new" || ledger.refusal !== undefined) return [];
  const { asks, comment } = order.examines;
  const entry: NewEntry = {
    stage,
    by: "person",
    event: { kind: "commanded", by: order.actor.id, command: asks, comment },
    ...spent,
  };
  const ask = askAt(stage, ledger.entries);
  return [
    ledgerEffect(view, { entries: [entry], ...(ask === undefined ? {} : { ask }) }),
    ...mendLabels(view),
  ];
}
