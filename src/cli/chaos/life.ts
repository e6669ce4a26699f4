import type { Disturbance } from "./disturbance.ts";
import { type Counted, createFloor } from "./floor.ts";
import { differenceOf, isSame, likenessOf, type Thing } from "./likeness.ts";
import type { Line } from "./lines.ts";
import { createPerson } from "./person.ts";
import { type Playground, REPOSITORY } from "./playground.ts";

/** How a life came out. */
export interface Life {
  readonly things: readonly Thing[];
  /** Until nothing changed any more: what comes after looks at rest, again and again. */
  readonly counted: Counted;
  /** How often a person was asked for a word, and gave it. */
  readonly asked: number;
}

const HOUR_MS = 3_600_000;
/** After so many beats in which nothing changed nothing will: the last that the heartbeat gives up is five hours old. */
const STILL_BEATS = 7;
/** A life with a fault has so many hours to end like the one without. */
const MOST_BEATS = 30;

/** Plays a line to its rest, and beats on until it looks as `expected`, or until nothing changes any more. */
export async function playLife(
  playground: Playground,
  line: Line,
  life: { readonly disturbance: Disturbance; readonly expected?: readonly Thing[] },
): Promise<Life> {
  const { disturbance, expected } = life;
  await playground.restore();
  using floor = createFloor(playground, { line, disturbance });
  const person = createPerson(playground, floor, line);
  await begin(playground, line);
  await floor.rest();
  const seen = async () => {
    const portrait = await playground.github.portray(REPOSITORY);
    return { portrait, things: likenessOf(portrait, floor.counted()) };
  };
  let { portrait, things } = await seen();
  let asked = 0;
  let still = 0;
  let counted = floor.counted();
  const isEnded = () =>
    expected === undefined
      ? still >= STILL_BEATS
      : still >= STILL_BEATS || (still >= 1 && isSame(differenceOf(expected, things)));
  for (let beats = 0; beats < MOST_BEATS && !isEnded(); beats += 1) {
    const answered = await person.answer(portrait);
    asked += answered;
    playground.pass(HOUR_MS);
    await floor.beat();
    const now = await seen();
    still = answered === 0 && isSame(differenceOf(things, now.things)) ? still + 1 : 0;
    if (still <= 1) counted = floor.counted();
    ({ portrait, things } = now);
  }
  return { things, counted, asked };
}

async function begin(playground: Playground, { issues }: Line): Promise<void> {
  const numbers = Array.from({ length: issues }, (_, index) => index + 1);
  for (const number of numbers) {
    await playground.send("POST", "/issues", { title: `Note ${number}`, body: "Say it." });
  }
  for (const number of numbers) {
    await playground.send("POST", `/issues/${number}/labels`, { labels: ["factory:queued"] });
  }
}
