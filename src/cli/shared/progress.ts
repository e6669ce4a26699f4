import type { Stage } from "../../domain/stage.ts";
import { LINE } from "../../line.ts";
import type { RunnerProgress, RunRecord } from "../../twin/runner/run/records.ts";
import { sayDuration } from "../../wording/figures.ts";
import { ownJobName } from "./job-name.ts";
import { createLiveLine } from "./live-line.ts";
import type { Terminal } from "./terminal.ts";

/**
 * What each job is for, by its name. The stations say it themselves; a job that is no station of the line is named here, and the
 * deploy belongs to the repository.
 */
export const DOING: ReadonlyMap<string, string> = new Map([
  ...LINE.map((station) => {
    const job = station.kind === "control" ? station.task : station.worker;
    return [job, station.doing] as const;
  }),
  ["measure", "runs the checks of the base"],
  ["prove", "runs the tests with the change and without it"],
  ["deploy", "the repository's own deploy"],
]);

type Finished = Extract<RunnerProgress, { kind: "job-finished" }>;

function sayJob(terminal: Terminal, event: Finished): string {
  const good = event.conclusion === "success";
  const mark = terminal.style(good ? "green" : "red", good ? "✓" : "✗");
  const name = ownJobName(event.job).padEnd(18);
  const time = sayDuration(event.durationMs).padStart(7);
  return `    ${mark} ${name}${time}   ${terminal.style("dim", DOING.get(ownJobName(event.job)) ?? "")}`;
}

/** Tells a run of the twin line by line. */
export function createProgress(terminal: Terminal) {
  const live = createLiveLine(terminal);
  const running = new Map<number, () => void>();
  let runs: () => readonly RunRecord[] = () => [];
  const lastLineOf = (jobId: number) => {
    const job = runs()
      .flatMap((run) => run.jobs)
      .find(({ id }) => id === jobId);
    return wordsIn(job?.log ?? []);
  };
  return {
    live,
    /** Where the logs of running jobs are found. */
    follow(source: () => readonly RunRecord[]): void {
      runs = source;
    },
    onRunner(event: RunnerProgress): void {
      if (event.kind === "job-started") {
        const { job, jobId } = event;
        const what = `${ownJobName(job)} ${DOING.get(ownJobName(job)) ?? ""}`.trimEnd();
        running.set(
          jobId,
          live.begin(what, () => lastLineOf(jobId)),
        );
      }
      if (event.kind === "job-finished") {
        running.get(event.jobId)?.();
        running.delete(event.jobId);
      }
      if (event.kind === "job-finished" && event.conclusion !== "skipped") {
        terminal.line(sayJob(terminal, event));
      }
      if (event.kind === "run-finished" && event.error !== undefined) {
        terminal.line(`    ${terminal.style("red", "✗")} ${event.workflow}: ${event.error}`);
      }
    },
    stage(stage: Stage | "none", turn: string | undefined): void {
      const colour = stage === "done" ? "green" : stage === "needs-human" ? "red" : "cyan";
      const waits = turn === undefined ? "" : `  ${terminal.style("dim", "the owner:")} ${turn}`;
      terminal.line(`  ${terminal.style(colour, "●")} ${terminal.style("bold", stage)}${waits}`);
    },
    fact(name: string, value: string): void {
      terminal.line(`  ${terminal.style("dim", name.padEnd(12))}${value}`);
    },
    heading(text: string): void {
      terminal.line();
      terminal.line(`  ${terminal.style("bold", text)}`);
      terminal.line();
    },
  };
}
export type Progress = ReturnType<typeof createProgress>;

/** Lines of a log that are looked through from its end for one that says something. */
const LOOKED_THROUGH = 20;

/** The last line that says something; a worker puts a bar before what is not its own. */
function wordsIn(log: readonly string[]): string {
  const said = log
    .slice(-LOOKED_THROUGH)
    .map((line) => line.replace(/^\| /, "").trim())
    .filter((line) => line !== "" && !line.startsWith("##["));
  return said.at(-1) ?? "";
}
