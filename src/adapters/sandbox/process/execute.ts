import type { Credentials } from "../../../domain/config/registries/credentials.ts";
import type { ServicesBeside } from "../../../domain/config/services/plan.ts";
import type {
  ReadApart,
  SandboxCommand,
  SandboxResult,
  WatchCommand,
} from "../../../ports/sandbox.ts";
import { CREDENTIALS_FOLDER, credentialEnvironment } from "../credentials/with-credentials.ts";
import { GATE_ENVIRONMENT, throughRelay } from "../gate/relay.ts";
import type { Remains } from "../remains.ts";
import { besideServices, readFailedService } from "../services/start-services.ts";
import type { PackageStore } from "../store/package-store.ts";
import { environmentOf, type View } from "../toolchains/environment.ts";
import type { NetworkEnvironment } from "../toolchains/network-environment.ts";
import type { Toolchains } from "../toolchains/toolchains.ts";
import type { Bound } from "./bounds.ts";
import { JOIN_OUTPUTS, launchInside } from "./bubblewrap.ts";
import { nameGroups } from "./control-group.ts";
import { keepLastLine } from "./last-line.ts";
import { boundOutput } from "./output.ts";
import type { Ending, Launch, Limits, Supervised } from "./supervise.ts";
import type { Place } from "./system-places.ts";

/** How much of a command's output is kept (bytes). */
const KEPT_OUTPUT = { headBytes: 16_000, tailBytes: 48_000 } as const;

/** What all workspaces of one sandbox share. `bubblewrap` undefined means isolation `none`. */
export interface Means {
  readonly bubblewrap: string | undefined;
  /** The program for `bwrap --seccomp`; undefined with isolation `none`. */
  readonly filter: Buffer | undefined;
  readonly bash: string;
  readonly toolchains: Toolchains;
  readonly limits: Limits;
  /** What of the kernel's holds processes and memory; undefined with isolation `none`. */
  readonly bound: Bound | undefined;
  /** Where folders are made. */
  readonly scratch: string;
  readonly remains: Remains;
  /** What commands with a network get besides. */
  readonly network: NetworkEnvironment;
  /** With what they ask private registries. */
  readonly credentials: Credentials | undefined;
  /** Told of each command of a caller. */
  readonly watch: WatchCommand | undefined;
  /** Where what commands left is read, if not here. */
  readonly readApart: ReadApart | undefined;
  /** What `setup` brings outlives this machine; absent where it does not. */
  readonly packages?: PackageStore | undefined;
}

interface Task {
  readonly place: Place;
  readonly view: View;
  readonly arguments_: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly network?: boolean;
  /** The folder of an open gate: the only way out. */
  readonly gate?: string | undefined;
  readonly services?: ServicesBeside | undefined;
  /** The folder of the credentials, for this command alone. */
  readonly credentials?: string | undefined;
  readonly input?: boolean;
  readonly program?: string;
}

/** How a program is started for a workspace, inside the sandbox or without one. */
export function launchOf(means: Means, task: Task): Launch {
  const { place, view, arguments_ } = task;
  const network = task.network === true ? means.network : undefined;
  const environment = environmentOf({
    path: means.toolchains.path,
    view,
    additional: {
      ...network?.variables,
      ...(task.gate === undefined ? {} : GATE_ENVIRONMENT),
      ...task.services?.environment,
      ...credentialsIn(means, task),
      ...task.environment,
    },
  });
  if (means.bubblewrap === undefined) {
    const [program = "", ...rest] = arguments_;
    const input = task.input ?? false;
    return {
      program,
      arguments: rest,
      environment,
      directory: place.workspace,
      namespace: false,
      groups: [],
      input,
    };
  }
  const beside =
    task.services === undefined
      ? arguments_
      : besideServices(means.bash, task.services.plans, arguments_);
  return launchInside({
    bubblewrap: means.bubblewrap,
    bash: means.bash,
    place,
    toolchains: means.toolchains,
    environment,
    limits: means.limits,
    groups: nameGroups(means.bound?.parents ?? []),
    command: task.gate === undefined ? beside : throughRelay(means.toolchains.node, beside),
    network: network?.files,
    gate: task.gate,
    services: task.services !== undefined,
    credentials: task.credentials,
    input: task.input ?? false,
    ...(task.program === undefined ? {} : { program: task.program }),
  });
}

