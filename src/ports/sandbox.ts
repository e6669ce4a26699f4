import type { ChangedFile, ChangeSet } from "../domain/change-set.ts";
import type { ServicesBeside } from "../domain/config/services/plan.ts";
import type { KeptPackages } from "../domain/dependencies/kept-packages.ts";
import type { ObjectId } from "../domain/digest.ts";
import type { Refusal } from "../domain/refusal.ts";

export interface SandboxCommand {
  /** A shell command line, run by bash inside the workspace. */
  readonly command: string;
  /** Values of `"$@"` in the line; never part of its text. */
  readonly arguments?: readonly string[];
  readonly timeoutMs: number;
  /** Non-secret variables; nothing else of the worker's environment gets inside. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Only for `setup`, on the base commit, before any agent byte exists. */
  readonly network?: boolean;
  /**
   * For `setup`, if it runs first: globs of the only files of the workspace that exist while it runs, so that it cannot
   * depend on others.
   */
  readonly sees?: readonly string[] | undefined;
  /**
   * The only hosts that it reaches, each as `host:port`, by the proxy in its environment; it has no network of its own.
   * Without isolation it sees the network of the host.
   */
  readonly hosts?: readonly string[];
  /** Started beside it, on its own loopback and in its own folders; they end with it. Needs isolation. */
  readonly services?: ServicesBeside | undefined;
  /** Bytes of output to keep whole, if the output is a report. Of longer output, head and tail are kept as usual. */
  readonly keepBytes?: number;
}

/** A running command, for people who wait; never evidence. */
export interface RunningCommand {
  readonly command: string;
  /** The last line printed so far, unchanged. */
  readonly lastLine: () => string;
}
/** Called when a command begins. The returned function is called when it ends. */
export type WatchCommand = (running: RunningCommand) => () => void;

/** A service that stopped before its command. */
export interface FailedService {
  readonly name: string;
  readonly reason: string;
  /** The end of its log; bounded. */
  readonly log: string;
  /** It was not ready, so the command never ran. */
  readonly isBefore: boolean;
}

/** A place as `host:port`. Tools also contact places that nobody named, for example to look for updates. */
export interface Missed {
  readonly place: string;
  readonly reason: string;
  readonly isNamed: boolean;
}

export interface SandboxResult {
  readonly status: "exited" | "timed-out";
  /** Null if it was killed. */
  readonly exitCode: number | null;
  readonly durationMs: number;
  /** Bounded: head and tail of the output, with a note about the middle. */
  readonly output: string;
  /** Bytes of output in all. */
  readonly outputBytes: number;
  /** For a command with `hosts`: places that it did not reach. */
  readonly missed?: readonly Missed[];
  /** For a command with `services`: the first that stopped early. */
  readonly failedService?: FailedService;
  /** For `setup`: the kept result of an earlier run, and the time to restore it. */
  readonly broughtBefore?: KeptPackages & { readonly bringMs: number };
}

/** Files of the workspace before anyone worked in it, from git objects: the only thing that a collected change is compared with. */
export interface Baseline {
  readonly commit: ObjectId;
  /** Every entry of the base tree that is not a folder. */
  readonly files: ReadonlyMap<string, { readonly mode: string; readonly id: ObjectId }>;
  /**
   * The base's `.gitignore` files, by folder (`""` is the root). Matching files are no change. `always` marks rules that
   * are in no file of the workspace.
   */
  readonly ignore: readonly {
    readonly directory: string;
    readonly text: string;
    readonly always?: true;
  }[];
}

/** A new file in a workspace that is no change, because a `.gitignore` file excludes it. */
export interface LeftOut {
  /** A folder ends with a slash. */
  readonly path: string;
  /** The pattern and its file. */
  readonly rule: string;
  /** A folder that ignores itself, or one with a name that was excluded before anybody worked. Nobody wrote it by hand. */
  readonly isByProduct: boolean;
}

