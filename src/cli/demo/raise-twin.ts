import { join } from "node:path";
import { createSandbox } from "../../adapters/sandbox/sandbox.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { Weather } from "../../twin/github/weather/weather.ts";
import type { HostHabits } from "../../twin/host-habits.ts";
import { startProduction } from "../../twin/production.ts";
import { releaseHead } from "../../twin/release-head.ts";
import type { CreateRunner, Twin } from "../../twin/shape.ts";
import { startTwin } from "../../twin/twin.ts";
import { sayRefusal } from "../../wording/refusals.ts";
import type { DemoModel } from "../shared/choose-model.ts";
import type { Progress } from "../shared/progress.ts";
import type { Scaffold } from "../shared/scaffold.ts";
import type { Terminal } from "../shared/terminal.ts";
import { secretsFor } from "../shared/twin-secrets.ts";
import { layExample } from "./example.ts";
import type { ProductionOf, Scenario } from "./scenario.ts";

export const REPOSITORY = "OWNER/parcel-rates";

export const PREFIX = "factory:";

export interface DemoOptions {
  readonly millwright: string;
  readonly scenario: string;
  /** A script of the caller's instead of the scenario's own. */
  readonly script: string | undefined;
  readonly port: number;
  /** What the twin's GitHub does beside what it is asked; fair by default. */
  readonly weather?: Partial<Weather> | undefined;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Runs jobs instead of the twin's own runner. */
  readonly runner?: CreateRunner;
}

export type Isolation =
  | { readonly kind: "bubblewrap" }
  | { readonly kind: "none"; readonly because: Refusal };

/**
 * With the scripted model the demo goes on without isolation where there can be none: example and script are this
 * project's own, and the first command must work on any machine. A real model never runs without.
 */
export async function chooseIsolation(model: DemoModel, millwright: string): Promise<Isolation> {
  const sandbox = await createSandbox({
    isolation: "bubblewrap",
    read: [join(millwright, "node_modules")],
  });
  if (!("refusal" in sandbox)) return { kind: "bubblewrap" };
  if (!model.scripted) throw new Error(sayRefusal(sandbox.refusal));
  return { kind: "none", because: sandbox.refusal };
}

/** The twin with production and the example repository on it; the scaffold takes all of it down. */
export async function raiseTwin(
  options: DemoOptions,
  parts: {
    readonly scene: Pick<Scenario, "smoke" | "limits" | "files" | "production">;
    readonly scaffold: Scaffold;
    readonly model: DemoModel;
    readonly isolation: Isolation;
    readonly progress: Progress;
  },
): Promise<Twin> {
  const { scaffold, model, isolation, progress, scene } = parts;
  const production = scaffold.add(
    await startProduction({
      directory: join(scaffold.directory, "production"),
      node: process.execPath,
      habits: habitsOf(scene.production),
    }),
  );
  const twin = scaffold.add(
    await startTwin({
      directory: scaffold.directory,
      millwright: options.millwright,
      node: process.execPath,
      port: options.port,
      ...(options.weather && { weather: options.weather }),
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
  progress.follow(() => twin.runner.runs());
  const example = join(scaffold.directory, "example");
  await layExample(options.millwright, example, {
    toolchain: join(options.millwright, "node_modules"),
    production: production.url,
    smoke: scene.smoke,
    limits: scene.limits,
    files: scene.files,
  });
  const gitDirectory = await twin.host(REPOSITORY, example);
  if (scene.production.released) await releaseHead(production.url, gitDirectory);
  return twin;
}

function habitsOf({ stumbles, staysUntilAsked }: ProductionOf): HostHabits {
  return {
    ...(stumbles && { stumbles }),
    ...(staysUntilAsked && { staysUntilAsked }),
  };
}
