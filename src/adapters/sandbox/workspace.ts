import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SandboxCommand, SandboxResult, Workspace } from "../../ports/sandbox.ts";
import { JOIN_OUTPUTS, launchInside, type Place, placeProgram } from "./bubblewrap.ts";
import { collectChanges } from "./collect.ts";
import { environmentOf, type Toolchains, VIEW_INSIDE, type View } from "./environment.ts";
import { boundOutput } from "./output.ts";
import { readBelow } from "./regular-file.ts";
import { type Remains, removeTree } from "./remains.ts";
import { createSession } from "./session.ts";
import { type Launch, type Limits, type Supervised, supervise } from "./supervise.ts";
import { writeFiles } from "./write-files.ts";

/** How much of a command's output is kept (bytes). */
const KEPT_OUTPUT = { headBytes: 16_000, tailBytes: 48_000 } as const;

/** What all workspaces of one sandbox share. `bubblewrap` undefined means isolation `none`. */
export interface Means {
  readonly bubblewrap: string | undefined;
  readonly bash: string;
  readonly toolchains: Toolchains;
  readonly limits: Limits;
  /** Where folders are made. */
  readonly scratch: string;
  readonly remains: Remains;
}

/** The workspace of the port, and the way in for the self-test. */
export interface OpenWorkspace extends Workspace {
  /** The folder that holds the workspace, which nothing inside may see. */
  readonly root: string;
  /** What a command finds in its environment. */
  readonly environment: Readonly<Record<string, string>>;
  execute(
    arguments_: readonly string[],
    command: Omit<SandboxCommand, "command">,
  ): Promise<SandboxResult>;
}

/** Makes the folders, fills the workspace, and stands ready. Nothing is left when filling fails. */
export async function openWorkspace(
  means: Means,
  fill: (directory: string) => Promise<void>,
): Promise<OpenWorkspace> {
  const root = mkdtempSync(join(means.scratch, "millwright-sandbox-"));
  const living = new Set<Supervised>();
  const remain = {
    destroy: () => {
      for (const supervised of living) supervised.destroy();
      removeTree(root);
    },
  };
  means.remains.add(remain);
  const endAll = async () => {
    for (const supervised of living) supervised.stop("the workspace is read or closed");
    await Promise.all([...living].map(({ ended }) => ended));
  };
  let closed = false;
  const close = async () => {
    closed = true;
    try {
      await endAll();
    } finally {
      removeTree(root);
      means.remains.delete(remain);
    }
  };
  const place = makePlace(root);
  try {
    await fill(place.workspace);
  } catch (error) {
    await close();
    throw error;
  }
  const start = (launch: Launch): Supervised => {
    if (closed) throw new Error("the workspace is closed");
    const supervised = supervise(launch, means.limits);
    living.add(supervised);
    const forget = () => living.delete(supervised);
    supervised.ended.then(forget, forget);
    return supervised;
  };
  return { ...createMethods({ means, root, place, start, living, endAll }), close };
}

function makePlace(root: string): Place {
  const folder = (name: string) => {
    const path = join(root, name);
    mkdirSync(path);
    return path;
  };
  const place = {
    workspace: folder("workspace"),
    cache: folder("cache"),
    temporary: folder("temporary"),
    accounts: folder("accounts"),
  };
  const [user, group] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
  writeFileSync(join(place.accounts, "passwd"), `worker:x:${user}:${group}::/ws:/bin/bash\n`);
  writeFileSync(join(place.accounts, "group"), `worker:x:${group}:\n`);
  return place;
}

function createMethods(options: {
  readonly means: Means;
  readonly root: string;
  readonly place: Place;
  readonly start: (launch: Launch) => Supervised;
  readonly living: ReadonlySet<Supervised>;
  readonly endAll: () => Promise<void>;
}): Omit<OpenWorkspace, "close"> {
  const { means, root, place, start, living, endAll } = options;
  const view = means.bubblewrap === undefined ? place : VIEW_INSIDE;
  const execute: OpenWorkspace["execute"] = (arguments_, command) =>
    execute_(means, { place, view, arguments_, command }, start);
  return {
    root,
    directory: place.workspace,
    environment: environmentOf({ path: means.toolchains.path, view }),
    execute,
    run: (command) =>
      execute([means.bash, "--norc", "--noprofile", "-c", command.command], command),
    open: async (program, { timeoutMs }) => {
      const shown = placeProgram(program, means.toolchains.folders);
      const path = means.bubblewrap === undefined ? program : shown.path;
      const launch = launchOf(means, {
        place,
        view,
        arguments_: [means.toolchains.node, path],
        input: true,
        ...(shown.folder === undefined ? {} : { program: shown.folder }),
      });
      return createSession(start(launch), timeoutMs);
    },
    write: async (files) => {
      if (living.size > 0) {
        throw new Error("files are only put into a workspace in which nothing is alive");
      }
      writeFiles(place.workspace, files);
    },
    collect: async (base) => {
      await endAll();
      return collectChanges(place.workspace, base);
    },
    readFile: async (path, maximumBytes) => readBelow(place.workspace, path, maximumBytes),
  };
}

interface Task {
  readonly place: Place;
  readonly view: View;
  readonly arguments_: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly network?: boolean;
  readonly input?: boolean;
  readonly program?: string;
}

function launchOf(means: Means, task: Task): Launch {
  const { place, view, arguments_ } = task;
  const environment = environmentOf({
    path: means.toolchains.path,
    view,
    additional: task.environment ?? {},
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
      input,
    };
  }
  return launchInside({
    bubblewrap: means.bubblewrap,
    bash: means.bash,
    place,
    toolchains: means.toolchains,
    environment,
    limits: means.limits,
    command: arguments_,
    network: task.network ?? false,
    input: task.input ?? false,
    ...(task.program === undefined ? {} : { program: task.program }),
  });
}

async function execute_(
  means: Means,
  task: {
    readonly place: Place;
    readonly view: View;
    readonly arguments_: readonly string[];
    readonly command: Omit<SandboxCommand, "command">;
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
  return {
    status: timedOut ? "timed-out" : "exited",
    exitCode: ending.exitCode,
    durationMs: performance.now() - began,
    output:
      ending.stopped === undefined
        ? output.text()
        : `${output.text()}\n[stopped: ${ending.stopped}]\n`,
    outputBytes: output.bytes,
  };
}

/** A launcher that fails must not be taken for a command that fails. */
function refuseBroken(exitCode: number | null, diagnostics: string): void {
  const words = /^bwrap: .*/m.exec(diagnostics)?.[0];
  if (exitCode !== 0 && words !== undefined) {
    throw new Error(`the sandbox could not be made: ${words.slice(0, 500)}`);
  }
}
