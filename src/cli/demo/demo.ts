import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { createSandbox } from "../../adapters/sandbox/sandbox.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { startProduction } from "../../twin/production.ts";
import type { CreateRunner, Twin } from "../../twin/shape.ts";
import { startTwin } from "../../twin/twin.ts";
import { sayRefusal } from "../../wording/refusals.ts";
import { chooseModel, type DemoModel } from "../shared/choose-model.ts";
import { sayEnding } from "../shared/ending.ts";
import { playAndTell, type Told } from "../shared/play-and-tell.ts";
import { createProgress, type Progress } from "../shared/progress.ts";
import type { DemoResult } from "../shared/result.ts";
import { raiseScaffold, type Scaffold } from "../shared/scaffold.ts";
import type { Terminal } from "../shared/terminal.ts";
import { secretsFor } from "../shared/twin-secrets.ts";
import { playAudit } from "./audit.ts";
import { layExample } from "./example.ts";

const REPOSITORY = "OWNER/parcel-rates";
const PREFIX = "factory:";

export interface DemoOptions {
  readonly millwright: string;
  readonly scenario: string;
  /** A script of the caller's instead of the scenario's own. */
  readonly script: string | undefined;
  readonly port: number;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Runs jobs instead of the twin's own runner. */
  readonly runner?: CreateRunner;
}

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
  const issue = readIssue(await readFile(join(files, `${scenario}.md`), "utf8"));
  const { ANTHROPIC_API_KEY: apiKey, ANTHROPIC_BASE_URL: baseUrl } = options.environment;
  const ownScript = apiKey ? undefined : join(files, `${scenario}.yml`);
  const model = await chooseModel(scaffold, {
    script: options.script ?? ownScript,
    apiKey,
    baseUrl,
  });
  const isolation = await chooseIsolation(model, options.millwright);
  const twin = await raiseTwin(options, { scaffold, model, isolation, progress });
  sayPlaces(progress, { model, isolation, twin, title: issue.title, terminal });

  const told = await playAndTell({
    twin,
    repository: REPOSITORY,
    prefix: PREFIX,
    issue,
    model,
    scenario,
    page: resolve(".demo", `${scenario}.html`),
    progress,
    signal: options.signal,
  });
  if (told.result.ok) await playAudit({ twin, repository: REPOSITORY, progress, terminal });
  sayEnding({ ...told, terminal, unplayed: model.unplayed() });
  return told;
}

function readIssue(text: string): { readonly title: string; readonly body: string } {
  const [first = "", ...rest] = text.split("\n");
  return { title: first.replace(/^# /, ""), body: rest.join("\n").trim() };
}

type Isolation =
  | { readonly kind: "bubblewrap" }
  | { readonly kind: "none"; readonly because: Refusal };

/**
 * With the scripted model the demo goes on without isolation where there can be none: example and script are this
 * project's own, and the first command must work on any machine. A real model never runs without.
 */
async function chooseIsolation(model: DemoModel, millwright: string): Promise<Isolation> {
  const sandbox = await createSandbox({
    isolation: "bubblewrap",
    read: [join(millwright, "node_modules")],
  });
  if (!("refusal" in sandbox)) return { kind: "bubblewrap" };
  if (!model.scripted) throw new Error(sayRefusal(sandbox.refusal));
  return { kind: "none", because: sandbox.refusal };
}

async function raiseTwin(
  options: DemoOptions,
  parts: {
    readonly scaffold: Scaffold;
    readonly model: DemoModel;
    readonly isolation: Isolation;
    readonly progress: Progress;
  },
): Promise<Twin> {
  const { scaffold, model, isolation, progress } = parts;
  const production = scaffold.add(
    await startProduction({
      directory: join(scaffold.directory, "production"),
      node: process.execPath,
    }),
  );
  const twin = scaffold.add(
    await startTwin({
      directory: scaffold.directory,
      millwright: options.millwright,
      node: process.execPath,
      port: options.port,
      secrets: secretsFor(model),
      variables: { PRODUCTION_URL: production.url },
      environment: {
        ...(model.url && { ANTHROPIC_BASE_URL: model.url }),
        ...(isolation.kind === "none" && {
          RUNNER_ENVIRONMENT: "millwright-twin",
          MILLWRIGHT_ISOLATION: "none",
        }),
      },
      ...(options.runner && { runner: options.runner }),
      onProgress: (event) => progress.onRunner(event),
    }),
  );
  const example = join(scaffold.directory, "example");
  await layExample(options.millwright, example, {
    toolchain: join(options.millwright, "node_modules"),
    production: production.url,
  });
  await twin.host(REPOSITORY, example);
  return twin;
}

function sayPlaces(
  progress: Progress,
  places: {
    readonly model: DemoModel;
    readonly isolation: Isolation;
    readonly twin: Twin;
    readonly title: string;
    readonly terminal: Terminal;
  },
): void {
  const { model, isolation, twin, title, terminal } = places;
  progress.heading("Millwright: from a label to a merged, smoke-tested change");
  progress.fact(
    "model",
    model.scripted
      ? terminal.style("yellow", "played from a script; set ANTHROPIC_API_KEY to ask the real one")
      : "the real one, with your ANTHROPIC_API_KEY",
  );
  if (isolation.kind === "bubblewrap") progress.fact("sandbox", "bubblewrap");
  else {
    progress.fact(
      "sandbox",
      terminal.style("red", "NONE: our own example and script run without isolation here"),
    );
    progress.fact("", terminal.style("dim", sayRefusal(isolation.because)));
  }
  progress.fact("GitHub", `a twin at ${twin.github.url}, gone when this ends`);
  progress.fact("repository", `${REPOSITORY}, a small rate service with its own tests`);
  progress.fact("issue", `“${title}”, labelled ${PREFIX}queued`);
  terminal.line();
}
