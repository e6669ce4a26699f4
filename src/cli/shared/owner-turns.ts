import { approvalShownIn, commandLine, versionWord } from "../../domain/command.ts";
import type { SealedEntry } from "../../domain/ledger.ts";
import type { Stage } from "../../domain/stage.ts";
import type { OwnerTurn } from "../../twin/model/script.ts";
import type { Twin } from "../../twin/shape.ts";
import { offerAsOwner, sayOnOffer } from "./owner-offers.ts";
import { pushAsOwner } from "./owner-push.ts";

/** A line that asks for the same thing again and again has to end. */
export const MOST_FAVOURS = 6;

/** What an obliging person does where no turn says anything: answers what the factory asks last, where yes is an answer. */
export function takeFavour(
  stage: Stage | "none",
  ledger: readonly SealedEntry[],
): OwnerTurn | undefined {
  if (stage === "proposed") return "approve";
  if (stage === "gating") return "merge";
  const last = ledger.at(-1)?.event;
  const asked = last?.kind === "refused" ? last.refusal.hint : undefined;
  if (stage !== "needs-human" || typeof asked !== "object" || asked.code !== "approve-risk") {
    return undefined;
  }
  return { command: commandLine("approve", ` ${versionWord(asked.digest)}`) };
}

const AT_GATING: readonly OwnerTurn[] = ["merge", "let-run", "ring"];

/** The next turn of the person, when the stage is one that waits for this kind of turn. */
export function takeTurn(stage: Stage | "none", turns: OwnerTurn[]): OwnerTurn | undefined {
  const next = turns[0];
  if (next === undefined) return undefined;
  const fits =
    (next === "approve" && stage === "proposed") ||
    (typeof next === "string" && AT_GATING.includes(next) && stage === "gating") ||
    (typeof next === "object" && "push" in next && stage === "gating") ||
    (typeof next === "object" && "review" in next && stage === "gating") ||
    (typeof next === "object" && "answer" in next && stage === "needs-info") ||
    (typeof next === "object" && "offer" in next && stage !== "done") ||
    (typeof next === "object" && "command" in next && fitsCommand(next, stage));
  return fits ? turns.shift() : undefined;
}

/** What is said on a pull request of the person's own waits for no stage of the issue. */
function fitsCommand({ on }: { readonly on?: string | undefined }, stage: Stage | "none") {
  return on !== undefined || stage !== "done";
}

/** A turn as the person would type or do it. */
export function sayTurn(turn: OwnerTurn): string {
  if (typeof turn === "object") {
    if ("review" in turn) return "asks for changes";
    if ("push" in turn) return `pushes to ${SIDES[turn.push.to]}`;
    if ("offer" in turn) return `opens a pull request: ${turn.offer.title}`;
    return "answer" in turn ? turn.answer : turn.command;
  }
  return TURNS[turn];
}

const TURNS = {
  approve: "/factory approve",
  merge: "merges the pull request",
  "let-run": "lets CI run on the pull request",
  ring: "starts the workflow for the issue",
} as const;

const SIDES = {
  "default-branch": "the default branch",
  "pull-request": "the branch of the pull request",
} as const;

/** Does a turn through the API, and says what it was for the list of human actions. */
export async function takeAction(action: {
  readonly twin: Twin;
  readonly repository: string;
  readonly prefix: string;
  readonly issue: number;
  readonly turn: OwnerTurn;
}): Promise<string> {
  const { twin, repository, prefix, issue, turn } = action;
  const comment = (body: string) =>
    twin.request("POST", `/repos/${repository}/issues/${issue}/comments`, { body });
  if (turn === "approve") {
    const comments = (await twin.request(
      "GET",
      `/repos/${repository}/issues/${issue}/comments`,
    )) as readonly { readonly body: string }[];
    await comment(approvalShownIn(comments.map(({ body }) => body)));
    return "approved contract";
  }
  if (turn === "merge") {
    await twin.request("PUT", `${await openPullOf(action)}/merge`, {});
    return "merged pull request";
  }
  if (turn === "ring") {
    const path = `/repos/${repository}/actions/workflows/factory.yml/dispatches`;
    const { branch } = await sidesOf(action, "default-branch");
    await twin.request("POST", path, { ref: branch, inputs: { issue: `${issue}` } });
    return "started the workflow";
  }
  if (turn === "let-run") {
    await letRun(action);
    return "let CI run";
  }
  if ("push" in turn) {
    const place = await sidesOf(action, turn.push.to);
    await pushAsOwner(place, turn.push);
    return `pushed to ${SIDES[turn.push.to]}`;
  }
  if ("offer" in turn) {
    await offerAsOwner({ twin, repository }, turn.offer);
    return "opened a pull request";
  }
  if ("review" in turn) {
    const review = { event: "REQUEST_CHANGES", ...turn.review };
    await twin.request("POST", `${await openPullOf(action)}/reviews`, review);
    return "requested changes";
  }
  if ("answer" in turn) {
    await comment(turn.answer);
    await twin.request("POST", `/repos/${repository}/issues/${issue}/labels`, {
      labels: [`${prefix}queued`],
    });
    return "answered questions";
  }
  const { command, on } = turn;
  if (on !== undefined) {
    await sayOnOffer({ twin, repository }, { on, command });
    return `commanded ${command} on ${on}`;
  }
  await comment(command);
  return `commanded ${turn.command}`;
}

/** The branch of the pull request, or the one that it goes to. */
async function sidesOf(place: Place, side: keyof typeof SIDES) {
  const { twin, repository } = place;
  const pull = (await twin.request("GET", await openPullOf(place))) as Record<
    "head" | "base",
    { readonly ref: string }
  >;
  const branch = side === "pull-request" ? pull.head.ref : pull.base.ref;
  return { twin, repository, branch };
}

interface Place {
  readonly twin: Twin;
  readonly repository: string;
  readonly issue: number;
}

/** Presses the button of each run that waits on the head of the pull request. */
async function letRun(place: Place): Promise<void> {
  const { twin, repository } = place;
  const pull = (await twin.request("GET", await openPullOf(place))) as {
    readonly head: { readonly sha: string };
  };
  const runs = `/repos/${repository}/actions/runs`;
  const waiting = `${runs}?head_sha=${pull.head.sha}&status=action_required`;
  const listed = (await twin.request("GET", waiting)) as {
    readonly workflow_runs: readonly { readonly id: number }[];
  };
  for (const { id } of listed.workflow_runs) {
    await twin.request("POST", `${runs}/${id}/approve`, {});
  }
}

/** Address of the open pull request of an issue. */
async function openPullOf(place: Place): Promise<string> {
  const { twin, repository, issue } = place;
  const pulls = (await twin.request("GET", `/repos/${repository}/pulls?state=open`)) as readonly {
    readonly number: number;
    readonly head: { readonly ref: string };
  }[];
  const pull = pulls.find(({ head }) => head.ref.startsWith(`factory/${issue}-`));
  if (pull === undefined) throw new Error(`there is no open pull request of issue ${issue}`);
  return `/repos/${repository}/pulls/${pull.number}`;
}
