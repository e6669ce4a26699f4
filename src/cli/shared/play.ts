import { stagesOf } from "../../domain/label.ts";
import type { Stage } from "../../domain/stage.ts";
import type { OwnerTurn } from "../../twin/model/script.ts";
import type { Twin } from "../../twin/twin.ts";

/** What was played on the twin, as facts that the API answers. */
export interface Played {
  readonly issue: number;
  readonly stage: Stage | "none";
  readonly state: string;
  readonly labels: readonly string[];
  /** What a person did, in order. */
  readonly humanActions: readonly string[];
  /** How many of the twin's requests had been answered when the issue came to rest. */
  readonly requestCount: number;
}

export interface PlayOptions {
  readonly twin: Twin;
  readonly repository: string;
  readonly prefix: string;
  readonly issue: { readonly title: string; readonly body: string };
  /** What the person does each time the factory waits for one. */
  readonly ownerTurns: readonly OwnerTurn[];
  /** Whether the person also approves and merges where no turn says so. */
  readonly obliging?: boolean;
  readonly onStage: (stage: Stage | "none", waitsFor: string | undefined) => void;
  readonly signal: AbortSignal;
}

interface IssueAnswer {
  readonly number: number;
  readonly state: string;
  readonly labels: readonly { readonly name: string }[];
}

/** Opens and labels an issue, then plays the person until the issue rests at a stage at which the script says nothing more. */
export async function playIssue(options: PlayOptions): Promise<Played> {
  const { twin, repository, prefix } = options;
  const { number } = (await twin.request(
    "POST",
    `/repos/${repository}/issues`,
    options.issue,
  )) as IssueAnswer;
  await twin.request("POST", `/repos/${repository}/issues/${number}/labels`, {
    labels: [`${prefix}queued`],
  });
  const humanActions: string[] = [];
  const turns = [...options.ownerTurns];
  let favours = options.obliging === true ? MOST_FAVOURS : 0;
  for (;;) {
    await twin.runner.idle();
    options.signal.throwIfAborted();
    const issue = (await twin.request(
      "GET",
      `/repos/${repository}/issues/${number}`,
    )) as IssueAnswer;
    const labels = issue.labels.map(({ name }) => name);
    const stage = stagesOf(prefix, labels)[0] ?? "none";
    const scripted = takeTurn(stage, turns);
    const turn = scripted ?? (favours > 0 ? WITHOUT_BEING_TOLD[stage] : undefined);
    if (scripted === undefined) favours -= 1;
    options.onStage(stage, turn === undefined ? undefined : sayTurn(turn));
    if (turn === undefined) {
      const requestCount = twin.github.requests().length;
      return { issue: number, stage, state: issue.state, labels, humanActions, requestCount };
    }
    humanActions.push(await takeAction({ twin, repository, prefix, issue: number, turn }));
  }
}

/** A line that asks for the same thing again and again has to end. */
const MOST_FAVOURS = 6;

const WITHOUT_BEING_TOLD: Readonly<Partial<Record<Stage | "none", OwnerTurn>>> = {
  proposed: "approve",
  gating: "merge",
};

/** The next turn of the person, when the stage is one that waits for this kind of turn. */
function takeTurn(stage: Stage | "none", turns: OwnerTurn[]): OwnerTurn | undefined {
  const next = turns[0];
  if (next === undefined) return undefined;
  const fits =
    (next === "approve" && stage === "proposed") ||
    (next === "merge" && stage === "gating") ||
    (typeof next === "object" && "answer" in next && stage === "needs-info") ||
    (typeof next === "object" && "command" in next && stage !== "done");
  return fits ? turns.shift() : undefined;
}

function sayTurn(turn: OwnerTurn): string {
  if (typeof turn === "object") return "answer" in turn ? turn.answer : turn.command;
  return turn === "approve" ? "/factory approve" : "merges the pull request";
}

async function takeAction(action: {
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
    await comment("/factory approve");
    return "approved contract";
  }
  if (turn === "merge") {
    const pulls = (await twin.request("GET", `/repos/${repository}/pulls?state=open`)) as readonly {
      readonly number: number;
      readonly head: { readonly ref: string };
    }[];
    const pull = pulls.find(({ head }) => head.ref.startsWith(`factory/${issue}-`));
    if (pull === undefined)
      throw new Error(`there is no open pull request of issue ${issue} to merge`);
    await twin.request("PUT", `/repos/${repository}/pulls/${pull.number}/merge`, {});
    return "merged pull request";
  }
  if ("answer" in turn) {
    await comment(turn.answer);
    await twin.request("POST", `/repos/${repository}/issues/${issue}/labels`, {
      labels: [`${prefix}queued`],
    });
    return "answered questions";
  }
  await comment(turn.command);
  return `commanded ${turn.command}`;
}
