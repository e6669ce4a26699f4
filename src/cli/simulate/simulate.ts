import { renderSimulationPage } from "../../wording/pages/simulation-page.ts";
import { writeNamedPage } from "../shared/page-place.ts";
import { widthOf } from "../shared/terminal.ts";
import type { SimulateArguments } from "./arguments.ts";
import { pageOf } from "./page-data.ts";
import { type Played, play } from "./play.ts";
import { resultOf } from "./result.ts";
import { sayFigures } from "./say-figures.ts";

/** Plays, says what came of it, and answers the exit code. */
export async function runSimulate(
  asked: SimulateArguments,
  write: (text: string) => void,
): Promise<number> {
  const played = playAll(asked);
  const result = resultOf(asked, played);
  if (asked.html !== undefined) {
    const page = renderSimulationPage(pageOf(asked, played));
    await writeNamedPage("--html", asked.html, page);
  }
  write(
    asked.json ? `${JSON.stringify(result)}\n` : sayFigures(asked, result, widthOf(process.stdout)),
  );
  return result.ok ? 0 : 1;
}

/** First in, first out is played beside the schedule: what the schedule is worth is the difference. */
export function playAll({ plan }: Pick<SimulateArguments, "plan">): readonly Played[] {
  const flat = play({ ...plan, policy: "first-in-first-out" });
  return plan.policy === "scheduled" ? [play(plan), flat] : [flat];
}
