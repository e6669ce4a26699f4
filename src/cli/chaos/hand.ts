/** A thread that plays lives, one after the other; `hands.ts` says what it is for. It ends when nobody listens any more. */
import { parentPort } from "node:worker_threads";
import type { Ask, Told } from "./hands.ts";
import { playLife } from "./life.ts";
import { LINES } from "./lines.ts";
import { createPlaygrounds } from "./playgrounds.ts";

// Named by the handover alone: the jobs keep their files in memory.
process.env.RUNNER_TEMP ??= "/runner-temp";
const playgrounds = createPlaygrounds();
const port = parentPort;

port?.on("message", (asked: Ask | "done") => {
  if (asked === "done") {
    const leave = () => port.close();
    playgrounds.clear().then(leave, leave);
    return;
  }
  play(asked).then(
    (life) => tell({ life }),
    (error: unknown) => tell({ fault: error instanceof Error ? error : new Error(String(error)) }),
  );
});

async function play({ line, disturbance, expected }: Ask) {
  const playground = await playgrounds.of(line, disturbance);
  const life = { disturbance, ...(expected === undefined ? {} : { expected }) };
  return await playLife(playground, LINES[line], life);
}

function tell(told: Told): void {
  port?.postMessage(told);
}
