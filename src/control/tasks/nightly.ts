import type { Effect, EffectOf } from "../../domain/github/effect.ts";
import { receiptOf, wasDone, wasRefused } from "../../domain/github/receipt.ts";
import type { OpenIssue, Part } from "../../domain/github/snapshot.ts";
import type { NightlyOrder } from "../../domain/order.ts";
import type { ProposalOf } from "../../domain/proposal.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { suspicionRefusal } from "../../domain/secrets/refusals.ts";
import { suspect } from "../../domain/secrets/scan.ts";
import { cut } from "../../domain/text/cut.ts";
import { renderGap } from "../../wording/issue/quality-gap.ts";
import {
  renderQualityCommit,
  renderQualityPullRequest,
} from "../../wording/pull-request/quality-pull-request.ts";
import { readAndons } from "../observed/andon.ts";
import { readRecord } from "../observed/audit/record.ts";
import { repositoryUrl, type View } from "../observed/issue-view.ts";
import { readProposal } from "../observed/proposals.ts";
import { refusalOfReceipt } from "../observed/receipts.ts";
import type { Decision } from "../observed/situation.ts";
import { conclude, stayQuiet } from "../outcome/conclude.ts";
import { commonOrder, ownActor, readOrder } from "../outcome/orders.ts";
import { refuseExposed } from "../vetoes/exposed-workflows.ts";
import { refuseAndon, refuseCaller } from "../vetoes/preconditions.ts";

const BRANCH = "factory/quality-";
const FILE = "quality.md";

/** Pins the head and the open defects for the audit. Writes nothing. */
export function decideNightlyOpen(view: View): Decision {
  const refusal = view.configRefusal ?? refuseCaller(view) ?? refuseAndon(view) ?? refuseOpen(view);
  if (refusal !== undefined) return stayQuiet(view, [refusal]);
  const defects = defectsOf(view);
  if ("unknown" in defects) {
    const { unknown: found } = defects;
    return stayQuiet(view, [{ code: "state-unknown", subject: "the open issues", found }]);
  }
  const order: NightlyOrder = {
    ...commonOrder(view, "nightly", view.actor ?? ownActor(view)),
    audit: { openDefects: defects.known, record: boundedRecord(view) },
  };
  return conclude(view, { headline: "audit-next", effects: [], next: "nightly", order });
}

/** Without a record the audit continues. The figures that need it say why they are missing. */
function boundedRecord(view: View): NonNullable<NightlyOrder["audit"]["record"]> {
  const record = readRecord(view);
  return "known" in record ? record : { unknown: cut(record.unknown, 300) };
}

/** One proposal of quality.md at a time: a night adds nothing to a proposal that nobody has read. */
function refuseOpen({ snapshot }: View): Refusal | undefined {
  const open = snapshot.pullRequests.find(
    ({ state, head }) => state === "open" && head.branch.startsWith(BRANCH),
  );
  return open === undefined
    ? undefined
    : {
        code: "pull-request-open",
        subject: `pull request ${open.number}`,
        found: `it still proposes ${FILE}`,
        hint: "merge-or-close",
      };
}

/** Issues that count as defects: those with the label `bug`, and incidents of the factory. */
function defectsOf(view: View): Part<NightlyOrder["audit"]["openDefects"]> {
  const { openIssues } = view.snapshot;
  const andons = readAndons(view);
  if ("unknown" in openIssues) return openIssues;
  if ("unknown" in andons) return andons;
  const incidents = new Set(andons.known.standing.map(({ issue }) => issue));
  const isDefect = ({ number, labels }: OpenIssue) =>
    labels.some((label) => label.toLowerCase() === "bug") || incidents.has(number);
  const known = openIssues.known
    .filter(isDefect)
    .slice(0, 1_000)
    .map(({ number, title, labels }) => ({
      number,
      title: title.slice(0, 300),
      labels: [...labels],
    }));
  return { known };
}

