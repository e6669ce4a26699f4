// Changes the source of control, domain and workers in small ways, one at a time, and counts which changes no test notices.
//   npm run mutation                                what changed since the last run; hours the first time
//   npm run mutation -- --files src/domain/trust/risk.ts  one file, a glob, or some lines of a file (`risk.ts:10-20`)
//   npm run mutation -- --room workers/review       a room and those in it (`domain` without `domain/secrets`)
//   npm run mutation -- --sample 20                 a fifth of the lines, the same for the same tree, with how far the score may be off
//   npm run mutation -- --near --room control/gate  judged by the tests in its own folder alone: minutes, and what survives may be noticed elsewhere
//   npm run mutation -- --static                    with mutants of what a module computes when it loads, which take longest
//   npm run mutation -- --vitest                    judged by vitest itself, which takes twenty times as long
//   npm run mutation -- --fresh                     forgets earlier results: they do not see changes of helpers of the tests
//   npm run mutation -- --json                      one line of JSON on the standard output, progress on the other
// What no test noticed and the compiler refuses is in no score: "refused".
// A run over whole rooms writes what it counted to docs/reference/mutation.json, which quality.md shows.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readArguments, refuseUsage } from "./arguments.mjs";
import { judgeByCompiler } from "./mutation/compiler.mjs";
import { countRooms, intervalOf, scoreOf, sumOf, survivorsIn } from "./mutation/count.mjs";
import { sampleOf } from "./mutation/sample.mjs";
import { BASE, BY_VITEST, PARTS, testsBeside } from "./mutation/stryker.mjs";

const NAME = "npm run mutation --";

const BAR = 90;
const FOLDER = "coverage/mutation";
const SUMMARY = "docs/reference/mutation.json";

process.chdir(new URL("..", import.meta.url).pathname);
const { values, positionals } = readArguments(
  NAME,
  {
    files: { says: "the files, globs or lines that follow, and no others" },
    room: {
      type: "string",
      multiple: true,
      value: "room",
      says: "a room below src/, and those in it",
    },
    sample: {
      type: "string",
      value: "percent",
      says: "a part of the lines, the same for the same tree",
    },
    near: { says: "judged by the tests in its own folder alone" },
    static: { says: "also what a module computes when it loads" },
    vitest: { says: "judged by vitest itself: slow" },
    fresh: { says: "forgets earlier results" },
    json: { says: "prints one JSON object as the last line of standard output" },
  },
  {
    says: "Changes the source in small ways, one at a time, and counts which changes no test notices.",
    words: "[files...]",
  },
);

const percent = values.sample === undefined ? undefined : Number(values.sample);
if (percent !== undefined && !(percent > 0 && percent < 100))
  refuseUsage(NAME, `--sample takes a number of percent between 0 and 100, not ${values.sample}`);
const jobs = PARTS.map(jobOf).filter(({ mutate }) => mutate.length > 0);
if (jobs.length === 0)
  refuseUsage(NAME, "there is nothing to change: name files below src/, or rooms");
// What tests left alive, the compiler is asked about: it is what notices a change of types.
const files = judgeByCompiler(Object.assign({}, ...jobs.map(play)));
const rooms = countRooms(files);
const total = sumOf(rooms);
const score = scoreOf(total);
const interval = percent === undefined ? undefined : intervalOf(total);
// Few tests give no meaningful figure for a room.
if (positionals.length === 0 && !values.near) writeSummary();
if (values.json)
  console.log(JSON.stringify({ score, ...sampled(), ...total, rooms: rooms.map(withScore) }));
else tell();
if (score !== undefined && score < BAR) process.exitCode = 1;

/** The requested part: files by name, its rooms, or all of it. */
function jobOf(part) {
  const isOwn = (path) =>
    path.startsWith(part.folder) && (part.without === undefined || !path.startsWith(part.without));
  const without = part.without === undefined ? [] : [`!${part.without}**/*.ts`];
  const folders = values.room.map((room) => `src/${room}/`);
  const isWhole = folders.length === 0 || folders.includes(part.folder);
  const asked = isWhole ? [part.folder] : folders.filter(isOwn);
  const mutate =
    positionals.length > 0
      ? positionals.filter(isOwn)
      : asked.flatMap((folder) => [`${folder}**/*.ts`, ...without]);
  return { ...part, mutate: percent === undefined ? mutate : sampleOf(mutate, percent) };
}

/** The files of one part with their mutants, in the form of Stryker's report. */
function play({ name, tests, mutate }) {
  mkdirSync(FOLDER, { recursive: true });
  const report = `${FOLDER}/${name}.json`;
  const config = `${FOLDER}/${name}.config.json`;
  // Not below the tree, because tools that read all of it would also read the copy.
  const sandbox = mkdtempSync(join(tmpdir(), "millwright-mutation-"));
  const setting = {
    ...BASE,
    ...(values.vitest ? BY_VITEST : {}),
    mutate,
    testFiles: values.near ? testsBeside(mutate) : tests,
    ignoreStatic: !values.static,
    force: values.fresh,
    incrementalFile: `${FOLDER}/${values.near ? "near-" : ""}${name}.incremental.json`,
    tempDirName: sandbox,
    jsonReporter: { fileName: report },
  };
  writeFileSync(config, JSON.stringify(setting));
  const ran = spawnSync(process.execPath, ["node_modules/.bin/stryker", "run", config], {
    // Standard output is for the figures.
    stdio: ["ignore", process.stderr, process.stderr],
  });
  rmSync(sandbox, { recursive: true, force: true });
  if (ran.status !== 0) throw new Error(`Stryker ended with ${ran.status ?? ran.signal}`);
  return JSON.parse(readFileSync(report, "utf8")).files;
}

function withScore(room) {
  return { ...room, score: scoreOf(room) };
}

/** The note beside the figure of a sample; empty if all were judged. */
function sampled() {
  return percent === undefined ? {} : { sample: percent, interval };
}

/** Rooms that were not requested keep their earlier counts. */
function writeSummary() {
  const before = existsSync(SUMMARY) ? JSON.parse(readFileSync(SUMMARY, "utf8")).rooms : [];
  const counted = new Set(rooms.map(({ room }) => room));
  const kept = before.filter(({ room }) => !counted.has(room));
  const own = rooms.map((room) => ({
    ...room,
    ...(percent === undefined ? {} : { sample: percent }),
  }));
  const all = [...kept, ...own].sort((left, right) => (left.room < right.room ? -1 : 1));
  const summary = { score: scoreOf(sumOf(all)), rooms: all.map(withScore) };
  writeFileSync(SUMMARY, `${JSON.stringify(summary, undefined, 2)}\n`);
}

function tell() {
  for (const line of survivorsIn(files)) console.log(line);
  const rows = [...rooms, { room: "all", ...total }].map((room) => ({
    ...withScore(room),
    score: `${scoreOf(room) ?? "-"} %`,
  }));
  console.table(rows);
  if (interval !== undefined)
    console.log(
      `a sample of ${percent} % of the lines: the score of all is between ${interval[0]} and ${interval[1]} % (19 times of 20)`,
    );
}
