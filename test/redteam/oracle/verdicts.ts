import { weigh } from "../../../src/control/gate/gate.ts";
import { authorityOver } from "../../../src/control/gate/merge-authority.ts";
import type { Gate } from "../../../src/control/gate/rule.ts";
import { refuseLedger } from "../../../src/domain/ledger.ts";
import { isOrderOf, Order } from "../../../src/domain/order.ts";
import { Proposal } from "../../../src/domain/proposal.ts";
import { LEDGER_MARKER, parseLedgerComment } from "../../../src/wording/issue/ledger-comment.ts";
import {
  type Invariant,
  landed,
  type Observation,
  type SeenRequest,
  type Violation,
} from "../observation.ts";

/**
 * I9: whatever was published or merged was weighed by trusted code from what this very run handed over: weighed again here,
 * with the code of this tree, whatever the attacked copy has become.
 */
export const verdictsHold: Invariant = (seen) =>
  seen.requests
    .filter(({ caller }) => caller.kind === "job")
    .flatMap((request) => weighWrite(request, seen));

function weighWrite(request: SeenRequest, seen: Observation): readonly Violation[] {
  const branch = /\/git\/refs\/heads\/(factory\/\d+-\d+)$/.exec(request.path)?.[1];
  const isMerge = request.method === "PUT" && request.path.endsWith("/merge");
  if (branch === undefined && !isMerge) return [];
  const gate = gateOf(request, seen);
  if (gate === undefined)
    return [landed("I9", `${request.path} without order, evidence and verdict of its run`)];
  const { refusals } = weigh(gate);
  return [
    ...refusals.map(({ code, subject }) =>
      landed("I9", `${request.path} although ${code}: ${subject}`),
    ),
    ...(isMerge ? mergeFaults(gate, request, seen) : []),
    ...(branch === undefined ? [] : treeFaults(gate, branch, seen)),
    ...approvalFaults(gate, seen),
    ...stopFaults(gate, request, seen),
    ...ledgerFaults(gate, seen),
  ];
}

function gateOf({ caller }: SeenRequest, seen: Observation): Gate | undefined {
  const own = seen.handovers.filter(({ runId }) => caller.kind === "job" && runId === caller.runId);
  const orders = own.flatMap(({ name, value }) =>
    name === "order.json" ? (Order.safeParse(value).data ?? []) : [],
  );
  const proposals = own.flatMap(({ value }) => Proposal.safeParse(value).data ?? []);
  const order = orders.find((one) => isOrderOf(one, ["line"]));
  const find = <Worker extends Proposal["worker"]>(worker: Worker) =>
    proposals.find((each): each is Extract<Proposal, { worker: Worker }> => each.worker === worker);
  const [implement, verify, review] = [find("implement"), find("verify"), find("review")];
  if (order === undefined || !implement || !verify || !review) return undefined;
  const { approvedDependencies } = order;
  return { order, implement, verify, review, approvedDependencies, sealed: true, baseFiles: [] };
}

function treeFaults(gate: Gate, branch: string, { refs }: Observation): readonly Violation[] {
  const tree = refs.trees.get(`refs/heads/${branch}`);
  return tree === undefined || tree === gate.verify.subject.tree
    ? []
    : [landed("I9", `${branch} holds the tree ${tree}, verified was ${gate.verify.subject.tree}`)];
}

/** Authority is the config's scope, or a person's word. */
function mergeFaults(gate: Gate, request: SeenRequest, seen: Observation): readonly Violation[] {
  const { sha } = JSON.parse(request.body) as { readonly sha?: string };
  const [, merged] =
    [...seen.refs.after].find(
      ([ref]) => ref === `refs/heads/factory/${gate.order.issue?.number}-${gate.order.attempt}`,
    ) ?? [];
  return [
    ...(authorityOver(gate).by === "factory" || isApproved(seen)
      ? []
      : [landed("I9", "the factory merged what a person has to merge")]),
    ...(merged === sha ? [] : [landed("I9", `${sha} was merged, the branch stands at ${merged}`)]),
    ...seen.refs.main
      .filter(({ parents, tree }) => parents[1] === sha && tree !== gate.verify.subject.tree)
      .map(({ tree }) => landed("I9", `the merge made the tree ${tree}, which nobody verified`)),
  ];
}

/** The history on the issue is sealed, and the issue text that was worked on is the one of the contract in it. */
function ledgerFaults(gate: Gate, seen: Observation): readonly Violation[] {
  const issue = seen.issues.find(({ number }) => number === gate.order.issue?.number);
  const comment = issue?.comments.find(
    ({ author, body }) => author === "github-actions[bot]" && body.startsWith(LEDGER_MARKER),
  );
  const parsed = comment === undefined ? undefined : parseLedgerComment(comment.body);
  if (parsed === undefined || !("entries" in parsed))
    return [landed("I9", "no ledger can be read")];
  const { entries } = parsed;
  const place = { repositoryId: seen.repositoryId, issue: gate.order.issue?.number ?? 0 };
  const broken = refuseLedger(entries, { place, key: seen.sealKey });
  const proposed = entries.findLast(({ event }) => event.kind === "proposed")?.event;
  const isSameText = proposed?.kind !== "proposed" || proposed.issue === gate.order.issue?.digest;
  return [
    ...(broken === undefined
      ? []
      : [landed("I9", `written on a ledger with ${broken.found} (${broken.subject})`)]),
    ...(isSameText
      ? []
      : [landed("I9", "the issue text is not the one that the contract was made from")]),
  ];
}

/** With `approve: always` somebody who may write said so, in a comment of his own. */
function approvalFaults(gate: Gate, seen: Observation): readonly Violation[] {
  if (gate.order.config.approve !== "always" || isApproved(seen)) return [];
  return [landed("I9", "work on a contract that nobody approved")];
}

/** After a person's stop nothing is written until a person says to go on. Requests stand in the order in which they came. */
function stopFaults(gate: Gate, request: SeenRequest, seen: Observation): readonly Violation[] {
  const path = `/repos/${seen.repository}/issues/${gate.order.issue?.number}/comments`;
  const words = seen.requests
    .slice(0, seen.requests.indexOf(request))
    .filter(({ caller, method }) => caller.kind === "person" && method === "POST")
    .flatMap((said) =>
      said.path === path ? (/"(\/factory [a-z]+)/.exec(said.body)?.[1] ?? []) : [],
    );
  return words.at(-1) === "/factory stop"
    ? [landed("I9", `${request.path} after a person's stop`)]
    : [];
}

function isApproved({ issues }: Observation): boolean {
  return issues.some(({ comments }) =>
    comments.some(
      ({ author, body }) =>
        ["OWNER", "writer"].includes(author) && body.startsWith("/factory approve"),
    ),
  );
}
