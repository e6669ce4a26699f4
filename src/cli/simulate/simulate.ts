import { dirname, parse } from "node:path";
import { renderSimulationPage } from "../../wording/pages/simulation-page.ts";
import { systemReason } from "../command/named-file.ts";
import { UsageError } from "../command/usage-error.ts";
import { writePage } from "../shared/page-place.ts";
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
    const { name, ext: extension } = parse(asked.html);
    const page = renderSimulationPage(pageOf(asked, played));
    const place = { folder: dirname(asked.html), name, extension, keepsOthers: false };
    await writePage(place, page).catch((error: NodeJS.ErrnoException) => {
      throw new UsageError(`--html: ${asked.html} cannot be written: ${systemReason(error)}`);
    });
  }
  write(asked.json ? `${JSON.stringify(result)}\n` : sayFigures(asked, result));
  return result.ok ? 0 : 1;
}

/** First in, first out is played beside the schedule: what the schedule is worth is the difference. */
export function playAll({ plan }: Pick<SimulateArguments, "plan">): readonly Played[] {
  const flat = play({ ...plan, policy: "first-in-first-out" });
  return plan.policy === "scheduled" ? [play(plan), flat] : [flat];
}
