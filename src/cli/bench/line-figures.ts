import { creationsIn } from "../../twin/github/graphql/changes.ts";
import { ownJobName } from "../shared/job-name.ts";
import type { Told } from "../shared/play-and-tell.ts";
import { newest } from "../story/story.ts";
import type { Figure } from "./figure.ts";

/** What one issue of the demo took from its label to `done`. */
export function lineFigures({ result, story }: Told): readonly Figure[] {
  const { durationMs, modelMs, requests, jobs, usage } = result;
  const creations = story.requests.reduce((sum, request) => sum + creationsIn(request), 0);
  return [
    { name: "line.without-model", value: round(durationMs - modelMs), unit: "ms", target: 20_000 },
    ...stageFigures(story),
    ...verifyFigures(story),
    {
      name: "line.requests",
      value: requests.rest + requests.graphql,
      unit: "count",
      target: MOST_REQUESTS,
    },
    ...requestFigures(story),
    { name: "line.requests.writes", value: requests.writes, unit: "count" },
    { name: "line.content-creations", value: creations, unit: "count", target: 5 },
    { name: "line.jobs", value: jobs.count, unit: "count", target: 9 },
    { name: "line.billed", value: jobs.billedMinutes, unit: "minutes" },
    { name: "line.tokens.input", value: usage.inputTokens, unit: "tokens" },
    { name: "line.tokens.cache-read", value: usage.cacheReadTokens, unit: "tokens" },
    { name: "line.tokens.output", value: usage.outputTokens, unit: "tokens" },
    {
      name: "line.tokens.uncached-per-turn",
      value: round(usage.inputTokens / Math.max(1, story.usage.requests)),
      unit: "tokens",
    },
    { name: "line.cost", value: usage.usd, unit: "USD" },
  ];
}

/**
 * What the demo's issue may ask of GitHub in its whole life: 12, one more because its repository has none of the labels yet,
 * and one to ring for the deploy. `test/line/in-process/conductor.test.ts` has it by job.
 */
const MOST_REQUESTS = 14;
/** Each round of rework asks two looks more, and two documents. */
const MOST_OF_A_ROUND = 4;

/** What an issue took that was sent back once. */
export function reworkFigures({ result: { requests, jobs } }: Told): readonly Figure[] {
  const asked = requests.rest + requests.graphql;
  const most = MOST_REQUESTS + MOST_OF_A_ROUND;
  return [
    { name: "rework.requests", value: asked, unit: "count", target: most },
    { name: "rework.jobs", value: jobs.count, unit: "count", target: 14 },
  ];
}

/** What each job of the factory asked of GitHub. */
function requestFigures({ jobs, requests }: Told["story"]): readonly Figure[] {
  return jobs
    .filter(({ factory }) => factory)
    .map(({ job }) => ({
      name: `line.requests.${ownJobName(job.name)}`,
      value: requests.filter(({ jobId }) => jobId === String(job.id)).length,
      unit: "count" as const,
    }))
    .filter(({ value }) => value > 0);
}

/** What a command may cost verify beyond itself (a fresh copy of the tree, a sandbox), and all of them together, in ms. */
const VERIFY = { eachMs: 70, onceMs: 2_000 } as const;

/** What verify took beyond the commands that it ran. */
function verifyFigures(story: Told["story"]): readonly Figure[] {
  const verify = newest(story, "verify");
  if (verify === undefined) return [];
  const { commands, durationMs } = verify;
  return [
    { name: "line.verify.commands", value: commands.count, unit: "count" },
    {
      name: "line.verify.beside-commands",
      value: round(durationMs - commands.durationMs),
      unit: "ms",
      target: VERIFY.onceMs + VERIFY.eachMs * commands.count,
    },
  ];
}

/** Each job of the factory from its first step to its last, the scripted model's answers in it. */
function stageFigures({ jobs }: Told["story"]): readonly Figure[] {
  return jobs
    .filter(({ factory }) => factory)
    .map(({ job }) => ({
      name: `line.stage.${ownJobName(job.name)}`,
      value: round(job.durationMs),
      unit: "ms",
    }));
}

function round(value: number): number {
  return Math.round(value);
}