function credentialsIn(
  { credentials, bubblewrap }: Means,
  { credentials: folder }: Task,
): Readonly<Record<string, string>> {
  if (credentials === undefined || folder === undefined) return {};
  return credentialEnvironment(credentials, bubblewrap === undefined ? folder : CREDENTIALS_FOLDER);
}

/** Runs a command to its end, its output bounded. Rejects when the sandbox itself fails. */
export async function executeCommand(
  means: Means,
  task: {
    readonly place: Place;
    readonly view: View;
    readonly arguments_: readonly string[];
    readonly command: Omit<SandboxCommand, "command">;
    readonly gate?: string | undefined;
    readonly credentials?: string | undefined;
    /** Hears the output as it comes. */
    readonly hear?: (chunk: Buffer) => void;
  },
  start: (launch: Launch) => Supervised,
): Promise<SandboxResult> {
  const { command } = task;
  const joined = [
    means.bash,
    "--norc",
    "--noprofile",
    "-c",
    JOIN_OUTPUTS,
    "run",
    ...task.arguments_,
  ];
  const began = performance.now();
  const supervised = start(launchOf(means, { ...task, ...command, arguments_: joined }));
  const output = boundOutput({
    ...KEPT_OUTPUT,
    headBytes: Math.max(KEPT_OUTPUT.headBytes, command.keepBytes ?? 0),
  });
  let timedOut = false;
  supervised.output.on("data", (chunk: Buffer) => {
    output.add(chunk);
    task.hear?.(chunk);
    if (output.bytes > means.limits.outputBytes) {
      supervised.stop(`more than ${means.limits.outputBytes} bytes of output`);
    }
  });
  const timer = setTimeout(() => {
    timedOut = true;
    supervised.stop(`not done within ${command.timeoutMs} ms`);
  }, command.timeoutMs);
  const ending = await supervised.ended.finally(() => clearTimeout(timer));
  refuseBroken(ending.exitCode, ending.diagnostics);
  const failedService =
    command.services === undefined ? undefined : readFailedService(ending.diagnostics);
  return {
    status: timedOut ? "timed-out" : "exited",
    exitCode: ending.exitCode,
    durationMs: performance.now() - began,
    output: `${output.text()}${notesOf(ending, means.limits)}`,
    outputBytes: output.bytes,
    ...(failedService === undefined ? {} : { failedService }),
  };
}

/** Runs a caller's command line by bash, and tells whoever watches. */
export async function runWatched(
  means: Means,
  task: {
    readonly place: Place;
    readonly view: View;
    readonly command: SandboxCommand;
    readonly gate?: string | undefined;
    readonly credentials?: string | undefined;
  },
  start: (launch: Launch) => Supervised,
): Promise<SandboxResult> {
  const { command, arguments: words = [] } = task.command;
  // What follows the line is `$0` and then `$@`.
  const arguments_ = [means.bash, "--norc", "--noprofile", "-c", command, "bash", ...words];
  const said = keepLastLine();
  const ended = means.watch?.({ command, lastLine: said.text });
  try {
    return await executeCommand(means, { ...task, arguments_, hear: said.add }, start);
  } finally {
    ended?.();
  }
}

/** What the command could not know by itself: why it was ended, and why its forks failed. */
function notesOf({ stopped, crowded }: Ending, { processes }: Limits): string {
  const held = crowded ? `\n[held: no more than ${processes} processes]\n` : "";
  return stopped === undefined ? held : `${held}\n[stopped: ${stopped}]\n`;
}

/** A launcher that fails must not be taken for a command that fails. */
function refuseBroken(exitCode: number | null, diagnostics: string): void {
  const words = /^(?:bwrap|launcher): .*/m.exec(diagnostics)?.[0];
  if (exitCode !== 0 && words !== undefined) {
    throw new Error(`the sandbox could not be made: ${words.slice(0, 500)}`);
  }
}
