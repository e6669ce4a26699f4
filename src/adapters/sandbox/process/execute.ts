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

/** The most bytes of a command's output that are kept. */
const KEPT_OUTPUT = { headBytes: 16_000, tailBytes: 48_000 } as const;

/** Shared parts of one sandbox's workspaces. `bubblewrap` undefined means isolation `none`. */
export interface Means {
  readonly bubblewrap: string | undefined;
  /** The program for `bwrap --seccomp`; undefined with isolation `none`. */
  readonly filter: Buffer | undefined;
  readonly bash: string;
  readonly toolchains: Toolchains;
  readonly limits: Limits;
  /** The kernel's bounds of processes and memory; undefined with isolation `none`. */
  readonly bound: Bound | undefined;
  /** Where folders are created. */
  readonly scratch: string;
  readonly remains: Remains;
  /** Additional environment of commands with a network. */
  readonly network: NetworkEnvironment;
  /** Credentials for private registries. */
  readonly credentials: Credentials | undefined;
  /** Hears of each command of a caller. */
  readonly watch: WatchCommand | undefined;
  /** Reads leftovers of commands in another process; absent: here. */
  readonly readApart: ReadApart | undefined;
  /** Keeps the results of `setup` beyond this machine; absent if not kept. */
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

/** Runs a command to its end, with bounded output. Rejects if the sandbox itself fails. */
export async function executeCommand(
  means: Means,
  task: {
    readonly place: Place;
    readonly view: View;
    readonly arguments_: readonly string[];
    readonly command: Omit<SandboxCommand, "command">;
    readonly gate?: string | undefined;
    readonly credentials?: string | undefined;
    /** Receives the output as it comes. */
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

/** Runs a caller's command line by bash, and tells the watcher. */
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
  // Arguments after the line are `$0` and then `$@`.
  const arguments_ = [means.bash, "--norc", "--noprofile", "-c", command, "bash", ...words];
  const said = keepLastLine();
  const ended = means.watch?.({ command, lastLine: said.text });
  try {
    return await executeCommand(means, { ...task, arguments_, hear: said.add }, start);
  } finally {
    ended?.();
  }
}

/** Facts that the command could not know: why it was ended, and why its forks failed. */
function notesOf({ stopped, crowded }: Ending, { processes }: Limits): string {
  const held = crowded ? `\n[held: no more than ${processes} processes]\n` : "";
  return stopped === undefined ? held : `${held}\n[stopped: ${stopped}]\n`;
}

/** A failure of the launcher must not look like one of the command. */
function refuseBroken(exitCode: number | null, diagnostics: string): void {
  const words = /^(?:bwrap|launcher): .*/m.exec(diagnostics)?.[0];
  if (exitCode !== 0 && words !== undefined) {
    throw new Error(`the sandbox could not be made: ${words.slice(0, 500)}`);
  }
}
