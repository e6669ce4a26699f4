import { stringify } from "yaml";
import { readLesson } from "../../../control/observed/learning/lessons.ts";
import { LESSONS_FOLDER, Lesson } from "../../../domain/lesson/lesson.ts";
import type { Playground } from "../../chaos/playground.ts";
import { openPlayground } from "../../chaos/playground.ts";
import { createWeekFloor, type WeekFloor } from "../week/floor.ts";
import { createPeople, type People } from "../week/people.ts";
import { configOfWeek, filesOfWeek } from "../week/repository.ts";
import { createForgetfulCrew } from "./crew.ts";

const DAY_MS = 86_400_000;
const GUIDE = "# Guide\n\nNotes stand in `src/`, their tests in `test/`.\n";

/** A pull request about a lesson, as GitHub shows it. */
export interface Proposed {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly branch: string;
  /** The day that it was opened, counted from the first. */
  readonly day: number;
}

/** A history of ten weeks in which one mistake is made again. */
export interface LearningHistory {
  readonly heeds: boolean;
  /** The pull request that proposes the lesson. */
  readonly proposed: Proposed | null;
  /** Pull requests about lessons that were open after control had looked a second time, and after it had looked at the day before the check. */
  readonly openAfterSecondLook: number;
  readonly openBeforeCheck: number;
  /** What the check came to. */
  readonly judged: Proposed | null;
  /** The lesson as it stands at the end. */
  readonly lesson: Lesson | null;
  readonly guide: string;
}

interface World {
  readonly playground: Playground;
  readonly floor: WeekFloor;
  readonly people: People;
  readonly begun: number;
}

/** Issues of three and a half weeks, every fourth of them with the mistake; the lesson; issues again, and the check. */
export async function playHistory(
  heeds: boolean,
  live: { readonly signal: AbortSignal; readonly shows: (what: string) => void },
): Promise<LearningHistory> {
  process.env.RUNNER_TEMP ??= "/runner-temp";
  await using playground = await openPlayground(files());
  const forgetful = new Set<number>();
  const crew = createForgetfulCrew(playground, { heeds, forgets: (issue) => forgetful.has(issue) });
  using floor = createWeekFloor(playground, crew);
  const world: World = {
    ...{ playground, floor, people: createPeople(playground), begun: playground.now().getTime() },
  };
  const ask = async (from: number, to: number, count: number) => {
    for (let at = 0; at < count; at += 1) {
      live.signal.throwIfAborted();
      passTo(world, from + ((to - from) * at) / count);
      live.shows(`day ${dayOf(world).toFixed(0)}: an issue`);
      const title = `Say more of note ${at + 1}`;
      const number = await world.people.ask({ fate: "calm", title, labels: [] });
      if (at % 4 === 2) forgetful.add(number);
      await floor.rest();
    }
  };
  await ask(0, 24, 12);
  const proposed = await look(world, 26);
  await look(world, 27);
  const openAfterSecondLook = (await openLessons(world)).length;
  await merge(world, proposed);
  await ask(41, 66, 16);
  await look(world, 67);
  const openBeforeCheck = (await openLessons(world)).length;
  const judged = await look(world, 69);
  await merge(world, judged);
  const found = { heeds, proposed, openAfterSecondLook, openBeforeCheck, judged };
  return { ...found, lesson: await lessonOf(world), guide: await textOf(playground, "AGENTS.md") };
}

function files(): Readonly<Record<string, string>> {
  const config = { ...configOfWeek("first"), trust: { default: "scoped-autonomy" }, smoke: {} };
  return { ...filesOfWeek(), ".github/factory.yml": stringify(config), "AGENTS.md": GUIDE };
}

function dayOf({ playground, begun }: World): number {
  return (playground.now().getTime() - begun) / DAY_MS;
}

function passTo(world: World, day: number): void {
  const left = day - dayOf(world);
  if (left > 0) world.playground.pass(left * DAY_MS);
}

/** Control looks for lessons; the pull request that is open afterwards. */
async function look(world: World, day: number): Promise<Proposed | null> {
  passTo(world, day);
  await world.floor.learn();
  return (await openLessons(world)).at(-1) ?? null;
}

interface PullRow {
  readonly number: number;
  readonly title: string;
  readonly body: string | null;
  readonly head: { readonly ref: string };
}

async function openLessons(world: World): Promise<readonly Proposed[]> {
  const pulls = (await world.playground.send("GET", "/pulls?state=open&per_page=100")) as PullRow[];
  const day = Math.round(dayOf(world));
  return pulls
    .filter(({ head }) => /^factory\/(guide|lesson)-/.test(head.ref))
    .map(({ number, title, body, head }) => ({
      ...{ number, title, body: body ?? "", branch: head.ref, day },
    }));
}

/** A person merges it. */
async function merge({ playground, floor }: World, proposed: Proposed | null): Promise<void> {
  if (proposed === null) return;
  await playground.send("PUT", `/pulls/${proposed.number}/merge`, {});
  await floor.rest();
}

async function lessonOf({ playground }: World): Promise<Lesson | null> {
  const listed = (await playground
    .send("GET", `/contents/${LESSONS_FOLDER.slice(0, -1)}`)
    .catch(() => [])) as readonly { readonly path: string }[];
  const [first] = listed;
  if (first === undefined) return null;
  const reading = readLesson(first.path, await textOf(playground, first.path));
  return "lesson" in reading ? Lesson.parse(reading.lesson) : null;
}

async function textOf({ send }: Playground, path: string): Promise<string> {
  const file = (await send("GET", `/contents/${path}`)) as { readonly content: string };
  return Buffer.from(file.content, "base64").toString("utf8");
}
