import { stagesOf } from "../../domain/label.ts";
import type { Stage } from "../../domain/stage.ts";
import type { OwnerTurn } from "../../twin/model/script.ts";
import type { Twin } from "../../twin/shape.ts";
import { readLedger } from "../story/read-ledger.ts";
import { askFor, type BesideIssue, obligeBeside, openBeside } from "./beside.ts";
import { MOST_FAVOURS, sayTurn, takeAction, takeFavour, takeTurn } from "./owner-turns.ts";

/** What was played on the twin, as facts that the API answers. */
export interface Played {
  readonly issue: number;
  /** Those that were asked at the same time. */
  readonly beside: readonly number[];
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
  /** Asked at the same time, and answered first: the person obliges them. */
  readonly beside?: readonly BesideIssue[];
  /** How often each issue is rung for as soon as it has its label. */
  readonly rings?: number;
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

/** Opens the issues and puts their labels on, those beside first. */
async function askAll(options: PlayOptions) {
  const beside = await openBeside(options, options.beside ?? []);
  const number = await openIssue(options);
  for (const one of [...beside, number]) await askFor(options, one, options.rings ?? 0);
  return { number, beside };
}

/** Opens and labels an issue, then plays the person until the issue rests at a stage at which the script says nothing more. */
export async function playIssue(options: PlayOptions): Promise<Played> {
  const { twin, repository, prefix } = options;
  const place = { twin, repository, prefix };
  const { number, beside } = await askAll(options);
  const humanActions: string[] = [];
  const takeNext = createOwner(options);
  for (;;) {
    await twin.runner.idle();
    options.signal.throwIfAborted();
    const obliged = await obligeBeside(place, beside);
    const { path, issue, labels, stage } = await lookAt(options, number);
    const turn = await takeNext(stage, path);
    options.onStage(stage, turn === undefined ? undefined : sayTurn(turn));
    const action =
      turn === undefined
        ? await options.onRest?.()
        : await takeAction({ twin, repository, prefix, issue: number, turn });
    humanActions.push(...obliged, ...(action === undefined ? [] : [action]));
    if (action === undefined && obliged.length === 0) {
      const requestCount = twin.github.requests().length;
      const { state } = issue;
      return { issue: number, beside, stage, state, labels, humanActions, requestCount };
    }
  }
}
