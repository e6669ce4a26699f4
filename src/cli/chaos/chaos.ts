import { type Disturbance, sayDisturbance } from "./disturbance.ts";
import { type Life, playLife } from "./life.ts";
import { type Difference, differenceOf, isSame, MAY_DIFFER, type Thing } from "./likeness.ts";
import { filesOf, LINES, type Line, type LineName } from "./lines.ts";
import { pointsOf } from "./points.ts";
import { raiseStage, type Stage } from "./stage.ts";

export interface ChaosOptions {
  readonly lines: readonly LineName[];
  /** Plays one of so many points. */
  readonly every: number;
  /** Plays this one point alone, as `sayDisturbance` names it. */
  readonly only?: string;
  /** Takes what is told as it happens. */
  readonly tell: (line: string) => void;
}

/** What the last line says. */
export interface ChaosResult {
  readonly points: number;
  readonly converged: number;
  readonly duplicates: number;
  readonly lost: number;
}

interface Point {
  readonly line: LineName;
  readonly disturbance: Disturbance;
}

/** One point that was played, as its line of `--json` says it. */
interface Played extends Difference {
  readonly asked: number;
}

/** Disturbs each line at every point, and tells what came out otherwise than without a fault. */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  // Named by the handover alone: the jobs keep their files in memory.
  process.env.RUNNER_TEMP ??= "/runner-temp";
  const result = { points: 0, converged: 0, duplicates: 0, lost: 0 };
  const isPlayed = chooser(options);
  for (const name of options.lines) {
    const line: Line = LINES[name];
    await using stages = createStages(line);
    const calm = await playLife(await stages.of(CALM), line, { disturbance: CALM });
    const points = pointsOf(calm.counted, line).filter(isPlayed);
    options.tell(`${name}: ${sayCounted(calm)}; ${points.length} points`);
    let asked = 0;
    for (const disturbance of points) {
      const played = await playPoint(stages, { line, disturbance, calm });
      result.points += 1;
      result.duplicates += played.doubled.length;
      result.lost += played.lost.length;
      if (played.asked > calm.asked) asked += 1;
      if (isSame(played)) result.converged += 1;
      else options.tell(sayDifference({ line: name, disturbance }, played));
    }
    if (asked > 0) options.tell(`${name}: at ${asked} points a person was asked, and answered`);
  }
  for (const [what, why] of Object.entries(MAY_DIFFER)) options.tell(`may differ: ${what}: ${why}`);
  return result;
}

/** Which points are played: one of so many over all lines, or the one that is named. */
function chooser({ every, only }: ChaosOptions): (disturbance: Disturbance) => boolean {
  if (only !== undefined) return (disturbance) => sayDisturbance(disturbance) === only;
  let seen = 0;
  return () => {
    seen += 1;
    return seen % every === 0 || every === 1;
  };
}

function sayCounted({ counted }: Life): string {
  const { requests, jobs, events } = counted;
  return `${requests} requests, ${jobs} jobs, ${events} events`;
}

const CALM: Disturbance = { kind: "none" };

async function playPoint(
  stages: Stages,
  point: {
    readonly line: Line;
    readonly disturbance: Disturbance;
    readonly calm: Life;
  },
): Promise<Played> {
  const { line, disturbance, calm } = point;
  const expected: readonly Thing[] = calm.things;
  const stage = await stages.of(disturbance);
  const life = await playLife(stage, line, { disturbance, expected });
  return { ...differenceOf(expected, life.things), asked: life.asked };
}

function sayDifference({ line, disturbance }: Point, difference: Played): string {
  const { doubled, lost, changed, asked } = difference;
  return [
    `${line}, ${sayDisturbance(disturbance)}${asked > 0 ? " (a person was asked)" : ""}`,
    ...doubled.map((name) => `  twice: ${name}`),
    ...lost.map((name) => `  lost: ${name}`),
    ...changed.map(([name, before, after]) => `  ${name}\n    was ${before}\n    is  ${after}`),
  ].join("\n");
}

interface Stages extends AsyncDisposable {
  of(disturbance: Disturbance): Promise<Stage>;
}

/** One stage for all points of a line but those of other weather, which have one each. */
function createStages(line: Line): Stages {
  const raised = new Map<number, Stage>();
  return {
    async of(disturbance) {
      const listsLagMs = disturbance.kind === "lists-lag" ? disturbance.ms : 0;
      const stage = raised.get(listsLagMs) ?? (await raiseStage(filesOf(line), { listsLagMs }));
      raised.set(listsLagMs, stage);
      return stage;
    },
    async [Symbol.asyncDispose]() {
      for (const stage of raised.values()) await stage[Symbol.asyncDispose]();
    },
  };
}
