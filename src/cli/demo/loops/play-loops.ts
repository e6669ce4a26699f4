import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { findChromium } from "../../../adapters/browser/find-chromium.ts";
import { FailedProposal } from "../../../domain/proposal.ts";
import { counted } from "../../../wording/figures.ts";
import { noteText } from "../../../wording/gathered/notes.ts";
import { parseLoopIssue } from "../../../wording/loops/issue.ts";
import { sayRefusal } from "../../../wording/refusals.ts";
import { chooseModel } from "../../shared/choose-model.ts";
import { createProgress } from "../../shared/progress.ts";
import { raiseScaffold } from "../../shared/scaffold.ts";
import type { Playing } from "../audit.ts";
import { commit } from "../nights.ts";
import { chooseIsolation, type DemoOptions, PREFIX, REPOSITORY, raiseTwin } from "../raise-twin.ts";
import { type IssueAnswer, issuesOf, openOf, rollingOf } from "./issues.ts";
import { type Beat, type LoopScenario, readLoopScenario, scriptOf } from "./loop-scenario.ts";
import { playLine } from "./play-line.ts";
import { missedBy, type PlayedBeat } from "./played-beat.ts";

/** What came of a scenario of a loop. */
export interface LoopDemoResult {
  readonly ok: boolean;
  readonly scenario: string;
  readonly loop: string;
  readonly beats: readonly PlayedBeat[];
  /** Model calls of all jobs. */
  readonly requests: number;
  /** What this machine has not, and the scenario needs: nothing was played. */
  readonly lacks?: "browser";
}

function nothingOf(scenario: string, { loop }: LoopScenario): LoopDemoResult {
  return { ok: false, scenario, loop, beats: [], requests: 0 };
}

const TEMPLATE = "workflow-templates/factory-loops.yml";

/** Plays a loop beat by beat on the twin, by the real workflows. Leaves nothing behind. */
export async function runLoopDemo(options: DemoOptions): Promise<LoopDemoResult> {
  const scaffold = await raiseScaffold("demo");
  const stop = () => void scaffold.takeDown();
  options.signal.addEventListener("abort", stop);
  try {
    const scene = await readLoopScenario(options.millwright, options.scenario);
    const { terminal } = options;
    if (scene.needs === "browser" && findChromium(options.environment) === undefined) {
      terminal.results.line(`  ${noteText("no-browser")}`);
      return { ...nothingOf(options.scenario, scene), lacks: "browser" };
    }
    const progress = createProgress(terminal);
    const { millwright } = options;
    const script = await scriptOf(scene, { millwright, scratch: scaffold.directory });
    const model = await chooseModel(scaffold, { script, apiKey: undefined, baseUrl: undefined });
    const isolation = await chooseIsolation(model, options.millwright);
    const files = { ...scene.files, ...(await callerOf(options.millwright, scene)) };
    const twin = await raiseTwin(options, {
      ...{ scaffold, model, isolation, progress },
      scene: { smoke: scene.smoke, files, production: { released: false } },
    });
    progress.heading(`Millwright: the loop ${scene.loop}, beat by beat`);
    progress.fact("GitHub", `a twin at ${twin.github.url}, gone when this ends`);
    terminal.line();
    const playing = { twin, repository: REPOSITORY, terminal };
    const played = await playBeats(playing, options.scenario, scene);
    const unplayed = scene.roles === undefined ? [] : model.unplayed();
    for (const line of unplayed)
      terminal.results.line(`    ${terminal.style("red", "nobody asked")} ${line}`);
    return { ...played, ok: played.ok && unplayed.length === 0 };
  } finally {
    options.signal.removeEventListener("abort", stop);
    await scaffold.takeDown();
  }
}

/** The caller as the template has it, with the line of this loop. */
async function callerOf(
  millwright: string,
  { cron }: LoopScenario,
): Promise<Readonly<Record<string, string>>> {
  const template = await readFile(join(millwright, TEMPLATE), "utf8");
  return {
    ".github/workflows/factory-loops.yml": template.replace(/cron: "[^"]+"/, `cron: "${cron}"`),
  };
}

async function playBeats(
  playing: Playing,
  scenario: string,
  scene: LoopScenario,
): Promise<LoopDemoResult> {
  const { terminal } = playing;
  const beats: PlayedBeat[] = [];
  let ok = true;
  for (const beat of scene.beats) {
    const played = await playBeat(playing, { scene, beat });
    beats.push(played);
    sayBeat(playing, played);
    for (const line of missedBy(beat.ends, played)) {
      ok = false;
      terminal.results.line(`    ${terminal.style("red", "not as it should")} ${line}`);
    }
  }
  const requests = requestsOf(await playing.twin.handovers());
  const said = `${scene.shows}. ${beats.length} beats, ${requests} model calls.`;
  terminal.line();
  terminal.results.line(`  ${terminal.style(ok ? "green" : "red", ok ? "✓" : "✗")} ${said}`);
  return { ok, scenario, loop: scene.loop, beats, requests };
}

