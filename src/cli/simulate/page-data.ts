import type { Chart } from "../../wording/pages/chart.ts";
import type { SimulationPageData } from "../../wording/pages/simulation-page.ts";
import type { SimulateArguments } from "./arguments.ts";
import { startedAfter } from "./erlang.ts";
import { WANTED } from "./figures.ts";
import type { Played } from "./play.ts";
import { GITHUB, PROFILE } from "./profile.ts";
import { resultOf } from "./result.ts";
import {
  percent,
  rowsOf,
  sayAvoided,
  sayChance,
  sayMoved,
  sayTime,
  titleOf,
} from "./say-figures.ts";

const HOUR = 3_600;

export function pageOf(asked: SimulateArguments, played: readonly Played[]): SimulationPageData {
  const result = resultOf(asked, played);
  const main = result.scheduled ?? result.firstInFirstOut;
  const columns = [
    ...(result.scheduled === undefined ? [] : [result.scheduled]),
    result.firstInFirstOut,
  ];
  const avoided = result.conflictsAvoided;
  return {
    title: titleOf(asked),
    lead:
      avoided === undefined
        ? "Issues start in the order in which they came."
        : `The schedule starts those first that keep out of each other's files. In the same world: ${sayAvoided(avoided)}`,
    limits: sayChance(main, asked.plan),
    isKept: result.ok,
    outcome: result.ok
      ? "No limit of GitHub was violated, and no issue was lost or starved."
      : "A limit was violated, or an issue was lost or starved.",
    facts: [
      ["merged", main.merged.toLocaleString("en")],
      ["an hour", `${main.mergedPerHour}`],
      ["wait, 95 %", sayTime(main.wait.p95)],
      ["in a minute", percent(main.wait.withinMinute)],
      ["made again", percent(main.reruns.share)],
      ["a merge", `$${main.usd.perMerge.toFixed(2)}`],
    ],
    charts: chartsOf(played),
    columns: ["", ...columns.map(({ policy }) => policy)],
    rows: rowsOf(columns),
    assumed: assumptionsOf(asked),
  };
}

function chartsOf(played: readonly Played[]): readonly Chart[] {
  const series = (of: (one: Played) => Chart["series"][number]["points"]): Chart["series"] =>
    played.map((one, index) => ({
      name: one.plan.policy,
      tone: index === 0 ? "first" : "second",
      points: of(one),
    }));
  const end = told(played);
  const overTime = (what: "waiting" | "building" | "merged") =>
    series(({ samples }) =>
      samples.filter(({ at }) => at <= end).map((sample) => [sample.at / HOUR, sample[what]]),
    );
  const slots = (played[0]?.plan.slots ?? 0) * (played[0]?.plan.repositories ?? 0);
  const unitAcross = "hours";
  return [
    {
      title: "Waiting",
      says: "Issues that are ready and wait for a place.",
      unitAcross,
      series: overTime("waiting"),
    },
    {
      title: "In work",
      says: "Issues that are being built, beside the places that there are.",
      unitAcross,
      series: overTime("building"),
      bound: { name: "places", value: slots },
    },
    {
      title: "Merged",
      says: "Changes that were merged, all together.",
      unitAcross,
      series: overTime("merged"),
    },
    {
      title: "Requests",
      says: "API requests in each hour, of the repository that made the most.",
      unitAcross,
      series: series(({ quotas }) =>
        hourly(quotas.map(({ requests }) => requests.counts().slice(0, Math.ceil(end / HOUR)))),
      ),
      bound: { name: "limit of GITHUB_TOKEN", value: GITHUB.requestsPerHour },
    },
    {
      title: "Patience",
      says: "How many of the issues, in per cent, had waited no longer than so many hours at their first start.",
      unitAcross: "hours of waiting",
      series: series(({ tally }) => shares([...tally.waits.values()])),
    },
    ...queueChart(played[0]),
  ];
}

/** What chance makes of these places at every load, and of twice as many: no order of starting goes below. */
function queueChart(played: Played | undefined): readonly Chart[] {
  if (played === undefined) return [];
  const { plan, tally } = played;
  const heldFor = tally.heldFor / Math.max(1, tally.attempts);
  const curve = (slots: number): Chart["series"][number]["points"] =>
    Array.from({ length: 19 }, (_, step) => {
      const load = (step * 5) / 100;
      return [step * 5, startedAfter({ slots, load, heldFor }, WANTED.share) / 60];
    });
  return [
    {
      title: "Places and load",
      says: "Minutes after which 95 of 100 issues have started, by Erlang C, where this part of the places is busy.",
      unitAcross: "per cent of the places busy",
      series: [
        { name: `${plan.slots} places`, tone: "first", points: curve(plan.slots) },
        { name: `${2 * plan.slots} places`, tone: "second", points: curve(2 * plan.slots) },
      ],
      bound: { name: "a minute", value: WANTED.seconds / 60 },
    },
  ];
}

/** Until a while after the last one waited for a place: what comes then waits for people. */
function told(played: readonly Played[]): number {
  const waited = played.flatMap(({ samples }) => samples.filter(({ waiting }) => waiting > 0));
  const hours = Math.max(0, ...played.map(({ plan }) => plan.hours));
  return 1.2 * waited.reduce((last, { at }) => Math.max(last, at), hours * HOUR);
}

function hourly(counts: readonly (readonly number[])[]): Chart["series"][number]["points"] {
  const hours = Math.max(0, ...counts.map(({ length }) => length));
  return Array.from({ length: hours }, (_, hour) => [
    hour,
    Math.max(0, ...counts.map((one) => one[hour] ?? 0)),
  ]);
}

function shares(waits: readonly number[]): Chart["series"][number]["points"] {
  const sorted = waits.toSorted((one, other) => one - other);
  return Array.from({ length: 101 }, (_, part) => {
    const index = Math.min(sorted.length - 1, Math.floor((sorted.length * part) / 100));
    return [(sorted[index] ?? 0) / HOUR, part];
  });
}

function assumptionsOf({ plan, requestsFrom }: SimulateArguments): readonly string[] {
  const requests = requestsFrom === "measured" ? "as bench measured them last" : "as given";
  return [
    `${plan.requestsPerIssue} API requests an issue, ${requests}; all of them count against one limit of ${GITHUB.requestsPerHour} an hour and repository.`,
    `When others were merged meanwhile, ${sayMoved(plan)}.`,
    `${percent(PROFILE.green)} of attempts come to a green change: the first-pass rate of gitpod-io/memo. ${PROFILE.attempts} attempts, then it is given up.`,
    `${percent(PROFILE.asksPerson)} of green changes wait for a person, half of them less than ${PROFILE.answer.median / HOUR} h (452 pull requests, laserfocused.ee).`,
    "An issue is built in 5 to 27 minutes (aidevops): nine in the middle for the coder, and the rest for what examines it.",
    `Which files a change touches is that of 239 real changes of eight public repositories; of two changes to one file ${percent(PROFILE.collision)} collide. Contracts name ${percent(PROFILE.named)} of the files, and one beside.`,
    `$${PROFILE.usdPerAttempt} of a model for an attempt (estimate of a vendor); jobs are rounded up to whole minutes, $${PROFILE.slimMinute} and $${PROFILE.workerMinute} each.`,
    "Without a source: how urgent issues are, how long a job waits for a runner, how long control, reading and examining take.",
  ];
}
