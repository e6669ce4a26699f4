import type { Twin } from "../../twin/shape.ts";
import type { Terminal } from "../shared/terminal.ts";
import { type Changes, commit, mergePage, type Night, playNight } from "./nights.ts";

/** Where nights are played and told. */
export interface Playing {
  readonly twin: Twin;
  readonly repository: string;
  readonly terminal: Terminal;
}

/** Why a job failed, in the words of its own annotations. */
function sayFailures({ twin, terminal }: Playing): void {
  const jobs = twin.runner.runs().flatMap((run) => run.jobs);
  for (const job of jobs.filter(({ conclusion }) => conclusion === "failure")) {
    for (const { level, message } of job.annotations) {
      if (level === "error") terminal.line(`      ${terminal.style("red", job.name)}: ${message}`);
    }
  }
}

/** Plays one night of the audit, and tells what it proposed and filed. */
export async function playAudit(playing: Playing): Promise<Omit<Night, "committed">> {
  const { terminal } = playing;
  terminal.line(`  ${terminal.style("cyan", "●")} ${terminal.style("bold", "nightly audit")}`);
  const night = await playNight(playing).catch((error: unknown) => {
    sayFailures(playing);
    throw error;
  });
  sayFailures(playing);
  const { pullRequest, filed, grades } = night;
  terminal.line(
    pullRequest === null
      ? `    ${terminal.style("red", "✗")} no pull request for quality.md was opened`
      : `    ${terminal.style("dim", "→")} #${pullRequest.number} ${pullRequest.title}`,
  );
  for (const [number, fingerprint] of Object.entries(filed)) {
    const grade = grades[fingerprint.split("/")[0] ?? ""] ?? "-";
    terminal.line(
      `    ${terminal.style("dim", "→")} #${number} filed: ${fingerprint} (grade ${grade})`,
    );
  }
  return night;
}

/** A night after each of these changes, of which the person merges the page: the grades of one are the trend of the next. */
export async function playNights(
  playing: Playing,
  nights: readonly { readonly commits: Changes }[],
): Promise<readonly Night[]> {
  const { terminal } = playing;
  const played: Night[] = [];
  for (const { commits } of nights) {
    const paths = Object.keys(commits);
    if (paths.length > 0) {
      terminal.line(`  ${terminal.style("yellow", "●")} OWNER commits ${paths.join(", ")}`);
      await commit(playing, commits);
    }
    const night = { ...(await playAudit(playing)), committed: paths };
    await mergePage(playing, night);
    const said = Object.entries(night.grades).map(([area, grade]) => `${area} ${grade}`);
    terminal.line(`    ${terminal.style("dim", "·")} grades: ${said.join(", ")}`);
    played.push(night);
  }
  return played;
}
