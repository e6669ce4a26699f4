import type { Adopted } from "./adopt.ts";
import type { AppOptions, CreatedUser, RepositoryRole, TwinGitHub } from "./github/twin-github.ts";
import type { Weather } from "./github/weather/weather.ts";
import type { LaidFiles } from "./lay.ts";
import type { RunnerProgress } from "./runner/run/records.ts";
import type { RunnerOptions, TwinRunner } from "./runner/run-book.ts";

/** Name of this project's repository in the twin, for a caller's `uses:`. */
export const MILLWRIGHT = { repository: "OWNER/millwright", version: "v0" } as const;

/** Owner of every repository of the twin: the person whom the demo and the rehearsal play. */
export const OWNER = "OWNER";

/** The workflow by which a repository calls the factory. */
export const FACTORY_FILE = ".github/workflows/factory.yml";

/** Options of a twin. */
export interface TwinOptions {
  /** An existing folder for all files of the twin; the caller removes it. */
  readonly directory: string;
  /** The folder of this project, whose actions and workflows run. */
  readonly millwright: string;
  /** The Node 24 that runs JavaScript actions. */
  readonly node: string;
  /** Port of GitHub; a free one by default. */
  readonly port?: number;
  /** Fair by default. */
  readonly weather?: Partial<Weather>;
  /** Secrets and variables of every repository. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, string>>;
  /** A GitHub App for the factory's writes: its name and key become variables and a secret of every repository. */
  readonly app?: AppOptions;
  /** Other people, and bots by their login's ending, with their role in every repository. */
  readonly collaborators?: Readonly<Record<string, RepositoryRole>>;
  /** Added to the environment of every step. */
  readonly environment?: Readonly<Record<string, string>>;
  /** As for the runner: free bytes above which the folders of ended jobs stay until the twin closes. */
  readonly keepJobsAbove?: number;
  readonly onProgress?: (event: RunnerProgress) => void;
  /** Runs jobs instead of the twin's own runner. This project is hosted if that one runs workflows, because they name it. */
  readonly runner?: CreateRunner;
}

export type CreateRunner = (options: RunnerOptions) => TwinRunner;

/** GitHub, its runner and one owner on one machine. */
export interface Twin {
  readonly github: TwinGitHub;
  readonly runner: TwinRunner;
  readonly owner: CreatedUser;
  /** A person or bot of `collaborators`. Throws for anybody else. */
  userOf(login: string): CreatedUser;
  /** Hosts a repository whose first commit is the content of `source` (below `paths`, if given); returns its bare repository. */
  host(fullName: string, source: string, paths?: readonly string[]): Promise<string>;
  /** The same for files that are only said: without a folder for them, a push, and the event of one. */
  lay(fullName: string, files: LaidFiles): Promise<void>;
  /**
   * Stands in for another repository on this machine, one commit ahead of its base. Of its workflows only the factory's
   * run: others name actions that are missing here, and their commands would run outside every sandbox.
   */
  adopt(fullName: string, adopted: Adopted): Promise<void>;
  gitDirectoryOf(fullName: string): string;
  /** One REST call as the owner. Rejects with GitHub's message if the answer is not 2xx. */
  request(method: string, path: string, body?: unknown): Promise<unknown>;
  /** JSON files that the runs handed over as artifacts, oldest run first: orders and proposals. */
  handovers(): Promise<readonly Handover[]>;
  /** The pictures that the runs kept as artifacts. */
  pictures(): Promise<readonly KeptPicture[]>;
  close(): Promise<void>;
}

export interface KeptPicture {
  readonly runId: number;
  readonly name: string;
  readonly sha256: string;
}

/** One file from one job for another. */
export interface Handover {
  readonly runId: number;
  /** `order.json`, `verify.json`, … */
  readonly name: string;
  readonly value: unknown;
}
