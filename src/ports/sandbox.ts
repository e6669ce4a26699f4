import type { ChangedFile, ChangeSet } from "../domain/change-set.ts";
import type { ServicesBeside } from "../domain/config/services/plan.ts";
import type { KeptPackages } from "../domain/dependencies/kept-packages.ts";
import type { ObjectId } from "../domain/digest.ts";
import type { Refusal } from "../domain/refusal.ts";

export interface SandboxCommand {
  /** A shell command line, run by bash inside the workspace. */
  readonly command: string;
  /** What the line calls `"$@"`; never a part of its text. */
  readonly arguments?: readonly string[];
  readonly timeoutMs: number;
  /** Non-secret variables; nothing of the worker's environment gets inside. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Only for `setup`, on the base commit, before any agent byte exists. */
  readonly network?: boolean;
  /**
   * Of `setup`, where it comes first: globs of the only files of the workspace that are there while it runs. What it cannot see
   * it does not depend on.
   */
  readonly sees?: readonly string[] | undefined;
  /**
   * The only hosts that it reaches, each as `host:port`, by the proxy that its environment names; it has no network of its
   * own. Without isolation it sees the network of the host.
   */
  readonly hosts?: readonly string[];
  /** Started beside it, on a loopback and in folders that nothing else has; they end with it. Needs isolation. */
  readonly services?: ServicesBeside | undefined;
  /** Bytes of output to keep whole, where the output itself is a report; head and tail of what is longer, as without it. */
  readonly keepBytes?: number;
}

/** A command while it runs, for people who wait: never evidence. */
export interface RunningCommand {
  readonly command: string;
  /** The last line that it printed so far, as it was printed. */
  readonly lastLine: () => string;
}
/** Called when a command begins; what it returns is called when the command ended. */
export type WatchCommand = (running: RunningCommand) => () => void;

/** A service that did not serve to the end of a command. */
export interface FailedService {
  readonly name: string;
  readonly reason: string;
  /** The last words of its log; bounded. */
  readonly log: string;
  /** It was not ready, and so the command never ran. */
  readonly isBefore: boolean;
}

/** A place as `host:port`. Tools ask for places that nobody named by themselves, to look for news of theirs. */
export interface Missed {
  readonly place: string;
  readonly reason: string;
  readonly isNamed: boolean;
}

export interface SandboxResult {
  readonly status: "exited" | "timed-out";
  /** null when it was killed. */
  readonly exitCode: number | null;
  readonly durationMs: number;
  /** Bounded: the head and the tail of the output, the middle named as left out. */
  readonly output: string;
  /** Bytes of output in all. */
  readonly outputBytes: number;
  /** Of a command with `hosts`: what it asked for and did not reach. */
  readonly missed?: readonly Missed[];
  /** Of a command with `services`: the first that did not serve to the end. */
  readonly failedService?: FailedService;
  /** Of `setup`: what an earlier run had brought, and how long it took to get here. */
  readonly broughtBefore?: KeptPackages & { readonly bringMs: number };
}

/** What the workspace held before anyone worked in it, from git objects: the only thing a collected change is compared with. */
export interface Baseline {
  readonly commit: ObjectId;
  /** Every entry of the base tree that is not a folder. */
  readonly files: ReadonlyMap<string, { readonly mode: string; readonly id: ObjectId }>;
  /**
   * The `.gitignore` files of the base, by the folder they stand in (`""` is the root): what they match is no change.
   * `always` marks rules that stand in no file of the workspace.
   */
  readonly ignore: readonly {
    readonly directory: string;
    readonly text: string;
    readonly always?: true;
  }[];
}

/** Something new in a workspace that is no change, because a `.gitignore` file leaves it out. */
export interface LeftOut {
  /** A folder ends with a slash. */
  readonly path: string;
  /** The pattern and the file that it stands in. */
  readonly rule: string;
  /** A folder that ignores itself, or one of a name that was left out before anybody worked: no one wrote it by hand. */
  readonly isByProduct: boolean;
}

