import { beginJob, type ConductedRun } from "../in-process/runs.ts";
import { jobNameFromAct } from "../shared/job-name.ts";

/** A line of act's log, as far as it is read. */
export interface ActLine {
  readonly msg?: string;
  /** Names of the calling workflow, the calling job and the job, filled up with blanks. */
  readonly job?: string;
  readonly step?: string;
  readonly jobResult?: string;
  /** Of what a step asked the runner: `summary` has what it wrote to the page of the job. */
  readonly command?: string;
  readonly content?: string;
}

/** What act calls the step before all others; a job that calls a workflow has none. */
const FIRST_STEP = "Set up job";

/** Tells of jobs from act's log as they begin and end; what is said of no job is left. */
export function followJobs(run: ConductedRun): (line: ActLine) => void {
  const open = new Map<string, OpenJob>();
  return (line) => {
    const name = jobNameFromAct(line.job ?? "");
    if (line.step === FIRST_STEP && !open.has(name)) open.set(name, begin(run, name));
    const job = open.get(name);
    if (job === undefined) return;
    note(job, line);
    if (line.jobResult !== undefined) open.delete(name);
  };
}

function note(job: OpenJob, { msg = "", command, content = "", jobResult }: ActLine): void {
  job.log.push(msg.trimEnd());
  if (command === "summary") job.summaries.push(content);
  if (jobResult !== undefined) job.end(jobResult === "success" ? "success" : "failure");
}

type OpenJob = ReturnType<typeof begin>;

function begin(run: ConductedRun, name: string) {
  const log: string[] = [];
  const summaries: string[] = [];
  const job = beginJob(run, { name, runsOn: "act", permissions: {} });
  const end = (conclusion: "success" | "failure") =>
    job.end(conclusion, { summary: summaries.join("\n"), log });
  return { log, summaries, end };
}
