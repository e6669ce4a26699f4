import { isAlias, isScalar, parseDocument, visit } from "yaml";
import {
  outcomeOf,
  type ProofOutcome,
  type PullRequestProof,
} from "../../domain/evidence/change-proof.ts";
import type { Effect, EffectOf } from "../../domain/github/effect.ts";
import type { PullRequestState } from "../../domain/github/snapshot.ts";
import type { Refusal } from "../../domain/refusal.ts";
import {
  annotationsOf,
  PROOF_MARKER,
  renderProof,
  sayUntrusted,
  titleOfProof,
} from "../../wording/proof/comment.ts";
import type { Trigger } from "../observed/event.ts";
import { type FileAt, fileAt, unread } from "../observed/files.ts";
import { repositoryUrl, type View } from "../observed/issue-view.ts";
import { listedPull } from "../observed/listed-pull.ts";
import { readProof } from "../observed/proof.ts";
import type { Decision, Wants } from "../observed/situation.ts";
import { conclude, stayQuiet } from "../outcome/conclude.ts";

type Ran = Extract<Trigger, { kind: "ran" }>;
type CheckRun = EffectOf<"write-check-run">;

const CONCLUSIONS: Readonly<Record<ProofOutcome, CheckRun["conclusion"]>> = {
  proven: "success",
  unproven: "neutral",
  broken: "failure",
  "not-measured": "neutral",
};

/**
 * Shows the proof of a pull request from another run: one comment, edited in place, and one check run. If the pull request comes
 * from a fork, that run is untrusted. So GitHub names the commit, the proof has to be about that commit, and it is shown only if
 * the workflow that made it is the same as on the default branch. Otherwise the change could have written its own proof.
 */
export function decideProveReport(view: View): Decision | Wants {
  const ran = view.trigger?.kind === "ran" ? view.trigger : undefined;
  if (ran === undefined) return stayQuiet(view, [view.triggerRefusal ?? NOT_RUN]);
  const reading = readProof(view.input);
  if ("refusal" in reading) return stayQuiet(view, [reading.refusal]);
  const { proven } = reading;
  const pullRequest = listedPull(view.snapshot, proven.pullRequest);
  const refusal = refuseProof(view, { ran, proven, pullRequest });
  if (refusal !== undefined) return stayQuiet(view, [refusal]);
  const ends = workflowAt(view, ran);
  const wants = unread(view.files, ends);
  if (wants.length > 0) return { wants };
  const effects = isOurs(view, ends) ? shown(view, ran, proven) : [withheld(ran)];
  return conclude(view, { headline: "proof-written", effects });
}

const NOT_RUN: Refusal = {
  code: "event-not-understood",
  subject: "a proof",
  accepted: "workflow_run, after a run on a pull request that ended well",
};

function refuseProof(
  view: View,
  about: {
    readonly ran: Ran;
    readonly proven: PullRequestProof;
    readonly pullRequest: PullRequestState | undefined;
  },
): Refusal | undefined {
  const { ran, proven, pullRequest } = about;
  const invalid = (found: string, accepted: string): Refusal => ({
    ...{ code: "artifact-invalid", subject: "the proof", found, accepted },
  });
  const { name } = view.snapshot.repository;
  if (proven.repository.toLowerCase() !== name.toLowerCase()) {
    return invalid(`it is about ${proven.repository}`, name);
  }
  if (proven.proof.head !== ran.head) {
    return invalid(
      `it is about the commit ${proven.proof.head}`,
      `${ran.head}, the head of that run`,
    );
  }
  if (proven.proof.outcome !== outcomeOf(proven.proof)) {
    return invalid(`it says ${proven.proof.outcome}`, outcomeOf(proven.proof));
  }
  const subject = `pull request ${proven.pullRequest}`;
  if (pullRequest === undefined || pullRequest.state !== "open") {
    return {
      code: "event-not-understood",
      subject,
      found: "it is not open",
      accepted: "an open one",
    };
  }
  // New commits start a run of their own, which proves them.
  if (pullRequest.head.sha === ran.head) return undefined;
  const found = `its head is ${pullRequest.head.sha}`;
  return { code: "base-moved", subject, found, accepted: ran.head };
}

/** The workflow that ran: on the default branch, and at the proven commit. */
function workflowAt(view: View, { head, path }: Ran): readonly [FileAt, FileAt] {
  return [
    { commit: view.snapshot.repository.head, path },
    { commit: head, path },
  ];
}

function isOurs(view: View, ends: readonly [FileAt, FileAt]): boolean {
  const [here, there] = ends.map((file) => {
    const state = fileAt(view.files, file);
    return state !== undefined && "known" in state ? state.known : null;
  });
  if (here === undefined || here === null || there === undefined || there === null) return false;
  if (!Buffer.from(here).equals(there)) return false;
  return callsOnlyAbroad(new TextDecoder().decode(here));
}

/** Whether every action and workflow that it uses is pinned outside this repository, where no pull request writes. */
function callsOnlyAbroad(text: string): boolean {
  let used = 0;
  let near = 0;
  visit(parseDocument(text), {
    Pair: (_, { key, value }) => {
      if (!isScalar(key) || key.value !== "uses") return;
      used += 1;
      const reference = isScalar(value) && !isAlias(value) ? String(value.value) : "./";
      if (/^(?:\.|\$)/.test(reference)) near += 1;
    },
  });
  return used > 0 && near === 0;
}

function shown(view: View, ran: Ran, proven: PullRequestProof): readonly Effect[] {
  const runUrl = `${repositoryUrl(view)}/actions/runs/${ran.run}`;
  const body = renderProof(proven, runUrl);
  const { proof, pullRequest } = proven;
  const annotations = annotationsOf(proof);
  return [
    {
      kind: "write-comment",
      key: `proof/${pullRequest}/${ran.head}`,
      issue: pullRequest,
      marker: PROOF_MARKER,
      body,
      comment: null,
    },
    {
      ...checkRun(ran, CONCLUSIONS[proof.outcome]),
      title: titleOfProof(proof),
      summary: body,
      ...(annotations.length === 0 ? {} : { annotations }),
    },
  ];
}

function checkRun({ head }: Ran, conclusion: CheckRun["conclusion"]) {
  const key = `proof-check/${head}`;
  return { kind: "write-check-run", key, name: "factory/prove", sha: head, conclusion } as const;
}

/** A comment would replace an earlier proof that was believed. The check run belongs to this commit alone. */
function withheld(ran: Ran): Effect {
  const { title, body } = sayUntrusted(ran.path);
  return { ...checkRun(ran, "neutral"), title, summary: body };
}
