import type { LoopRead, LoopReading } from "../../control/observed/loops/loop-text.ts";
import { factoryLabels } from "../../domain/loop/loop.ts";
import { counted, sayUsd } from "../../wording/figures.ts";
import { refuseWord } from "../../wording/loops/judged.ts";
import { sayRefusal } from "../../wording/refusals.ts";
import { workflowsIn } from "../source/workflows-in.ts";
import type { LoopArguments } from "./arguments.ts";
import { faultsOfSchedule } from "./fit-schedule.ts";
import { readLoops } from "./read-checkout.ts";
import type { TriedJudge } from "./try-judge.ts";
import type { TriedLoop } from "./try-loop.ts";

/** Every fault of the loop files of a checkout, and of how they fit the workflows. Answers the exit code. */
export function lintLoops({ repo, json }: LoopArguments, write: (text: string) => void): number {
  const { config, readings } = readLoops(repo);
  const faults = [
    ...readings.flatMap(faultsOf),
    ...loopsIn(readings).flatMap(({ path, loop }) =>
      factoryLabels(loop, config.prefix).map(
        (label) => `${path}: effects.labels: ${label} is the factory's own to write`,
      ),
    ),
    ...faultsOfSchedule(loopsIn(readings), workflowsIn(repo)),
  ];
  if (json)
    write(`${JSON.stringify({ ok: faults.length === 0, loops: readings.length, faults })}\n`);
  else {
    for (const fault of faults) write(`${fault}\n`);
    write(`loop files: ${readings.length}, faults: ${faults.length}\n`);
  }
  return faults.length === 0 ? 0 : 1;
}

/** Which loops there are and what starts each. Answers the exit code: 1 where a file cannot be read. */
export function listLoops({ repo, json }: LoopArguments, write: (text: string) => void): number {
  const { readings } = readLoops(repo);
  const loops = loopsIn(readings).map(listed);
  const faults = readings.flatMap(faultsOf);
  if (json) write(`${JSON.stringify({ ok: faults.length === 0, loops, faults })}\n`);
  else {
    for (const loop of loops) write(`${sayListed(loop)}\n`);
    for (const fault of faults) write(`${fault}\n`);
    if (readings.length === 0) write("no loop files\n");
  }
  return faults.length === 0 ? 0 : 1;
}

function listed({ name, path, loop }: LoopRead) {
  return {
    name,
    path,
    schedule: loop.on.schedule ?? null,
    event: loop.on.event ?? null,
    until: loop.until ?? null,
    guards: loop.guards.map(({ measure }) => measure),
  };
}

function sayListed({ name, schedule, event, until, guards }: ReturnType<typeof listed>): string {
  const starts = schedule ?? event ?? "only where a person asks";
  const ends = until === null ? "" : `, until ${until}`;
  const held = guards.length === 0 ? "" : `, guarded by ${guards.join(", ")}`;
  return `${name}: ${starts}${ends}${held}`;
}

/** What was gathered, and what would be filed by a loop that has never run. */
export function sayTried(
  { proposal, judge, plan }: TriedLoop,
  write: (line: string) => void,
): void {
  if (proposal.worker === "failed") {
    write(sayRefusal(proposal.refusal));
    return;
  }
  const { items, measures } = proposal.gathered;
  write(`gathered: ${items.length}`);
  for (const [name, value] of Object.entries(measures)) write(`  ${name} = ${value}`);
  if (judge !== undefined) sayJudge(judge, write);
  if (plan?.kind === "unknown") {
    write(`the measure ${plan.measure} decides, and nothing gives it: nothing would be filed`);
  }
  if (plan?.kind !== "acts") return;
  if (plan.reached) write("its exit condition holds: nothing would be filed");
  for (const { title } of plan.file) write(`would be filed: ${title}`);
  if (plan.waiting > 0) write(`beyond its bounds: ${plan.waiting}`);
}

/** What the judge said and what of it holds; without a key what one would add. */
function sayJudge({ items, usd, said, taken }: TriedJudge, write: (line: string) => void): void {
  if (said === undefined) {
    write(
      `a judge would be asked about ${counted(items, "item")}, for at most ${sayUsd(usd)}: without its word nothing is filed. Set ANTHROPIC_API_KEY to ask it here`,
    );
    return;
  }
  write(`the judge cost ${sayUsd(said.usage.usd)}`);
  if (said.worker === "failed") write(sayRefusal(said.refusal));
  for (const word of taken?.notTaken ?? []) write(sayRefusal(refuseWord(word)));
}

function loopsIn(readings: readonly LoopReading[]) {
  return readings.flatMap((one) => ("read" in one ? [one.read] : []));
}

function faultsOf(reading: LoopReading): readonly string[] {
  return "read" in reading ? [] : reading.faults.map((fault) => `${reading.path}: ${fault}`);
}
