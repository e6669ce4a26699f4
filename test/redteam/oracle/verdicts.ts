import {
  type Invariant,
  landed,
  type Observation,
  type SeenRequest,
  type Violation,
} from "../observation.ts";
import { type HandedOver, handedOverBy } from "./handed-over.ts";
import { faultsOf, faultsOfHighRisk, faultsOfOwnMerge, faultsOfUnasked } from "./own-gate.ts";
import { faultOfSeals, ledgerLinesOf } from "./own-ledger.ts";

/**
 * I9: whatever was published or merged has all that the threats ask for, in what this very run handed over. Nothing of the
 * code under test weighs here: neither the gate nor the reader of ledgers.
 */
export const verdictsHold: Invariant = (seen) =>
  seen.requests
    .filter(({ caller }) => caller.kind === "job")
    .flatMap((request) => weighWrite(request, seen));

function weighWrite(request: SeenRequest, seen: Observation): readonly Violation[] {
  const branch = /\/git\/refs\/heads\/(factory\/\d+-\d+)$/.exec(request.path)?.[1];
  const isMerge = request.method === "PUT" && request.path.endsWith("/merge");
  if (branch === undefined && !isMerge) return [];
  const handed = handedOverBy(request, seen);
  if (handed === undefined)
    return [landed("I9", `${request.path} without order, evidence and verdict of its run`)];
  return [
    ...faultsOf(handed).map((fault) => landed("I9", `${request.path} although ${fault}`)),
    ...(isMerge ? mergeFaults(handed, request, seen) : []),
    ...(branch === undefined ? [] : treeFaults(handed, branch, request, seen)),
    ...approvalFaults(handed, seen),
    ...versionFaults(handed, request, seen),
    ...riskFaults(handed, seen),
    ...stopFaults(handed, request, seen),
    ...ledgerFaults(handed, seen),
  ];
}

/** Where a person moved the branch too, it is asked what the factory committed; else what the branch holds. */
function treeFaults(
  { verify }: HandedOver,
  branch: string,
  request: SeenRequest,
  seen: Observation,
): readonly Violation[] {
  const ref = `refs/heads/${branch}`;
  const held = seen.refs.trees.get(ref);
  const standing = held === undefined ? [] : [held];
  const trees = seen.deeds.refs.includes(ref) ? treesCommittedBy(request, seen) : standing;
  return trees
    .filter((tree) => tree !== verify.subject.tree)
    .map((tree) =>
      landed("I9", `${branch} holds the tree ${tree}, verified was ${verify.subject.tree}`),
    );
}

function treesCommittedBy({ caller }: SeenRequest, seen: Observation): readonly string[] {
  return seen.requests
    .filter(
      (one) =>
        caller.kind === "job" &&
        one.caller.kind === "job" &&
        one.caller.jobId === caller.jobId &&
        one.method === "POST" &&
        one.path.endsWith("/git/commits"),
    )
    .map(({ body }) => String((parseBody(body) as { readonly tree?: unknown })?.tree));
}

/** Authority is the config's scope, or a person's word. */
function mergeFaults(
  handed: HandedOver,
  request: SeenRequest,
  seen: Observation,
): readonly Violation[] {
  const { order, verify } = handed;
  const { sha } = JSON.parse(request.body) as { readonly sha?: string };
  const merged = seen.refs.after.get(`refs/heads/factory/${order.issue.number}-${order.attempt}`);
  return [
    ...(wasAsked(seen) ? [] : [UNASKED]),
    ...(isApproved(seen) ? [] : faultsOfUnasked(handed)).map((why) =>
      landed("I9", `merged although nobody was asked before work began: ${why}`),
    ),
    ...(isApproved(seen) ? [] : faultsOfOwnMerge(handed)).map((why) =>
      landed("I9", `the factory merged what a person has to merge: ${why}`),
    ),
    ...(merged === sha ? [] : [landed("I9", `${sha} was merged, the branch stands at ${merged}`)]),
    ...seen.refs.main
      .filter(({ parents, tree }) => parents[1] === sha && tree !== verify.subject.tree)
      .map(({ tree }) => landed("I9", `the merge made the tree ${tree}, which nobody verified`)),
  ];
}

const UNASKED = landed("I9", "the factory merged what no person asked for or approved");

/** A person put the label on an issue, or said a command. Nothing that the factory wrote counts. */
function wasAsked({ requests }: Observation): boolean {
  return requests.some(
    ({ caller, method, body }) =>
      caller.kind === "person" && method !== "GET" && /factory:queued|\/factory /.test(body),
  );
}

