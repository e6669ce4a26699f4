import { WEATHERS } from "../../twin/github/weather/weather.ts";
import { silentTerminal } from "../shared/terminal.ts";
import { runDemo } from "./demo.ts";
import type { DemoOptions } from "./raise-twin.ts";

/** The object that `demo --weather all --json` prints: how many weathers were played, and under how many the issue was done. */
export interface WeathersResult {
  readonly weathers: number;
  readonly done: number;
}

/** Plays the scenario under each weather, one after the other, and says of each how it ended. */
export async function runWeathers(
  options: Omit<DemoOptions, "weather">,
  play: typeof runDemo = runDemo,
): Promise<WeathersResult> {
  const { terminal } = options;
  const entries = Object.entries(WEATHERS);
  let done = 0;
  for (const [name, weather] of entries) {
    options.signal.throwIfAborted();
    const { ok, issue, requests, durationMs } = await play({
      ...options,
      weather,
      terminal: silentTerminal(),
    });
    if (ok) done += 1;
    const mark = ok ? terminal.style("green", "✓") : terminal.style("red", "✗");
    const seconds = (durationMs / 1_000).toFixed(1);
    terminal.results.line(
      `  ${mark} ${name.padEnd(20)} ${issue.stage}, ${requests.rest + requests.graphql} requests, ${seconds} s`,
    );
    terminal.line(`    ${terminal.style("dim", weather.about)}`);
  }
  return { weathers: entries.length, done };
}
