import type { Twin } from "../../twin/shape.ts";
import type { Progress } from "../shared/progress.ts";
import type { Terminal } from "../shared/terminal.ts";

interface PullAnswer {
  readonly number: number;
  readonly title: string;
  readonly head: { readonly ref: string };
}

const NIGHTLY = "17 3 * * *";

/** Why a job failed, in the words of its own annotations. */
function sayFailures(twin: Twin, terminal: Terminal): void {
  const jobs = twin.runner.runs().flatMap((run) => run.jobs);
  for (const job of jobs.filter(({ conclusion }) => conclusion === "failure")) {
    for (const { level, message } of job.annotations) {
      if (level === "error") terminal.line(`      ${terminal.style("red", job.name)}: ${message}`);
    }
  }
}

/** Lets the clock of the twin strike three in the morning, and tells which pull request the audit opened. */
export async function playAudit(options: {
  readonly twin: Twin;
  readonly repository: string;
  readonly progress: Progress;
  readonly terminal: Terminal;
}): Promise<void> {
  const { twin, repository, terminal } = options;
  terminal.line(`  ${terminal.style("cyan", "●")} ${terminal.style("bold", "nightly audit")}`);
  twin.github.emitSchedule(repository, NIGHTLY);
  await twin.runner.idle();
  sayFailures(twin, terminal);
  const open = (await twin.request(
    "GET",
    `/repos/${repository}/pulls?state=open`,
  )) as readonly PullAnswer[];
  const proposed = open.find(({ head }) => head.ref.startsWith("factory/quality-"));
  terminal.line(
    proposed === undefined
      ? `    ${terminal.style("red", "✗")} no pull request for quality.md was opened`
      : `    ${terminal.style("dim", "→")} #${proposed.number} ${proposed.title}`,
  );
}
