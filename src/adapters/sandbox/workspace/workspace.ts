import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join, posix } from "node:path";
import type {
  SandboxCommand,
  SandboxResult,
  SandboxSession,
  Workspace,
} from "../../../ports/sandbox.ts";
import { type DiskWatch, watchDisk } from "../disk.ts";
import { placeProgram } from "../process/bubblewrap.ts";
import { executeCommand, launchOf, type Means } from "../process/execute.ts";
import { createSession } from "../process/session.ts";
import { type Launch, type Supervised, supervise } from "../process/supervise.ts";
import { INSIDE, type Place } from "../process/system-places.ts";
import { removeTree } from "../remains.ts";
import { environmentOf, VIEW_INSIDE, type View } from "../toolchains/environment.ts";
import { collectChanges } from "./collect.ts";
import { findFiles } from "./find-files.ts";
import { createIgnoringRule, sayRule } from "./ignore-rules.ts";
import { copyFolders, type Kept, keepFolders } from "./keep.ts";
import { putAway } from "./put-away.ts";
import { readBelow } from "./regular-file.ts";
import { NOTHING_REMEMBERED, rememberWorkspace } from "./remember.ts";
import { leftIn, NOT_ISOLATED, runCommand } from "./run-command.ts";
import { writeFiles } from "./write-files.ts";

/** The workspace of the port, and the entry for the self-test. */
export interface OpenWorkspace extends Workspace {
  /** The folder that contains the workspace, which nothing inside may see. */
  readonly root: string;
  /** Environment of a command. */
  readonly environment: Readonly<Record<string, string>>;
  execute(
    arguments_: readonly string[],
    command: Omit<SandboxCommand, "command">,
  ): Promise<SandboxResult>;
}

/** Creates the folders, fills the workspace, and returns it ready. Leaves nothing if filling fails. */
export function openWorkspace(
  means: Means,
  fill: (directory: string) => Promise<unknown>,
): Promise<OpenWorkspace> {
  return open(means, ({ workspace }) => fill(workspace));
}

async function open(
  means: Means,
  fill: (place: Place) => Promise<unknown>,
  /** Whether it is filled with a tree in which nothing has run. */
  isNew = true,
): Promise<OpenWorkspace> {
  const root = mkdtempSync(join(means.scratch, "millwright-sandbox-"));
  const living = new Set<Supervised>();
  let closed = false;
  const remain = {
    destroy: () => {
      closed = true;
      for (const supervised of living) supervised.destroy();
      removeTree(root);
    },
  };
  means.remains.add(remain);
  const endAll = async () => {
    for (const supervised of living) supervised.stop("the workspace is read or closed");
    await Promise.all([...living].map(({ ended }) => ended));
  };
  const close = async () => {
    closed = true;
    try {
      await endAll();
    } finally {
      await putAway(root);
      means.remains.delete(remain);
    }
  };
  const place = makePlace(root, means.filter);
  let disk: DiskWatch;
  try {
    await fill(place);
    // From here on, for all commands: the initial content does not count against them, the leftovers of one count for the next.
    disk = watchDisk(root, means.limits);
  } catch (error) {
    await close();
    throw error;
  }
  const start = (launch: Launch): Supervised => {
    if (closed) throw new Error("the workspace is closed");
    const supervised = supervise(launch, means.limits, disk);
    living.add(supervised);
    const forget = () => living.delete(supervised);
    supervised.ended.then(forget, forget);
    return supervised;
  };
  const methods = createMethods({ means, root, place, start, living, endAll, isNew });
  if (means.bubblewrap === undefined) return { ...methods, close };
  const snapshot = async () => {
    await endAll();
    const copy = await copyFolders(leftIn(place), mkdtempSync(join(root, "snapshot-")));
    return () => open(means, (other) => copy(leftIn(other)), false);
  };
  return { ...methods, snapshot, close };
}

function makePlace(root: string, filter: Buffer | undefined): Place {
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
    filter: join(root, "filter"),
  };
  if (filter !== undefined) writeFileSync(place.filter, filter);
  const { user, group } = INSIDE;
  writeFileSync(join(place.accounts, "passwd"), `worker:x:${user}:${group}::/ws:/bin/bash\n`);
  writeFileSync(join(place.accounts, "group"), `worker:x:${group}:\n`);
  // Servers under test resolve localhost (vitest does); without a network no other name has an address.
  writeFileSync(join(place.accounts, "hosts"), "127.0.0.1 localhost\n::1 localhost\n");
  writeFileSync(join(place.accounts, "nsswitch.conf"), "hosts: files\n");
  return place;
}

function createMethods(options: {
  readonly means: Means;
  readonly root: string;
  readonly place: Place;
  readonly start: (launch: Launch) => Supervised;
  readonly living: ReadonlySet<Supervised>;
  readonly endAll: () => Promise<void>;
  readonly isNew: boolean;
}): Omit<OpenWorkspace, "close"> {
  const { means, root, place, start, living, endAll } = options;
  const view = means.bubblewrap === undefined ? place : VIEW_INSIDE;
  let remembered = NOTHING_REMEMBERED;
  let kept: Kept | undefined;
  let isUntouched = options.isNew;
  const execute: OpenWorkspace["execute"] = (arguments_, command) =>
    executeCommand(means, { place, view, arguments_, command }, start);
  return {
    root,
    directory: place.workspace,
    readApart: means.readApart,
    environment: environmentOf({ path: means.toolchains.path, view }),
    execute,
    run: (command) => {
      const isFirst = isUntouched;
      isUntouched = false;
      return runCommand(means, { root, place, view, command, isFirst }, start);
    },
    open: async (program, about) => {
      isUntouched = false;
      return openSession(means, { place, view, program, ...about }, start);
    },
    write: async (files) => {
      if (living.size > 0) {
        throw new Error("files are only put into a workspace in which nothing is alive");
      }
      isUntouched = false;
      writeFiles(place.workspace, files);
    },
    remember: async (base) => {
      await endAll();
      remembered = rememberWorkspace(place.workspace, base);
    },
    keep: async () => {
      await endAll();
      kept = await keepFolders(leftIn(place), join(root, "kept"));
    },
    restore: async () => {
      await endAll();
      if (kept === undefined) throw new Error("nothing was kept that could be restored");
      kept.restore();
    },
    collect: async (base) => {
      await endAll();
      return collectChanges(place.workspace, base, remembered);
    },
    ignoredBy: (base, path) => {
      const plain = posix.normalize(path).replace(/^(\/ws)?\//, "");
      const rule = base.files.has(plain) ? undefined : createIgnoringRule(base.ignore)(plain);
      return rule === undefined ? undefined : sayRule(rule);
    },
    readFile: async (path, maximumBytes) => readBelow(place.workspace, path, maximumBytes),
    find: async (pattern) => findFiles(place.workspace, pattern),
  };
}

function openSession(
  means: Means,
  task: { readonly place: Place; readonly view: View; readonly program: string } & Parameters<
    OpenWorkspace["open"]
  >[1],
  start: (launch: Launch) => Supervised,
): SandboxSession {
  const { place, view, program, timeoutMs, services } = task;
  if (services !== undefined && means.bubblewrap === undefined) {
    throw new Error(`the services were not started: ${NOT_ISOLATED}`);
  }
  const shown = placeProgram(program, means.toolchains.folders);
  const path = means.bubblewrap === undefined ? program : shown.path;
  const launch = launchOf(means, {
    place,
    view,
    arguments_: [means.toolchains.node, path],
    input: true,
    services,
    ...(shown.folder === undefined ? {} : { program: shown.folder }),
  });
  return createSession(start(launch), timeoutMs);
}
