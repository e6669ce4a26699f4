import type { ChangeSet } from "../../../domain/change-set.ts";
import { asksForTests } from "../../../domain/contract.ts";
import type { Naming } from "../../../domain/evidence/naming.ts";
import { linesOf, type NoticedHunk, type UntriedReason } from "../../../domain/evidence/noticed.ts";
import type { CheckRun, Noticed } from "../../../domain/evidence.ts";
import type { LineOrder } from "../../../domain/order.ts";
import type { Bench, Task } from "../../checks/workbench.ts";
import type { Sight } from "../../proof/criteria/sight.ts";
import { type Hunk, takeBack, type Untried } from "../../proof/noticed/hunks.ts";
import type { WatchedTest } from "../../proof/noticed/judge.ts";
import { tryFiner } from "./finer.ts";
import { type Parts, readParts } from "./parts.ts";
import type { TriedHunk } from "./together.ts";
import { type Asked, beginTrial } from "./trial.ts";

/** The most parts that are reverted; the largest say most. */
const MOST_TRIED = 40;
/** Limit of the evidence's schema. */
const HUNKS = 100;

type NoticingTask = Task & { readonly order: LineOrder };

interface Given {
  readonly changeSet: ChangeSet;
  /** The prepared change, and its test results. */
  readonly bench: Bench;
  readonly runs: readonly CheckRun[];
  readonly namings: readonly Naming[];
  readonly sight: Sight;
  /** Tests that failed before and pass now. */
  readonly turned: readonly string[];
}

/**
 * Reverts the parts of the change's source one at a time, the largest first, and checks which named tests fail again. Parts without which nothing
 * builds are then tried in smaller pieces. Limited by the config's minutes and by count; left-out parts are reported with the reason.
 */
export async function noticeHunks(task: NoticingTask, given: Given): Promise<Noticed> {
  const { clock } = task.ports;
  const began = clock.elapsed();
  const limitMs = task.order.config.verify.noticeMinutes * 60_000;
  const leftMs = () => limitMs - (clock.elapsed() - began);
  const parts = await readParts(task, given.changeSet.files);
  const watched = watchedTests(task.order, given);
  const whole = given.runs.find(({ name }) => name === "test");
  const against = reasonAgainst(watched, whole);
  const trial =
    against === undefined && whole !== undefined && parts.hunks.length > 0
      ? await tryHunks(task, { ...given, ...parts }, { watched, whole, leftMs })
      : { ran: "nothing" as const, runs: 0, tried: [], left: parts.hunks };
  const late = against ?? "time";
  const left = trial.left.map((hunk, index): NoticedHunk => {
    const isBeyond = parts.hunks.length - trial.left.length + index >= MOST_TRIED;
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

/** Tests named for `changes` or `keeps`, or without a contract those that turned, if they pass on the change and can be distinguished there. */
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

interface Tried extends Pick<Noticed, "ran" | "runs"> {
  readonly tried: readonly NoticedHunk[];
  readonly left: readonly Hunk[];
}

async function tryHunks(
  task: NoticingTask,
  given: Given & Parts,
  about: Pick<Asked, "watched" | "whole" | "leftMs">,
): Promise<Tried> {
  const { order } = task;
  const { bench, namings, files } = given;
  const trial = await beginTrial({ order, bench, namings, ...about });
  const tried: TriedHunk[] = [];
  for (const hunk of given.hunks.slice(0, MOST_TRIED)) {
    const file = files.get(hunk.path);
    const verdict =
      file === undefined ? undefined : await trial.ask(hunk.path, takeBack(file, [hunk]));
    if (verdict === undefined) break;
    const { path, from, to, lines } = hunk;
    tried.push({ hunk, told: { path, from, to, lines, ...verdict } });
  }
  const told = await tryFiner({ trial, files, syntax: task.ports.syntax }, tried);
  return { ...trial.ran(), tried: told, left: given.hunks.slice(tried.length) };
}
