import type { ChangeSet } from "../../domain/change-set.ts";
import { asksForTests } from "../../domain/contract.ts";
import type { Naming } from "../../domain/evidence/naming.ts";
import { linesOf, type NoticedHunk, type UntriedReason } from "../../domain/evidence/noticed.ts";
import type { CheckRun, Noticed } from "../../domain/evidence.ts";
import type { LineOrder } from "../../domain/order.ts";
import { selectTests } from "../checks/only.ts";
import type { Bench, RunOptions, Task } from "../checks/workbench.ts";
import type { Sight } from "../proof/criteria/sight.ts";
import { type FileVersions, type Hunk, takeBack, type Untried } from "../proof/noticed/hunks.ts";
import { judgeRun, type WatchedTest } from "../proof/noticed/judge.ts";
import { readParts } from "./noticed-parts.ts";

/** Parts that are taken back at most: the biggest say most. */
const MOST_TRIED = 40;
/** Bounds of the evidence's schema. */
const HUNKS = 100;
const TESTS = 5;

type NoticingTask = Task & { readonly order: LineOrder };

interface Given {
  readonly changeSet: ChangeSet;
  /** Where the change stands prepared, and what its tests said there. */
  readonly bench: Bench;
  readonly runs: readonly CheckRun[];
  readonly namings: readonly Naming[];
  readonly sight: Sight;
  /** Tests that failed before and pass now. */
  readonly turned: readonly string[];
}

/**
 * Takes the parts of the change's source back one at a time, the biggest first, and sees which of the named tests fail
 * again. Bounded by the minutes of the config and by count; what was left out is told, each with its reason.
 */
export async function noticeHunks(task: NoticingTask, given: Given): Promise<Noticed> {
  const { clock } = task.ports;
  const began = clock.elapsed();
  const parts = await readParts(task, given.changeSet.files);
  const watched = watchedTests(task.order, given);
  const whole = given.runs.find(({ name }) => name === "test");
  const against = reasonAgainst(watched, whole);
  const trial =
    against === undefined && whole !== undefined && parts.hunks.length > 0
      ? await tryHunks(task, { ...given, ...parts, watched, whole, began })
      : { ran: "nothing" as const, runs: 0, tried: [], left: parts.hunks };
  const late = against ?? "time";
  const left = trial.left.map((hunk, index): NoticedHunk => {
    const isBeyond = trial.tried.length + index >= MOST_TRIED;
    return untried(hunk, against === undefined && isBeyond ? "count" : late);
  });
  const others = parts.untried.map((part) => untried(part, part.because));
  const hunks = [...trial.tried, ...left, ...others];
  return {
    kind: "noticed",
    subject: task.subject,
    lines: linesOf(hunks),
    hunks: hunks.slice(0, HUNKS),
    more: Math.max(0, hunks.length - HUNKS),
    silentLines: parts.silentLines,
    ran: trial.ran,
    runs: trial.runs,
    durationMs: clock.elapsed() - began,
  };
}

function untried(part: Hunk | Untried, because: UntriedReason): NoticedHunk {
  const { path, from, to, lines } = part;
  return { path, from, to, lines, noticed: "untried", because };
}

/** Tests that were named for what changes or keeps, or without a contract those that turned; that pass on the change, and are told apart there. */
function watchedTests({ contract }: LineOrder, given: Given): readonly WatchedTest[] {
  const { namings, sight, turned } = given;
  const asking = new Set(
    contract.acceptance
      .filter(({ kind }) => asksForTests(kind) && kind !== "gone")
      .map(({ id }) => id),
  );
  const named = namings.filter(({ criterion }) => asking.has(criterion));
  const isProof = contract.acceptance.length === 0;
  const names = isProof ? turned : [...new Set(named.flatMap(({ tests }) => tests))];
  return names.flatMap((name) => {
    const { base, change, file } = sight(name);
    if (change !== "passed" || base === "flaky") return [];
    return [{ name, ...(file === undefined ? {} : { file }) }];
  });
}

