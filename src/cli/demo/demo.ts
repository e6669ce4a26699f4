import { resolve } from "node:path";
import { sayNights } from "../../wording/pages/run-page/nights.ts";
import { renderRunPage } from "../../wording/pages/run-page.ts";
import { chooseModel } from "../shared/choose-model.ts";
import { sayEnding } from "../shared/ending.ts";
import { type PagePlace, writePage } from "../shared/page-place.ts";
import { NO_PAST, pastOf, playAndTell, type Told } from "../shared/play-and-tell.ts";
import { createProgress } from "../shared/progress.ts";
import { raiseScaffold, type Scaffold } from "../shared/scaffold.ts";
import type { DemoResult } from "../story/result.ts";
import { beginAlerts } from "./alerts.ts";
import { type Playing, playAudit, playNights } from "./audit.ts";
import { missedEnds } from "./ending.ts";
import { mendedOn, sayMended } from "./mended.ts";
import { type Night, tellNight } from "./nights.ts";
import { raiseOnce } from "./raise-limits.ts";
import { chooseIsolation, type DemoOptions, PREFIX, REPOSITORY, raiseTwin } from "./raise-twin.ts";
import { sayPlaces } from "./say-places.ts";
import { readScenario, type Scenario } from "./scenario.ts";

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
  const { ends, alerts } = scene;
  const { model, isOurs } = await modelOf(options, scaffold, scene);
  const isolation = await chooseIsolation(model, options.millwright);
  const twin = await raiseTwin(options, { scaffold, model, isolation, progress, scene });
  const place = { twin, repository: REPOSITORY, prefix: PREFIX };
  const stage = { twin, repository: REPOSITORY, terminal };
  const alarm = await beginAlerts(place, alerts, options.signal);
  const title = (alarm?.issue ?? scene.issue)?.title ?? "what the first night files";
  sayPlaces(progress, { model, isolation, twin, title, terminal });
  const before = scene.issue === undefined ? await playNights(stage, [{ commits: {} }]) : [];
  const issue = alarm?.issue ?? scene.issue ?? { number: firstFiled(before) };
  const page = { folder: resolve(".demo"), name: scenario, keepsOthers: false };

  const rested = await playAndTell({
    ...place,
    issue,
    model,
    scenario,
    page,
    ...crowdOf(scene),
    past: before.length === 0 ? NO_PAST : pastOf(twin),
    progress,
    onRest: raiseOnce(stage, scene.raises),
    signal: options.signal,
  });
  const played = await tellMended(stage, rested, page);
  const alarmed = { ...(alarm && { alerts: await alarm.end() }) };
  const { nights, sentence } = await endNights(stage, { scene, before, told: played, page });
  const counted = { ...(scene.nights !== undefined && { nights }) };
  const result = { ...played.result, ...alarmed, ...counted };
  const missed = isOurs && ends !== undefined ? missedEnds(ends, result) : undefined;
  const ok = missed === undefined ? played.result.ok : missed.length === 0;
  const told = { ...played, sentence, result: { ...result, ok } };
  sayEnding({ ...told, terminal, unplayed: model.unplayed() });
  for (const line of missed ?? [])
    terminal.results.line(`  ${terminal.style("red", "not as it should")} ${line}`);
  return told;
}

/** On its page, too: what became of pull requests that somebody wanted mended beside the issue. */
async function tellMended(playing: Playing, told: Told, page: PagePlace): Promise<Told> {
  const mended = await mendedOn(playing);
  if (mended.length === 0) return told;
  const sentence = `${told.sentence} ${sayMended(mended)}`;
  const data = { ...told.page, outcome: { ...told.page.outcome, sentence } };
  await writePage(page, renderRunPage(data));
  return { ...told, sentence, page: data, result: { ...told.result, mended } };
}

/** What else is asked at the same time. */
function crowdOf({ beside, rings }: Scenario): Pick<Scenario, "beside" | "rings"> {
  return { ...(beside && { beside }), ...(rings && { rings }) };
}

/** A script of the caller's, or a real model, has an end of its own. */
async function modelOf({ script, environment }: DemoOptions, scaffold: Scaffold, scene: Scenario) {
  const { ANTHROPIC_API_KEY: apiKey, ANTHROPIC_BASE_URL: baseUrl } = environment;
  const ownScript = apiKey ? undefined : scene.script;
  const model = await chooseModel(scaffold, { script: script ?? ownScript, apiKey, baseUrl });
  return { model, isOurs: script === undefined && ownScript !== undefined };
}

/** All nights of the scenario, told on its page too; where it has none, one whose page nobody merges and which nobody counts. */
async function endNights(
  playing: Playing,
  run: {
    readonly scene: Scenario;
    readonly before: readonly Night[];
    readonly told: Told;
    readonly page: PagePlace;
  },
): Promise<{ readonly nights: readonly Night[]; readonly sentence: string }> {
  const { scene, before, told, page } = run;
  const after = told.result.ok ? await playNights(playing, scene.nights ?? []) : [];
  if (told.result.ok && scene.nights === undefined) await playAudit(playing);
  const seen = [...before.map(tellNight("before")), ...after.map(tellNight("after"))];
  if (seen.length === 0) return { nights: [], sentence: told.sentence };
  const sentence = `${told.sentence} ${sayNights(seen)}`;
  const outcome = { ...told.page.outcome, sentence };
  await writePage(page, renderRunPage({ ...told.page, outcome, nights: seen }));
  return { nights: [...before, ...after], sentence };
}

/** Throws where the night filed nothing: then there is nothing to ask. */
function firstFiled(nights: readonly Night[]): number {
  const [number] = nights.flatMap(({ filed }) => Object.keys(filed).map(Number));
  if (number === undefined) throw new Error("The first night filed no issue.");
  return number;
}