/** Proposes the recomputed quality.md in a pull request of its own, then files findings below the bar. */
export function decideNightlySettle(view: View): Decision {
  const pinned = readOrder(view, "nightly");
  if ("refusal" in pinned) return stayQuiet(view, [pinned.refusal]);
  const refusal = refuseAndon(view) ?? refuseOpen(view) ?? refuseExposed(view);
  if (refusal !== undefined) return stayQuiet(view, [refusal]);
  const { order } = pinned;
  const reading = readProposal(view, { worker: "quality-audit", order });
  if (reading.kind !== "proposal") return stayQuiet(view, [reading.refusal]);
  const { markdown } = reading.proposal;
  const suspicion = suspect(markdown);
  if (suspicion !== undefined) return stayQuiet(view, [suspicionRefusal(suspicion, FILE)]);
  return proposeQuality(view, { order, audit: reading.proposal });
}

interface Audit {
  readonly order: NightlyOrder;
  readonly audit: ProposalOf<"quality-audit">;
}

function proposeQuality(view: View, night: Audit): Decision {
  const { order, audit } = night;
  const issues = gapEffects(view, night);
  const { head, headTree } = view.snapshot.repository;
  if (head === order.base && headTree === audit.tree) {
    return conclude(view, { headline: "quality-unchanged", effects: issues });
  }
  const branch = `${BRANCH}${order.at.slice(0, 10).replaceAll("-", "")}`;
  const claim: EffectOf<"claim-branch"> = {
    kind: "claim-branch",
    key: `claim/${branch}/${order.base}`,
    branch,
    sha: order.base,
  };
  const claimed = receiptOf(view.receipts, claim);
  // After a lost answer the branch is this night's own, because an earlier one would have been found.
  if (claimed?.outcome === "already" && claimed.unsure !== true) {
    const subject = `branch ${branch}`;
    const refusal: Refusal = { code: "claim-taken", subject, hint: "delete-the-branch" };
    return conclude(view, { headline: "quality-proposed-today", effects: [], refusals: [refusal] });
  }
  if (claimed === undefined) return conclude(view, { headline: "claim-open", effects: [claim] });
  if (wasRefused(claimed)) return stayQuiet(view, [refusalOfReceipt(claimed)]);
  const publication = publicationOf(view, { ...night, branch });
  const stopped = publication.map((effect) => receiptOf(view.receipts, effect)).find(wasRefused);
  return conclude(view, {
    headline: "quality-proposed",
    // Each step needs the one before. Findings are filed only beside a proposal that people can read.
    effects: stopped === undefined ? [claim, ...publication, ...issues] : [claim, ...publication],
  });
}

function publicationOf(view: View, night: Audit & { readonly branch: string }): readonly Effect[] {
  const { order, audit, branch } = night;
  const commit: EffectOf<"publish-commit"> = {
    kind: "publish-commit",
    key: `publish/${branch}/${audit.tree}`,
    branch,
    changeSet: {
      base: order.base,
      files: [{ path: FILE, mode: "100644", encoding: "utf-8", content: audit.markdown }],
    },
    expectedTree: audit.tree,
    message: renderQualityCommit(order.base),
  };
  const runUrl = `${repositoryUrl(view)}/actions/runs/${view.input.run.id}`;
  const pullRequest: Effect = {
    kind: "open-pull-request",
    key: `pull-request/${branch}`,
    head: branch,
    base: order.repository.defaultBranch,
    ...renderQualityPullRequest({ audited: order.base, runUrl }),
  };
  const receipt = receiptOf(view.receipts, commit);
  return wasDone(receipt) || receipt === undefined ? [commit, pullRequest] : [commit];
}

function gapEffects(view: View, { audit }: Audit): readonly Effect[] {
  return audit.report.gaps.map((gap) => ({
    kind: "open-issue",
    key: `gap/${view.input.run.id}/${gap.fingerprint}`,
    ...renderGap(gap),
    labels: [],
  }));
}