async function playBeat(
  playing: Playing,
  { scene, beat }: { readonly scene: LoopScenario; readonly beat: Beat },
): Promise<PlayedBeat> {
  const { twin, repository, terminal } = playing;
  await happenBefore(playing, { scene, beat });
  const before = await issuesOf(playing, scene.loop);
  const runs = twin.runner.runs().length;
  terminal.line(
    `  ${terminal.style("cyan", "●")} the line ${terminal.style("bold", scene.cron)} rings`,
  );
  twin.github.emitSchedule(repository, scene.cron);
  await twin.runner.idle();
  const rung = await issuesOf(playing, scene.loop);
  const owner = beat.line ? await playLine(playing, scene.loop) : [];
  const after = await issuesOf(playing, scene.loop);
  const run = twin.runner.runs().slice(runs);
  const jobs = run.flatMap((one) => one.jobs);
  const ids = new Set(run.map(({ id }) => id));
  const handed = (await twin.handovers()).filter(({ runId }) => ids.has(runId));
  const wasOpen = new Set(openOf(before));
  const isOpen = new Set(openOf(after));
  const known = new Set(before.map(({ number }) => number));
  const titles = (numbers: readonly number[]) =>
    numbers.flatMap((number) => after.find((one) => one.number === number)?.title ?? []);
  const open = after.filter(({ number }) => isOpen.has(number));
  const bodies = open.map(({ body }) => body ?? "");
  const told = (await rollingOf(playing, scene.loop))?.body ?? "";
  const pictures = (await twin.pictures()).filter(
    ({ runId, sha256 }) => ids.has(runId) && bodies.some((body) => body.includes(sha256)),
  );
  return {
    conclusions: run.map(({ conclusion }) => conclusion ?? "none"),
    gathered: jobs.some(
      ({ name, conclusion }) => name.endsWith("run-loop") && conclusion === "success",
    ),
    filed: titles(after.map(({ number }) => number).filter((number) => !known.has(number))),
    closed: titles([...wasOpen].filter((number) => !isOpen.has(number))),
    started: titles(cameTo("queued", before, rung)),
    merged: titles(cameTo("done", before, after)),
    owner,
    open: titles([...isOpen]),
    bodies,
    labels: sharedBy(open.map(({ labels }) => labels.map(({ name }) => name))),
    pictures: pictures.map(({ name }) => name),
    stopped: parseLoopIssue(told)?.state.stopped?.measure ?? null,
    told,
    requests: requestsOf(handed),
    failed: handed.flatMap(({ value }) => FailedProposal.safeParse(value).data?.refusal ?? []),
  };
}

/** Issues that stand at a stage and did not before. */
function cameTo(
  stage: "queued" | "done",
  before: readonly IssueAnswer[],
  after: readonly IssueAnswer[],
): readonly number[] {
  const at = (issues: readonly IssueAnswer[]) =>
    issues
      .filter(({ labels }) => labels.some(({ name }) => name === `${PREFIX}${stage}`))
      .map(({ number }) => number);
  const stood = new Set(at(before));
  return at(after).filter((number) => !stood.has(number));
}

function sharedBy(lists: readonly (readonly string[])[]): readonly string[] {
  const [first = [], ...others] = lists;
  return first.filter((name) => others.every((list) => list.includes(name)));
}

/** What people do before the beat. */
async function happenBefore(
  playing: Playing,
  { scene, beat }: { readonly scene: LoopScenario; readonly beat: Beat },
): Promise<void> {
  const { twin, repository, terminal } = playing;
  const who = terminal.style("yellow", "●");
  for (const issue of beat.issues) {
    terminal.line(`  ${who} somebody opens “${issue.title}”`);
    await twin.request("POST", `/repos/${repository}/issues`, issue);
  }
  for (const discussion of beat.discussions) {
    terminal.line(`  ${who} somebody starts the discussion “${discussion.title}”`);
    const author = repository.slice(0, repository.indexOf("/"));
    twin.github.startDiscussion(repository, { ...discussion, author });
  }
  const paths = Object.keys(beat.commits);
  if (paths.length > 0) {
    terminal.line(`  ${who} OWNER commits ${paths.join(", ")}`);
    await commit(playing, beat.commits);
  }
  if (beat.says !== undefined) {
    const number = await rollingOf(playing, scene.loop).then((one) => one?.number ?? 0);
    terminal.line(`  ${who} OWNER writes “${beat.says}” on #${number}`);
    const path = `/repos/${repository}/issues/${number}/comments`;
    await twin.request("POST", path, { body: beat.says });
  }
  await twin.runner.idle();
}

function sayBeat({ terminal }: Playing, played: PlayedBeat): void {
  const row = (name: string, text: string) =>
    terminal.line(`    ${terminal.style("dim", name.padEnd(9))}${text}`);
  for (const title of played.filed) row("filed", title);
  for (const title of played.started) row("started", title);
  for (const title of played.merged) row("merged", title);
  for (const title of played.closed) row("closed", title);
  if (played.stopped !== null) row("stopped", `its guard ${played.stopped} worsened`);
  for (const name of played.pictures) row("picture", `${name}, in an artifact of the run`);
  for (const refusal of played.failed) row("refused", sayRefusal(refusal));
  row("open", `${played.open.length}`);
  if (played.requests > 0) row("asked", `a model, ${counted(played.requests, "time")}`);
}

/** Model calls of workers, by what they handed over. */
function requestsOf(handed: readonly { readonly value: unknown }[]): number {
  return handed
    .map(({ value }) => value as { readonly usage?: { readonly requests?: number } })
    .reduce((sum, { usage }) => sum + (usage?.requests ?? 0), 0);
}