function reasonAgainst(
  watched: readonly WatchedTest[],
  whole: CheckRun | undefined,
): UntriedReason | undefined {
  if (whole !== undefined && whole.tests === undefined) return "no-report";
  return watched.length === 0 ? "no-test" : undefined;
}

interface Trial extends Given {
  readonly hunks: readonly Hunk[];
  readonly files: ReadonlyMap<string, FileVersions>;
  readonly watched: readonly WatchedTest[];
  readonly whole: CheckRun;
  readonly began: number;
}

interface Tried {
  readonly ran: Noticed["ran"];
  readonly runs: number;
  readonly tried: readonly NoticedHunk[];
  readonly left: readonly Hunk[];
}

async function tryHunks(task: NoticingTask, trial: Trial): Promise<Tried> {
  const { clock } = task.ports;
  const limitMs = task.order.config.verify.noticeMinutes * 60_000;
  const leftMs = () => limitMs - (clock.elapsed() - trial.began);
  const { bench, files, watched } = trial;
  const way = await chooseWay(task, trial, leftMs);
  const known = new Set((way.with.tests ?? []).map(({ name }) => name));
  const tried: NoticedHunk[] = [];
  let { runs } = way;
  for (const hunk of trial.hunks.slice(0, MOST_TRIED)) {
    const file = files.get(hunk.path);
    // What the tests take with the change whole they take again: what cannot end in time is not begun.
    if (file === undefined || leftMs() <= way.with.durationMs) break;
    const about = { ...way.options, put: [takeBack(file, [hunk])], withinMs: leftMs() };
    const run = await bench.run("test", about);
    // Cut off by our own bound, or not begun for that of the order: nothing was asked.
    if (run.status === "timed-out" && (leftMs() <= 0 || run.durationMs === 0)) break;
    runs += 1;
    tried.push(tell(hunk, judgeRun(run, { watched, path: hunk.path, known }), trial));
  }
  const ran = way.options.only === undefined ? "whole" : "only";
  return { ran: runs === 0 ? "nothing" : ran, runs, tried, left: trial.hunks.slice(tried.length) };
}

interface Way {
  readonly options: Pick<RunOptions, "only">;
  /** What the tests say with the change whole. */
  readonly with: CheckRun;
  readonly runs: number;
}

/** The named tests alone, where they are seen to pass so; the whole check where they are not. */
async function chooseWay(
  { order }: NoticingTask,
  { bench, watched, whole }: Trial,
  leftMs: () => number,
): Promise<Way> {
  if (selectTests(order.config, watched) === undefined || leftMs() <= 0) {
    return { options: {}, with: whole, runs: 0 };
  }
  const alone = await bench.run("test", { only: watched, withinMs: leftMs() });
  const passed = new Set(
    (alone.tests ?? []).filter(({ status }) => status === "passed").map(({ name }) => name),
  );
  return watched.every(({ name }) => passed.has(name))
    ? { options: { only: watched }, with: alone, runs: 1 }
    : { options: {}, with: whole, runs: 1 };
}

function tell(hunk: Hunk, judged: ReturnType<typeof judgeRun>, { namings }: Given): NoticedHunk {
  const { path, from, to, lines } = hunk;
  const head = { path, from, to, lines } as const;
  if (judged.noticed === "untried") return { ...head, ...judged };
  if (judged.noticed !== "by-tests") return { ...head, noticed: judged.noticed };
  const failing = new Set(judged.tests);
  const criteria = namings
    .filter(({ tests }) => tests.some((test) => failing.has(test)))
    .map(({ criterion }) => criterion);
  return {
    ...head,
    noticed: "by-tests",
    tests: judged.tests.slice(0, TESTS),
    criteria: [...new Set(criteria)].slice(0, 15),
  };
}