/** The history on the issue is sealed, and the issue text that was worked on is the one of the contract in it. */
function ledgerFaults({ order }: HandedOver, seen: Observation): readonly Violation[] {
  const issue = seen.issues.find(({ number }) => number === order.issue.number);
  const lines = ledgerLinesOf(issue?.comments ?? []);
  if (lines === undefined || lines.length === 0) return [landed("I9", "no ledger can be read")];
  const place = { repositoryId: seen.repositoryId, issue: order.issue.number, key: seen.sealKey };
  const broken = faultOfSeals(lines, place);
  const proposed = lines.findLast(({ event }) => event.kind === "proposed")?.event;
  return [
    ...(broken === undefined ? [] : [landed("I9", `written on a ledger of which ${broken}`)]),
    ...(proposed === undefined || proposed.issue === order.issue.digest
      ? []
      : [landed("I9", "the issue text is not the one that the contract was made from")]),
  ];
}

/** With `approve: always` somebody who may write said so, in a comment of his own. */
function approvalFaults({ order }: HandedOver, seen: Observation): readonly Violation[] {
  if (order.config.approve !== "always" || isApproved(seen)) return [];
  return [landed("I9", "work on a contract that nobody approved")];
}

/**
 * Where a person read a contract of medium or low risk and the change turned out high, that person says yes a second time
 * before anything of it is published (threats GOV-02).
 */
function riskFaults(handed: HandedOver, seen: Observation): readonly Violation[] {
  const { order } = handed;
  const issue = seen.issues.find(({ number }) => number === order.issue.number);
  const shown = (issue?.comments ?? []).flatMap(
    ({ body }) =>
      (body.startsWith(CONTRACT_BEGINS)
        ? /predicted risk (low|medium|high)/.exec(body)?.[1]
        : []) ?? [],
  );
  const said = (issue?.comments ?? []).filter(isApproval).length;
  const isSilent = order.config.approve === "never" || said > 1 || shown.includes("high");
  return isSilent
    ? []
    : faultsOfHighRisk(handed).map((why) =>
        landed("I9", `published although nobody approved so much risk: ${why}`),
      );
}

const CONTRACT_BEGINS = "### Millwright · contract";

/**
 * What was approved is what was seen (threats EV-07): where the contract was written more than once before the approval, the
 * approval says the first letters of the one that was built. Requests stand in the order in which they came.
 */
function versionFaults(
  { order }: HandedOver,
  request: SeenRequest,
  seen: Observation,
): readonly Violation[] {
  const before = seen.requests.slice(0, seen.requests.indexOf(request));
  const said = (one: SeenRequest) => (parseBody(one.body) as { body?: string })?.body ?? "";
  const asked = `/repos/${seen.repository}/issues/${order.issue.number}/comments`;
  const at = before.findLastIndex(
    (one) =>
      one.caller.kind === "person" &&
      ["OWNER", "writer"].includes(one.caller.login) &&
      one.path === asked &&
      said(one).startsWith("/factory approve"),
  );
  const approval = before[at];
  if (approval === undefined) return [];
  const shown = before
    .slice(0, at)
    .filter((one) => one.caller.kind === "job" && said(one).startsWith(CONTRACT_BEGINS))
    .map((one) => contractIn(said(one)));
  const word = said(approval).split(/\s+/)[2] ?? "";
  const fits = word.length >= 7 && order.contractDigest.startsWith(word);
  return new Set(shown).size > 1 && !fits
    ? [landed("I9", `${request.path} on an approval of another version than the last that stood`)]
    : [];
}

/** Its words between the two rules: head and foot say stage and version, and are written again with each step. */
function contractIn(body: string): string {
  return body.slice(body.indexOf("\n---\n"), body.lastIndexOf("\n---\n"));
}

function parseBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** After a person's stop nothing is written until a person says to go on. Requests stand in the order in which they came. */
function stopFaults(
  { order }: HandedOver,
  request: SeenRequest,
  seen: Observation,
): readonly Violation[] {
  const path = `/repos/${seen.repository}/issues/${order.issue.number}/comments`;
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
  return issues.some(({ comments }) => comments.some(isApproval));
}

function isApproval({ author, body }: { readonly author: string; readonly body: string }): boolean {
  return ["OWNER", "writer"].includes(author) && body.startsWith("/factory approve");
}
