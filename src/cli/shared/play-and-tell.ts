import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { openRepository } from "../../adapters/repository/repository.ts";
import { isOrderOf } from "../../domain/order.ts";
import type { Twin } from "../../twin/shape.ts";
import type { CriteriaText } from "../../wording/criteria/rows.ts";
import { sayProven } from "../../wording/criteria/table.ts";
import { renderRunPage } from "../../wording/pages/run-page.ts";
import { sayRefusal } from "../../wording/refusals.ts";
import type { DemoModel } from "./choose-model.ts";
import { gatherStory } from "./gather-story.ts";
import { type ChangeDiff, pageOf } from "./page-data.ts";
import { type PlayOptions, playIssue } from "./play-issue.ts";
import type { Progress } from "./progress.ts";
import { type DemoResult, refusalsOf, resultOf } from "./result.ts";
import { newest, type Story } from "./story.ts";

/** A played line: the object for machines, everything that happened, and the outcome in one sentence. */
export interface Told {
  readonly result: DemoResult;
  readonly story: Story;
  readonly sentence: string;
}

/** Plays an issue on a repository of the twin until it rests, and writes the page that tells it. */
export async function playAndTell(
  options: Pick<PlayOptions, "twin" | "repository" | "prefix" | "issue" | "obliging" | "signal"> & {
    readonly model: DemoModel;
    readonly scenario: string;
    /** Where the page is written: an absolute path. */
    readonly page: string;
    readonly progress: Progress;
  },
): Promise<Told> {
  const { twin, repository, model, scenario, page, progress } = options;
  const startedAt = new Date().toISOString();
  const started = performance.now();
  const played = await playIssue({
    ...options,
    ownerTurns: model.ownerTurns,
    onStage: (stage, turn) => progress.stage(stage, turn),
  });
  const durationMs = performance.now() - started;
  const runs = twin.runner.runs().filter((run) => run.repository === repository);
  const story = await gatherStory({ twin, repository, played, runs });
  const result = resultOf(story, { scenario, durationMs, page });
  const sentence = sentenceOf(story);
  const diff = await diffOf(story, twin);
  const data = pageOf(story, { startedAt, durationMs, scripted: model.scripted, sentence, diff });
  await mkdir(dirname(page), { recursive: true });
  await writeFile(page, renderRunPage(data));
  return { result, story, sentence };
}

function sentenceOf(story: Story): string {
  const { stage, issue } = story.played;
  if (stage === "done") {
    const live = newest(story, "post-merge-smoke")?.status === "passed" ? "seen live, " : "";
    return `Issue #${issue} is done: merged as #${story.pullRequest?.number}, ${live}${sayProven(criteriaOf(story))}.`;
  }
  const refusal = refusalsOf(story).at(-1);
  return refusal === undefined
    ? `The factory waits at ${stage}: read the issue's ledger for what it asks.`
    : `The factory stopped at ${stage}. ${sayRefusal(refusal)}`;
}

function criteriaOf(story: Story): CriteriaText {
  const verdict = newest(story, "review")?.verdict;
  const order = story.orders.findLast((one) => isOrderOf(one, ["line"]));
  return {
    ...(order === undefined ? {} : { contract: order.contract }),
    evidence: newest(story, "verify")?.evidence ?? [],
    ...(verdict === undefined ? {} : { verdict }),
  };
}

async function diffOf(story: Story, twin: Twin): Promise<ChangeDiff | undefined> {
  const implement = newest(story, "implement");
  if (implement === undefined) return undefined;
  const repository = await openRepository(twin.gitDirectoryOf(story.repository));
  try {
    const from = await repository.treeOf(implement.changeSet.base);
    const to = await repository.treeWith(implement.changeSet);
    return await repository.diff(from, to, 200_000);
  } finally {
    await repository.close();
  }
}
