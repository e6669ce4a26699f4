import { stagesOf, waitingLabel } from "../../domain/label.ts";
import type { Stage } from "../../domain/stage.ts";
import type { Twin } from "../../twin/shape.ts";
import { LEDGER_MARKER } from "../../wording/issue/ledger-comment.ts";
import { readLedger } from "../story/read-ledger.ts";
import { takeAction, takeFavour } from "./owner-turns.ts";

/** An issue that is asked at the same time as the one that is told. */
export interface BesideIssue {
  readonly title: string;
  readonly body: string;
}

/** What became of one. */
export interface BesidePlayed {
  readonly issue: number;
  readonly stage: Stage | "none";
  /** Pull requests that were opened for it, and ledgers that were begun: one of each, whatever rings for it. */
  readonly pullRequests: number;
  readonly ledgers: number;
}

interface Place {
  readonly twin: Twin;
  readonly repository: string;
  readonly prefix: string;
}

const LOOK_MS = 100;
/** A line that takes an issue up does so within seconds. */
const MOST_LOOKS = 600;

/** Opens the issues; nobody has asked for them yet. */
export async function openBeside(
  { twin, repository }: Place,
  issues: readonly BesideIssue[],
): Promise<readonly number[]> {
  const numbers: number[] = [];
  for (const issue of issues) {
    const opened = await twin.request("POST", `/repos/${repository}/issues`, issue);
    numbers.push((opened as { readonly number: number }).number);
  }
  return numbers;
}

/** Puts the label on, and rings so many times for the same issue, as a heartbeat, a person and a lost run would. */
export async function askFor(place: Place, issue: number, rings: number): Promise<void> {
  const { twin, repository, prefix } = place;
  const path = `/repos/${repository}/issues/${issue}/labels`;
  await twin.request("POST", path, { labels: [`${prefix}queued`] });
  if (rings === 0) return;
  const seen = await twin.request("GET", `/repos/${repository}`);
  const ref = (seen as { readonly default_branch: string }).default_branch;
  const bell = `/repos/${repository}/actions/workflows/factory.yml/dispatches`;
  for (let left = rings; left > 0; left -= 1) {
    await twin.request("POST", bell, { ref, inputs: { issue: `${issue}` } });
  }
}

/**
 * Does for each of them what the factory asks, and waits until that is taken up: whoever is answered first is built first. Says what
 * was done.
 */
export async function obligeBeside(
  place: Place,
  issues: readonly number[],
): Promise<readonly string[]> {
  const done: string[] = [];
  for (const issue of issues) {
    const { stage } = await lookAt(place, issue);
    const turn = takeFavour(stage, readLedger(await commentsOf(place, issue)));
    if (turn === undefined) continue;
    done.push(`${await takeAction({ ...place, issue, turn })} of issue ${issue}`);
    await takenUp(place, issue, stage);
  }
  return done;
}

async function takenUp(place: Place, issue: number, from: Stage | "none"): Promise<void> {
  const between: readonly (Stage | "none")[] = [from, "ready"];
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    const { stage, isWaiting } = await lookAt(place, issue);
    if (!between.includes(stage) || isWaiting) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

async function lookAt({ twin, repository, prefix }: Place, issue: number) {
  const seen = (await twin.request("GET", `/repos/${repository}/issues/${issue}`)) as {
    readonly labels: readonly { readonly name: string }[];
  };
  const labels = seen.labels.map(({ name }) => name);
  const stage: Stage | "none" = stagesOf(prefix, labels)[0] ?? "none";
  return { stage, isWaiting: labels.includes(waitingLabel(prefix)) };
}

async function commentsOf({ twin, repository }: Place, issue: number) {
  const path = `/repos/${repository}/issues/${issue}/comments?per_page=100`;
  return (await twin.request("GET", path)) as readonly {
    readonly id: number;
    readonly body: string;
  }[];
}

/** As GitHub shows them once all is at rest. */
export async function tellBeside(
  place: Place,
  issues: readonly number[],
): Promise<readonly BesidePlayed[]> {
  const { twin, repository } = place;
  const pulls = (await twin.request(
    "GET",
    `/repos/${repository}/pulls?state=all&per_page=100`,
  )) as readonly { readonly head: { readonly ref: string } }[];
  return await Promise.all(
    issues.map(async (issue) => {
      const comments = await commentsOf(place, issue);
      return {
        issue,
        stage: (await lookAt(place, issue)).stage,
        pullRequests: pulls.filter(({ head }) => head.ref.startsWith(`factory/${issue}-`)).length,
        ledgers: comments.filter(({ body }) => body.startsWith(`${LEDGER_MARKER}\n`)).length,
      };
    }),
  );
}
