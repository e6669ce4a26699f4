import { UsageError } from "../command/usage-error.ts";
import type { Terminal } from "../shared/terminal.ts";
import { type Disturbance, sayDisturbance } from "./disturbance.ts";
import { createHands, type Hands } from "./hands.ts";
import type { Life } from "./life.ts";
import { type Difference, differenceOf, isSame, MAY_DIFFER } from "./likeness.ts";
import { LINES, type Line, type LineName } from "./lines.ts";
import { assertNamesPoint, pointsOf } from "./points.ts";

export interface ChaosOptions {
  readonly lines: readonly LineName[];
  /** Plays one of so many points. */
  readonly every: number;
  /** Plays this one point alone, as `sayDisturbance` names it. */
  readonly only?: string;
  /** What came out otherwise is a result. */
  readonly terminal: Pick<Terminal, "line" | "results">;
  /** Who plays, for several calls in a row; absent: threads that go with this call. */
  readonly hands?: Pick<Hands, "play">;
}

/** What the last line says, with `--json` the only one. */
export interface ChaosResult {
  readonly points: number;
  readonly converged: number;
  readonly duplicates: number;
  readonly lost: number;
}

/** A line without a fault, and the points at which it is disturbed. */
interface Course {
  readonly line: LineName;
  readonly calm: Life;
  readonly points: readonly Disturbance[];
}

/** One point that was played. */
interface Played extends Difference {
  readonly disturbance: Disturbance;
  readonly asked: number;
}

/**
 * Disturbs each line at every point, and tells what came out otherwise than without a fault.
 * @throws UsageError where no line has the point that is named
 */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  assertNamesPoint(options.only);
  if (options.hands !== undefined) return playLines(options, options.hands);
  await using hands = createHands();
  return await playLines(options, hands);
}

async function playLines(options: ChaosOptions, hands: Pick<Hands, "play">): Promise<ChaosResult> {
  const { terminal } = options;
  const isPlayed = chooser(options);
  const calm: Disturbance = { kind: "none" };
  const lives = await Promise.all(
    options.lines.map((line) => hands.play({ line, disturbance: calm })),
  );
  const courses = options.lines.map((line, index): Course => {
    const life = lives[index] as Life;
    // Any point can be named, so the limit of a line does not apply.
    const bound = options.only === undefined ? mostPointsOf(LINES[line]) : undefined;
    return { line, calm: life, points: pointsOf(life.counted, bound).filter(isPlayed) };
  });
  assertFound(options, courses);
  const result = { points: 0, converged: 0, duplicates: 0, lost: 0 };
  // All are begun at once, so that no processor rests where one line ends and the next begins, and told in their order.
  const begun = courses.map((course) => ({ course, playing: playPoints(hands, course) }));
  for (const { course, playing } of begun) {
    const { line, calm: life, points } = course;
    terminal.line(`${line}: ${sayCounted(life)}; ${points.length} points`);
    let asked = 0;
    for (const one of playing) {
      const played = await one;
      result.points += 1;
      result.duplicates += played.doubled.length;
      result.lost += played.lost.length;
      if (played.asked > life.asked) asked += 1;
      if (isSame(played)) result.converged += 1;
      else terminal.results.line(sayDifference(line, played));
    }
    if (asked > 0) terminal.line(`${line}: at ${asked} points a person was asked, and answered`);
  }
  for (const [what, why] of Object.entries(MAY_DIFFER))
    terminal.line(`may differ: ${what}: ${why}`);
  return result;
}

/** The name may be that of a point of a longer life. Then nothing would be played, which is no success. */
function assertFound({ only }: ChaosOptions, courses: readonly Course[]): void {
  if (only === undefined || courses.some(({ points }) => points.length > 0)) return;
  const lengths = courses.map(({ line, calm }) => `${line} has ${sayCounted(calm)}`);
  throw new UsageError(`--only: no line has the point "${only}": ${lengths.join("; ")}`);
}

function mostPointsOf({ mostPoints }: Line): number | undefined {
  return mostPoints;
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

function playPoints(
  hands: Pick<Hands, "play">,
  { line, calm, points }: Course,
): readonly Promise<Played>[] {
  const expected = calm.things;
  return points.map((disturbance) => {
    const playing = hands.play({ line, disturbance, expected }).then((life) => {
      return { ...differenceOf(expected, life.things), asked: life.asked, disturbance };
    });
    // The report awaits it later, and meets the rejection there.
    playing.catch(() => undefined);
    return playing;
  });
}

function sayDifference(line: LineName, played: Played): string {
  const { disturbance, doubled, lost, changed, asked } = played;
  return [
    `${line}, ${sayDisturbance(disturbance)}${asked > 0 ? " (a person was asked)" : ""}`,
    ...doubled.map((name) => `  twice: ${name}`),
    ...lost.map((name) => `  lost: ${name}`),
    ...changed.map(([name, before, after]) => `  ${name}\n    was ${before}\n    is  ${after}`),
  ].join("\n");
}
