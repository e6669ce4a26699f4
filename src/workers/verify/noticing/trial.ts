import type { ChangedFile } from "../../../domain/change-set.ts";
import type { Naming } from "../../../domain/evidence/naming.ts";
import type { NoticedHunk } from "../../../domain/evidence/noticed.ts";
import type { CheckRun, Noticed } from "../../../domain/evidence.ts";
import { selectTests } from "../../checks/only.ts";
import type { Bench, RunOptions, Task } from "../../checks/workbench.ts";
import { type Judged, judgeRun, type WatchedTest } from "../../proof/noticed/judge.ts";

/** Limit of the evidence's schema. */
const TESTS = 5;

/** Results of the named tests without a part, in the evidence's terms. */
export type Verdict = Pick<NoticedHunk, "noticed" | "because" | "tests" | "criteria">;

/** Runs the named tests without a part of the change, as long as there is time. */
export interface Trial {
  /** @returns undefined where no run could end in the minutes that are left */
  ask(path: string, put: ChangedFile): Promise<Verdict | undefined>;
  ran(): Pick<Noticed, "ran" | "runs">;
}

export interface Asked {
  readonly order: Task["order"];
  readonly bench: Bench;
  readonly watched: readonly WatchedTest[];
  readonly namings: readonly Naming[];
  /** Test results with the whole change. */
  readonly whole: CheckRun;
  readonly leftMs: () => number;
}

export async function beginTrial(asked: Asked): Promise<Trial> {
  const { bench, watched, namings, leftMs } = asked;
  const way = await chooseWay(asked);
  const known = new Set((way.with.tests ?? []).map(({ name }) => name));
  let { runs } = way;
  return {
    async ask(path, put) {
      // The tests take as long as with the whole change; a run that cannot end in time is not begun.
      if (leftMs() <= way.with.durationMs) return undefined;
      const run = await bench.run("test", { ...way.options, put: [put], withinMs: leftMs() });
      // Cut off by our own limit, or not begun because of the order's: no result.
      if (run.status === "timed-out" && (leftMs() <= 0 || run.durationMs === 0)) return undefined;
      runs += 1;
      return told(judgeRun(run, { watched, path, known }), namings);
    },
    ran: () => ({
      ran: runs === 0 ? "nothing" : way.options.only === undefined ? "whole" : "only",
      runs,
    }),
  };
}

interface Way {
  readonly options: Pick<RunOptions, "only">;
  /** Test results with the whole change. */
  readonly with: CheckRun;
  readonly runs: number;
}

/** The named tests alone, if they pass that way; otherwise the whole check. */
async function chooseWay({ order, bench, watched, whole, leftMs }: Asked): Promise<Way> {
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

function told(judged: Judged, namings: readonly Naming[]): Verdict {
  if (judged.noticed === "untried") return judged;
  if (judged.noticed !== "by-tests") return { noticed: judged.noticed };
  const failing = new Set(judged.tests);
  const criteria = namings
    .filter(({ tests }) => tests.some((test) => failing.has(test)))
    .map(({ criterion }) => criterion);
  return {
    noticed: "by-tests",
    tests: judged.tests.slice(0, TESTS),
    criteria: [...new Set(criteria)].slice(0, 15),
  };
}
