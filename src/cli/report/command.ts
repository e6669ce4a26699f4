import { resolve } from "node:path";
import { reviewOf } from "../../measures/review/review.ts";
import { playWeek } from "../demo/week.ts";
import { standingPlace } from "../rehearse/arguments.ts";
import type { Terminal } from "../shared/terminal.ts";
import { REPORT_HELP, readReportArguments } from "./arguments.ts";
import { runReport, tellReview } from "./report.ts";

/** Runs until the end or Ctrl-C, then prints the object. */
type Play = <Result>(
  output: { readonly json: boolean; readonly quiet: boolean },
  play: (signal: AbortSignal, terminal: Terminal) => Promise<Result>,
  codeOf: (result: Result) => number,
) => Promise<number>;

/** `millwright report`: answers the exit code. */
export async function runReportCommand(
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  play: Play,
): Promise<number> {
  const place = { from: standingPlace(environment), now: new Date() };
  const asked = readReportArguments(words, place);
  if (asked === undefined) {
    process.stdout.write(REPORT_HELP);
    return 0;
  }
  return play(
    { json: asked.json, quiet: false },
    (signal, terminal) =>
      runReport(asked, {
        ...{ terminal, environment },
        playWeek: () => playWeek({ terminal, signal }),
      }),
    () => 0,
  );
}

/** `millwright demo --week`: the week of the twin, and the page of its review in `.demo`. */
export function runWeekCommand(
  output: { readonly json: boolean; readonly quiet: boolean },
  play: Play,
): Promise<number> {
  return play(
    output,
    async (signal, terminal) => {
      terminal.line("A week of a factory on a GitHub of this machine; its workers answer by rote.");
      const { history, notes, window } = await playWeek({ terminal, signal });
      const html = resolve(".demo", "week.html");
      return tellReview(reviewOf(history, window), { terminal, notes, html });
    },
    () => 0,
  );
}
