import { resolve } from "node:path";
import { reviewOf } from "../../measures/review/review.ts";
import type { Output } from "../command/output.ts";
import { untilInterrupted } from "../command/until-interrupted.ts";
import { playWeek } from "../demo/week.ts";
import type { ReportArguments } from "./arguments.ts";
import { runReport, tellReview, wasRead } from "./report.ts";

/** `millwright report`: answers the exit code. */
export function playReport(
  asked: ReportArguments,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  return untilInterrupted(
    asked,
    ({ signal, terminal }) =>
      runReport(asked, {
        ...{ terminal, environment },
        playWeek: () => playWeek({ terminal, signal }),
      }),
    (result) => (wasRead(result) ? 0 : 1),
  );
}

/** `millwright demo --week`: the week of the twin, and the page of its review in `.demo`. */
export function playWeekDemo(output: Output): Promise<number> {
  return untilInterrupted(
    output,
    async ({ signal, terminal }) => {
      terminal.line("A week of a factory on a GitHub of this machine; its workers answer by rote.");
      const { history, notes, window } = await playWeek({ terminal, signal });
      const html = resolve(".demo", "week.html");
      return tellReview(reviewOf(history, window), { terminal, notes, html });
    },
    () => 0,
  );
}
