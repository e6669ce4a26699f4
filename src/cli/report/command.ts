import { playWeek } from "../demo/week.ts";
import { standingPlace } from "../rehearse/arguments.ts";
import type { Terminal } from "../shared/terminal.ts";
import { REPORT_HELP, readReportArguments } from "./arguments.ts";
import { runReport } from "./report.ts";

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
