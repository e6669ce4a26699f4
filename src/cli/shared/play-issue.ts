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
  readonly onStage: (stage: Stage | "none", waitsFor: string | undefined) => void;
  readonly signal: AbortSignal;
}

interface IssueAnswer {
  readonly number: number;
  readonly state: string;
  readonly labels: readonly { readonly name: string }[];
}

type Comments = readonly { readonly body: string }[];

async function openIssue({ twin, repository, issue }: PlayOptions): Promise<number> {
  if ("number" in issue) return issue.number;
  const opened = await twin.request("POST", `/repos/${repository}/issues`, issue);
  return (opened as IssueAnswer).number;
}

/** Opens and labels an issue, then plays the person until the issue rests at a stage at which the script says nothing more. */
export async function playIssue(options: PlayOptions): Promise<Played> {
  const { twin, repository, prefix } = options;
  const number = await openIssue(options);
  await twin.request("POST", `/repos/${repository}/issues/${number}/labels`, {
    labels: [`${prefix}queued`],
  });
  const humanActions: string[] = [];
  const turns = [...options.ownerTurns];
  let favours = options.obliging === true ? MOST_FAVOURS : 0;
  const ledgerAt = async (path: string) =>
    readLedger((await twin.request("GET", `${path}/comments?per_page=100`)) as Comments);
  for (;;) {
    await twin.runner.idle();
    options.signal.throwIfAborted();
    const path = `/repos/${repository}/issues/${number}`;
    const issue = (await twin.request("GET", path)) as IssueAnswer;
    const labels = issue.labels.map(({ name }) => name);
    const stage = stagesOf(prefix, labels)[0] ?? "none";
    const scripted = takeTurn(stage, turns);
    const turn = scripted ?? (favours > 0 ? takeFavour(stage, await ledgerAt(path)) : undefined);
    if (scripted === undefined) favours -= 1;
    options.onStage(stage, turn === undefined ? undefined : sayTurn(turn));
    if (turn === undefined) {
      const requestCount = twin.github.requests().length;
      return { issue: number, stage, state: issue.state, labels, humanActions, requestCount };
    }
    humanActions.push(await takeAction({ twin, repository, prefix, issue: number, turn }));
  }
}
