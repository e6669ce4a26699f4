import { stagesOf } from "../../domain/label.ts";
import type { Stage } from "../../domain/stage.ts";
import type { OwnerTurn } from "../../twin/model/script.ts";
import type { Twin } from "../../twin/shape.ts";
import { MOST_FAVOURS, sayTurn, takeAction, takeFavour, takeTurn } from "./owner-turns.ts";
import { readLedger } from "./read-ledger.ts";

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
  /** To be opened, or the number of one that is open. */
  readonly issue: { readonly title: string; readonly body: string } | { readonly number: number };
  /** What the person does each time the factory waits for one. */
  readonly ownerTurns: readonly OwnerTurn[];
  /** Whether the person also approves and merges where no turn says so. */
  readonly obliging?: boolean;
  /** Asked where it rests and no turn is left: does something in the world once more and says what, or nothing. */
  readonly onRest?: () => Promise<string | undefined>;
  readonly onStage: (stage: Stage | "none", waitsFor: string | undefined) => void;
  readonly signal: AbortSignal;
}

interface IssueAnswer {
  readonly number: number;
  readonly state: string;
  readonly labels: readonly { readonly name: string }[];
}

type Comments = readonly { readonly id: number; readonly body: string }[];

async function openIssue({ twin, repository, issue }: PlayOptions): Promise<number> {
  if ("number" in issue) return issue.number;
  const opened = await twin.request("POST", `/repos/${repository}/issues`, issue);
  return (opened as IssueAnswer).number;
}

async function lookAt({ twin, repository, prefix }: PlayOptions, number: number) {
  const path = `/repos/${repository}/issues/${number}`;
  const issue = (await twin.request("GET", path)) as IssueAnswer;
  const labels = issue.labels.map(({ name }) => name);
  return { path, issue, labels, stage: stagesOf(prefix, labels)[0] ?? "none" } as const;
}

/** The person: takes the turns of the script, then, where obliging, does what the factory asks for. */
function createOwner({ twin, ownerTurns, obliging }: PlayOptions) {
  const turns = [...ownerTurns];
  let favours = obliging === true ? MOST_FAVOURS : 0;
  return async (stage: Stage | "none", path: string): Promise<OwnerTurn | undefined> => {
    const scripted = takeTurn(stage, turns);
    if (scripted !== undefined) return scripted;
    favours -= 1;
    if (favours < 0) return undefined;
    const comments = await twin.request("GET", `${path}/comments?per_page=100`);
    return takeFavour(stage, readLedger(comments as Comments));
  };
}

/** Opens and labels an issue, then plays the person until the issue rests at a stage at which the script says nothing more. */
export async function playIssue(options: PlayOptions): Promise<Played> {
  const { twin, repository, prefix } = options;
  const number = await openIssue(options);
  await twin.request("POST", `/repos/${repository}/issues/${number}/labels`, {
    labels: [`${prefix}queued`],
  });
  const humanActions: string[] = [];
  const takeNext = createOwner(options);
  for (;;) {
    await twin.runner.idle();
    options.signal.throwIfAborted();
    const { path, issue, labels, stage } = await lookAt(options, number);
    const turn = await takeNext(stage, path);
    options.onStage(stage, turn === undefined ? undefined : sayTurn(turn));
    const action =
      turn === undefined
        ? await options.onRest?.()
        : await takeAction({ twin, repository, prefix, issue: number, turn });
    if (action === undefined) {
      const requestCount = twin.github.requests().length;
      return { issue: number, stage, state: issue.state, labels, humanActions, requestCount };
    }
    humanActions.push(action);
  }
}