/**
 * Hands a task to a program of ours in a process of its own, with a bounded memory, time and no environment: what others
 * wrote is read there. `died` says in words how that process ended without an answer.
 */
export type ReadApart = (
  task: Uint8Array,
) => Promise<{ readonly answer: Uint8Array } | { readonly died: string }>;

/** One long-lived process inside the sandbox that answers newline-delimited JSON: the toolbox. */
export interface SandboxSession {
  /** Sends one request and resolves with its answer. Rejects when the process ended, answered too much, or `timeoutMs` passed. */
  request(message: unknown, timeoutMs: number): Promise<unknown>;
  close(): Promise<void>;
}

/** A workspace: a copy of a tree without .git, which only sandboxed processes write. */
export interface Workspace {
  /** Absolute path on the host. Trusted code reads it only when nothing sandboxed is alive. */
  readonly directory: string;
  run(command: SandboxCommand): Promise<SandboxResult>;
  /**
   * Starts a Node program (a file of ours, bound read-only) inside. `timeoutMs` bounds the whole life of the session, beside
   * which the services stand; where one is not ready, the first request rejects and says so.
   */
  open(
    program: string,
    options: { readonly timeoutMs: number; readonly services?: ServicesBeside | undefined },
  ): Promise<SandboxSession>;
  /**
   * Puts whole files of a change set into the workspace and removes deleted ones, after every process inside is dead;
   * never through a link. For trees whose `setup` had to run on the base bytes first. Rejects on a path that is no file path.
   */
  write(files: readonly ChangedFile[]): Promise<void>;
  /**
   * Remembers by content everything that differs from the base at this moment and that the base does not ignore, links,
   * git folders and deletions included, after every process inside is dead: what `setup` and checks left behind, before
   * any agent byte. `collect` against the same base leaves out what is still exactly so; what was touched since is judged
   * whole. Folders that a tool made and that ignore themselves (`.venv/.gitignore`) stay ignored. A later call replaces
   * the earlier one.
   */
  remember(base: Baseline): Promise<void>;
  /**
   * Keeps a copy of everything that a command can leave for the next (the workspace, its caches), after every process
   * inside is dead, where nothing inside reaches it. Without it `restore` rejects.
   */
  keep(): Promise<void>;
  /** Makes everything again what `keep` saw, ignored files and caches included, after every process inside is dead. */
  restore(): Promise<void>;
  /**
   * Takes a copy of everything that a command can leave for the next, after every process inside is dead, and returns what
   * makes further workspaces of it, each with bytes of its own: what `setup` brought is brought once. Absent where commands
   * see the real paths, which differ.
   */
  snapshot?(): Promise<() => Promise<Workspace>>;
  /**
   * Reads what changed against the base, after every process inside is dead; refuses links, special files, oversize. As in
   * git, the `.gitignore` files that stand in the workspace decide which new files are changes.
   */
  collect(
    base: Baseline,
  ): Promise<
    | { readonly changeSet: ChangeSet; readonly leftOut?: readonly LeftOut[] }
    | { readonly refusals: readonly Refusal[] }
  >;
  /** The rule of the base by which a new file at this path would be left out. Looks at no file. */
  ignoredBy(base: Baseline, path: string): string | undefined;
  /** A file inside by relative path, at most `maximumBytes`, never through a link; undefined when there is none. */
  readFile(path: string, maximumBytes: number): Promise<Uint8Array | undefined>;
  /**
   * Files inside that match a glob (hidden ones too), as sorted relative paths, never through a link. Rejects when more
   * than 2,000 match or the folders to look through have no end.
   */
  find(pattern: string): Promise<readonly string[]>;
  /** Absent where a caller reads what was left inside in its own process. */
  readonly readApart?: ReadApart | undefined;
  /** Kills everything inside and removes the folder. */
  close(): Promise<void>;
}

export interface Sandbox {
  /** `bubblewrap`, or `none` where a caller accepted that loudly. */
  readonly isolation: "bubblewrap" | "none";
  /** A fresh workspace; `fill` writes the tree into it. */
  workspace(fill: (directory: string) => Promise<unknown>): Promise<Workspace>;
}
