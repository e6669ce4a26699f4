import { stringify } from "yaml";
import type { Window } from "../../measures/history/history.ts";
import { openPlayground, type Playground, REPOSITORY, SEAL_KEY } from "../chaos/playground.ts";
import { gatherExport } from "../report/gather-export.ts";
import { historyIn, NOTHING_AROUND, parseExport } from "../report/read-export.ts";
import type { ReadHistory } from "../report/read-history.ts";
import type { Terminal } from "../shared/terminal.ts";
import { agendaOfWeek, BEFORE_HOURS, type Fate, type Happening } from "./week/agenda.ts";
import { createWeekCrew } from "./week/answers.ts";
import { surroundingsOfTwin } from "./week/clone.ts";
import { createWeekFloor, type WeekFloor } from "./week/floor.ts";
import { getOfTwin } from "./week/get-of-twin.ts";
import { createPeople, type People, PREFIX } from "./week/people.ts";
import { configOfWeek, filesOfWeek } from "./week/repository.ts";

const HOUR_MS = 3_600_000;

/**
 * Plays a week of a factory through the twin: control, GitHub and git are real, the workers answer by rote, and time passes
 * only when something happens. Answers what GitHub's API then tells of it.
 */
export async function playWeek(given: {
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}): Promise<ReadHistory & { readonly window: Window }> {
  const { terminal, signal } = given;
  // Named by the handover alone: the jobs keep their files in memory.
  process.env.RUNNER_TEMP ??= "/runner-temp";
  await using playground = await openPlayground(filesOfWeek());
  const clock = playground.clockOf(0);
  const beginning = Date.parse(clock.now()) + BEFORE_HOURS * HOUR_MS;
  const fates = new Map<number, Fate>();
  const answered = new Set<number>();
  const crew = createWeekCrew(
    playground,
    (issue) => fates.get(issue) ?? "calm",
    (issue) => answered.has(issue),
  );
  using floor = createWeekFloor(playground, crew);
  const people = createPeople(playground);
  const week = { playground, floor, people, fates, answered };
  for (const happening of agendaOfWeek()) {
    signal.throwIfAborted();
    const late = beginning + happening.hour * HOUR_MS - Date.parse(clock.now());
    if (late > 0) playground.pass(late);
    terminal.transient(`  ${clock.now().slice(0, 16)} ${happening.kind}`);
    await happen(week, happening);
    await floor.rest();
  }
  // Awaited here: the playground is taken down when this function ends.
  return await readWeek(playground, terminal, clock.now());
}

interface Week {
  readonly playground: Playground;
  readonly floor: WeekFloor;
  readonly people: People;
  readonly fates: Map<number, Fate>;
  readonly answered: Set<number>;
}

async function happen(week: Week, happening: Happening): Promise<void> {
  const { floor, people, fates, answered } = week;
  switch (happening.kind) {
    case "issue": {
      const { issue } = happening;
      const number = await people.ask(issue);
      fates.set(number, issue.fate);
      if (issue.fate === "rewritten") await people.rewrite(number);
      return;
    }
    case "beat":
      return floor.beat();
    case "merge-waiting":
      return people.mergeWaiting();
    case "answer-questions":
      for (const number of await people.answerQuestions()) answered.add(number);
      return;
    case "raise-andon":
      return people.raiseAndon();
    case "lower-andon":
      return people.lowerAndon();
    case "lower-incident":
      return people.takeUpIncidents();
    case "alert":
      return people.alert(happening.error);
    case "push":
      return people.push("docs/notes.md", `Seen at hour ${happening.hour}.\n`, "Write it down");
    case "trust":
      return people.push(".github/factory.yml", stringify(configOfWeek("later")), "Trust less");
  }
}

const WEEK_HOURS = 7 * 24;

/** As anybody would read it: by GitHub's API, with the key that the ledgers are sealed with. */
async function readWeek(
  playground: Playground,
  terminal: Terminal,
  now: string,
): Promise<ReadHistory & { readonly window: Window }> {
  const from = `${new Date(Date.parse(now) - WEEK_HOURS * HOUR_MS).toISOString().slice(0, 19)}Z`;
  const window = { from, until: now };
  const shows = (what: string) => terminal.transient(`  reading ${what} …`);
  const found = await gatherExport(getOfTwin(playground), REPOSITORY, { window, shows });
  const around = { ...NOTHING_AROUND, ...(await surroundingsOfTwin(playground)) };
  const asked = { agents: [], prefix: PREFIX, sealKey: SEAL_KEY };
  const { history, disbelieved } = historyIn(parseExport(found, REPOSITORY), asked, { around });
  return { history, notes: disbelieved, window };
}
