import { join, resolve } from "node:path";
import { chooseModel } from "../shared/choose-model.ts";
import { sayEnding } from "../shared/ending.ts";
import { playAndTell, type Told } from "../shared/play-and-tell.ts";
import { createProgress } from "../shared/progress.ts";
import type { DemoResult } from "../shared/result.ts";
import { raiseScaffold, type Scaffold } from "../shared/scaffold.ts";
import { playAudit } from "./audit.ts";
import { chooseIsolation, type DemoOptions, PREFIX, REPOSITORY, raiseTwin } from "./raise-twin.ts";
import { sayPlaces } from "./say-places.ts";
import { type Ending, missedEnding, readScenario } from "./scenario.ts";

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
  const files = join(options.millwright, "src/cli/demo/scenarios");
  const { issue, script, ending } = await readScenario(files, scenario);
  const { ANTHROPIC_API_KEY: apiKey, ANTHROPIC_BASE_URL: baseUrl } = options.environment;
  const ownScript = apiKey ? undefined : script;
  const model = await chooseModel(scaffold, {
    script: options.script ?? ownScript,
    apiKey,
    baseUrl,
  });
  const isolation = await chooseIsolation(model, options.millwright);
  const twin = await raiseTwin(options, { scaffold, model, isolation, progress });
  sayPlaces(progress, { model, isolation, twin, title: issue.title, terminal });

  const played = await playAndTell({
    twin,
    repository: REPOSITORY,
    prefix: PREFIX,
    issue,
    model,
    scenario,
    page: { folder: resolve(".demo"), name: scenario, keepsOthers: false },
    progress,
    signal: options.signal,
  });
  // With a script of the caller's nobody knows how it should end.
  const told = options.script === undefined ? judged(played, ending) : played;
  if (ending === undefined && told.result.ok)
    await playAudit({ twin, repository: REPOSITORY, progress, terminal });
  sayEnding({ ...told, terminal, unplayed: model.unplayed() });
  return told;
}

/** A scenario that has an ending of its own is well when it came to just that one. */
function judged(told: Told, ending: Ending | undefined): Told {
  if (ending === undefined) return told;
  const missed = missedEnding(ending, told.result);
  const result = { ...told.result, ok: missed.length === 0 };
  const sentence = missed.length === 0 ? told.sentence : `${told.sentence} ${missed.join("; ")}.`;
  return { ...told, result, sentence };
}
