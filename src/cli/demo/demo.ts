import { resolve } from "node:path";
import { chooseModel } from "../shared/choose-model.ts";
import { sayEnding } from "../shared/ending.ts";
import { playAndTell, type Told } from "../shared/play-and-tell.ts";
import { createProgress } from "../shared/progress.ts";
import type { DemoResult } from "../shared/result.ts";
import { raiseScaffold, type Scaffold } from "../shared/scaffold.ts";
import { beginAlerts } from "./alerts.ts";
import { playAudit } from "./audit.ts";
import { missedEnds } from "./ending.ts";
import { chooseIsolation, type DemoOptions, PREFIX, REPOSITORY, raiseTwin } from "./raise-twin.ts";
import { sayPlaces } from "./say-places.ts";
import { readScenario } from "./scenario.ts";

/** Plays one scenario on the twin from the label to done, then the nightly audit. Leaves nothing behind but the page. */
export async function runDemo(options: DemoOptions): Promise<DemoResult> {
  return (await tellDemo(options)).result;
}

/** The same, with everything that happened. */
export async function tellDemo(options: DemoOptions): Promise<Told> {
  const scaffold = await raiseScaffold("demo");
  // Ctrl-C takes everything down at once: what is still waited for then ends by itself.
  const stop = () => void scaffold.takeDown();
  options.signal.addEventListener("abort", stop);
  try {
    return await play(options, scaffold);
  } finally {
    options.signal.removeEventListener("abort", stop);
    await scaffold.takeDown();
  }
}

async function play(options: DemoOptions, scaffold: Scaffold): Promise<Told> {
  const { terminal, scenario } = options;
  const progress = createProgress(terminal);
  const scene = await readScenario(options.millwright, scenario, scaffold.directory);
  const { issue, script, ends, alerts } = scene;
  const { ANTHROPIC_API_KEY: apiKey, ANTHROPIC_BASE_URL: baseUrl } = options.environment;
  const ownScript = apiKey ? undefined : script;
  const model = await chooseModel(scaffold, {
    script: options.script ?? ownScript,
    apiKey,
    baseUrl,
  });
  const isolation = await chooseIsolation(model, options.millwright);
  const twin = await raiseTwin(options, { scaffold, model, isolation, progress, scene });
  const place = { twin, repository: REPOSITORY, prefix: PREFIX };
  const alarm = await beginAlerts(place, alerts, options.signal);
  const { title } = alarm?.issue ?? issue;
  sayPlaces(progress, { model, isolation, twin, title, terminal });

  const played = await playAndTell({
    ...place,
    issue,
    ...(alarm && { opened: alarm.issue.number }),
    model,
    scenario,
    page: { folder: resolve(".demo"), name: scenario, keepsOthers: false },
    progress,
    signal: options.signal,
  });
  // A script of the caller's, or a real model, has an end of its own.
  const isOurs = options.script === undefined && ownScript !== undefined;
  const result = { ...played.result, ...(alarm && { alerts: await alarm.end() }) };
  const missed = isOurs && ends !== undefined ? missedEnds(ends, result) : [];
  const ok = isOurs && ends !== undefined ? missed.length === 0 : played.result.ok;
  const told = { ...played, result: { ...result, ok } };
  if (played.result.ok) await playAudit({ twin, repository: REPOSITORY, progress, terminal });
  sayEnding({ ...told, terminal, unplayed: model.unplayed() });
  for (const line of missed)
    terminal.line(`  ${terminal.style("red", "not as it should")} ${line}`);
  return told;
}
