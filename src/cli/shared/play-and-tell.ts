import { openRepository } from "../../adapters/repository/repository.ts";
import { type SmokeResult, wasSeenLive } from "../../domain/smoke.ts";
import type { RunRecord } from "../../twin/runner/run/records.ts";
import type { Twin } from "../../twin/shape.ts";
import { sayProven } from "../../wording/criteria/table.ts";
import { counted, sayDuration } from "../../wording/figures.ts";
import type { RunPageData } from "../../wording/pages/run-page/data.ts";
import { renderRunPage } from "../../wording/pages/run-page.ts";
import { saySmoke } from "../../wording/smoke.ts";
import { criteriaOf } from "../story/criteria.ts";
import { gatherStory } from "../story/gather-story.ts";
import { type ChangeDiff, pageOf } from "../story/page-data.ts";
import { sayStop } from "../story/refusals.ts";
import { type DemoResult, resultOf } from "../story/result.ts";
import { newest, type Story } from "../story/story.ts";
import { tellBeside } from "./beside.ts";
import type { DemoModel } from "./choose-model.ts";
import { type PagePlace, writePage } from "./page-place.ts";
import { type PlayOptions, playIssue } from "./play-issue.ts";
import type { Progress } from "./progress.ts";

/** A played line: the object for machines, everything that happened, and the outcome in one sentence. */
export interface Told {
  readonly result: DemoResult;
  readonly story: Story;
  readonly sentence: string;
  /** The page as it was written: what happens later may be added to it. */
  readonly page: RunPageData;
}

/** What had happened on a twin before a story began. */
export interface Past {
  readonly runs: number;
  readonly requests: number;
}

export const NO_PAST: Past = { runs: 0, requests: 0 };

export function pastOf({ runner, github }: Twin): Past {
  return { runs: runner.runs().length, requests: github.requests().length };
}

/** Plays an issue on a repository of the twin until it rests, and writes the page that tells it. */
export async function playAndTell(
  options: Pick<
    PlayOptions,
    | "twin"
    | "repository"
    | "prefix"
    | "issue"
    | "beside"
    | "rings"
    | "obliging"
    | "signal"
    | "onRest"
  > & {
    readonly model: DemoModel;
    readonly scenario: string;
    readonly page: PagePlace;
    readonly progress: Progress;
    readonly mode?: Story["mode"];
    /** What is not of this story. */
    readonly past?: Past;
  },
): Promise<Told> {
  const { twin, repository, model, scenario, page, progress, mode = "live" } = options;
  const startedAt = new Date().toISOString();
  const started = performance.now();
  const played = await playIssue({
    ...options,
    ownerTurns: model.ownerTurns,
    onStage: (stage, turn) => progress.stage(stage, turn),
  });
  const durationMs = performance.now() - started;
  const { runs: earlier, requests: skipped } = options.past ?? NO_PAST;
  const all = twin.runner.runs().slice(earlier);
  const runs = all.filter((run) => run.repository === repository);
  const story = await gatherStory({ twin, repository, played, mode, runs, skipped });
  const sentence = sentenceOf(story);
  const diff = await diffOf(story, twin);
  const told = { startedAt, durationMs, scripted: model.scripted, sentence, diff };
  const wouldWrite = mode === "staged" ? summariesIn(runs) : [];
  const data = { ...pageOf(story, told), wouldWrite };
  const written = await writePage(page, renderRunPage(data));
  const summaries =
    mode === "staged" ? await writePage({ ...page, extension: ".md" }, summariesOf(runs)) : null;
  const own = resultOf(story, { scenario, durationMs, page: written, summaries });
  const beside = await tellBeside(options, played.beside);
  const result = beside.length === 0 ? own : { ...own, beside };
  return { result, story, sentence, page: data };
}

function sentenceOf(story: Story): string {
  const { stage, issue } = story.played;
  if (story.mode === "staged") return sayStaged(story);
  if (stage === "done") {
    const smoke = newest(story, "post-merge-smoke");
    const live = smoke === undefined ? "" : `${sayLive(smoke)}, `;
    return `Issue #${issue} is done: merged as #${story.pullRequest?.number}, ${live}${sayProven(criteriaOf(story))}.`;
  }
  if (story.restoredMs !== undefined) {
    return `The merge of issue #${issue} broke production and was reverted: well again ${sayDuration(story.restoredMs)} after the merge. The issue waits for its next attempt.`;
  }
  const why = sayStop(story);
  return why === undefined
    ? `The factory waits at ${stage}: read the issue's ledger for what it asks.`
    : `The factory stopped at ${stage}. ${why}`;
}

/** Two words where all is well; what was seen otherwise. */
function sayLive(smoke: SmokeResult): string {
  return smoke.status === "passed" && wasSeenLive(smoke) ? "seen live" : saySmoke(smoke);
}

/** Nothing was written, so that the issue stands where it stood: what would have come is told. */
function sayStaged(story: Story): string {
  const head = "Staged: nothing was written.";
  if (story.mergedBy !== undefined) {
    const merge = story.mergedBy === "factory" ? "merged by the factory" : "left for you to merge";
    return `${head} Live, the change would be published as a pull request and ${merge}.`;
  }
  const intake = newest(story, "intake-normalize")?.result;
  if (intake?.kind === "questions") {
    return `${head} Live, the factory would ask ${counted(intake.questions.length, "question")} before it begins.`;
  }
  const why = sayStop(story);
  const [missed] = story.gate.filter(({ ok }) => !ok);
  if (why === undefined && missed !== undefined) {
    return `${head} Live, the change would not be published: ${missed.sentence}`;
  }
  return `${head} Live, it would stop. ${why ?? "The summaries of the jobs say where."}`;
}

/** What a person would read on GitHub below the jobs of the runs. */
function summariesIn(runs: readonly RunRecord[]): NonNullable<RunPageData["wouldWrite"]> {
  return runs
    .flatMap((run) => run.jobs)
    .filter(({ summary }) => summary.trim() !== "")
    .map(({ name, summary }) => ({ job: name, summary: summary.trim() }));
}

function summariesOf(runs: readonly RunRecord[]): string {
  return summariesIn(runs)
    .map(({ job, summary }) => `## ${job}\n\n${summary}\n`)
    .join("\n");
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