/**
 * Runs a task in a program of ours in its own process, with limited memory and time and no environment, to read foreign
 * content. `died` says in words how that process ended without an answer.
 */
export type ReadApart = (
  task: Uint8Array,
) => Promise<{ readonly answer: Uint8Array } | { readonly died: string }>;

/** One long-lived process inside the sandbox that answers newline-delimited JSON: the toolbox. */
export interface SandboxSession {
  /** Sends one request and resolves with its answer. Rejects if the process ended, answered too much, or `timeoutMs` passed. */
  request(message: unknown, timeoutMs: number): Promise<unknown>;
  close(): Promise<void>;
}

/** A workspace: a copy of a tree without .git, which only sandboxed processes write. */
export interface Workspace {
  /** Absolute path on the host. Trusted code reads it only while nothing sandboxed is running. */
  readonly directory: string;
  run(command: SandboxCommand): Promise<SandboxResult>;
  /**
   * Starts a Node program (a file of ours, bound read-only) inside. `timeoutMs` limits the whole life of the session,
   * which includes the services. If one is not ready, the first request rejects and says so.
   */
  open(
    program: string,
    options: { readonly timeoutMs: number; readonly services?: ServicesBeside | undefined },
  ): Promise<SandboxSession>;
  /**
   * Writes whole files of a change set into the workspace and removes deleted ones, after every process inside has ended; never
   * through a link. For trees whose `setup` had to run on the base bytes first. Rejects on a path that is no file path.
   */
  write(files: readonly ChangedFile[]): Promise<void>;
  /**
   * Records by content all present differences from the base that it does not ignore, with links, git folders and
   * deletions, after every process inside has ended: leftovers of `setup` and checks, before any agent byte. `collect`
   * against the same base omits what is still unchanged, and judges the rest whole. Folders that a tool made and that
   * ignore themselves (`.venv/.gitignore`) stay ignored. A later call replaces the earlier one.
   */
  remember(base: Baseline): Promise<void>;
  /**
   * Keeps a copy of everything that a command can leave for the next (the workspace, its caches), after every process
   * inside has ended, out of their reach. Without it `restore` rejects.
   */
  keep(): Promise<void>;
  /** Restores everything that `keep` saw, with ignored files and caches, after every process inside has ended. */
  restore(): Promise<void>;
  /**
   * Copies everything that a command can leave for the next, after every process inside has ended. The returned function
   * makes further workspaces from it, each with its own bytes, so that `setup` runs only once. Absent if commands see
   * the real paths, which differ.
   */
  snapshot?(): Promise<() => Promise<Workspace>>;
  /**
   * Reads the changes against the base, after every process inside has ended; refuses links, special files and oversize.
   * As in git, the workspace's `.gitignore` files decide which new files are changes.
   */
  collect(
    base: Baseline,
  ): Promise<
    | { readonly changeSet: ChangeSet; readonly leftOut?: readonly LeftOut[] }
    | { readonly refusals: readonly Refusal[] }
  >;
  /** The rule of the base that would exclude a new file at this path. Reads no file. */
  ignoredBy(base: Baseline, path: string): string | undefined;
  /** A file inside by relative path, at most `maximumBytes`, never through a link; undefined if there is none. */
  readFile(path: string, maximumBytes: number): Promise<Uint8Array | undefined>;
  /**
   * Files inside that match a glob (including hidden ones), as sorted relative paths, never through a link. Rejects if
   * more than 2,000 match, or too many folders would have to be searched.
   */
  find(pattern: string): Promise<readonly string[]>;
  /** Absent if a caller reads leftovers in its own process. */
  readonly readApart?: ReadApart | undefined;
  /** Kills everything inside and removes the folder. */
  close(): Promise<void>;
}

export interface Sandbox {
  /** `bubblewrap`, or `none` if a caller explicitly accepted that. */
  readonly isolation: "bubblewrap" | "none";
  /** A fresh workspace; `fill` writes the tree into it. */
  workspace(fill: (directory: string) => Promise<unknown>): Promise<Workspace>;
}
