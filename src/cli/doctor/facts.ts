import type { Exposure } from "../../control/exposure/branch-workflows.ts";
import type { Origin } from "../../domain/config/narrow/origins.ts";
import type { Config } from "../../domain/config/schema.ts";
import type { Known, Settings } from "../../ports/settings.ts";

/** A job of a workflow of the repository that calls Millwright. */
export interface Caller {
  /** The file, like `.github/workflows/factory.yml`. */
  readonly path: string;
  readonly job: string;
  /** `OWNER/NAME`. */
  readonly repository: string;
  /** The called file, like `factory.yml`. */
  readonly file: string;
  readonly ref: string;
  /** The repository calls a file of its own, at the commit that runs: it is Millwright's, and has neither repository nor ref. */
  readonly isOwn?: true;
  /** It calls a copy of the file in its own repository, whose actions come from `repository` at `ref`. */
  readonly isCopy?: true;
  /** What the job is granted; undefined where nothing states it: the repository's default then. */
  readonly permissions: Readonly<Record<string, string>> | "read-all" | "write-all" | undefined;
  /** Names of the secrets that are handed on, or all of them. */
  readonly secrets: readonly string[] | "inherit";
  readonly hasSchedule: boolean;
}

/** A copy of a workflow of Millwright's that `init --vendor` made. */
export interface Copy {
  readonly path: string;
  /** What its actions come from. */
  readonly pins: readonly Pick<Caller, "repository" | "ref">[];
  /** Copies that it calls. */
  readonly calls: readonly string[];
}

export type ConfigFact =
  | { readonly kind: "absent" }
  | { readonly kind: "invalid"; readonly fault: string }
  | { readonly kind: "valid"; readonly config: Config };

/** The file of the organization that the config names in `extends`. */
export interface SharedFact {
  /** `OWNER/NAME`. */
  readonly name: string;
  readonly reading:
    | { readonly kind: "read" }
    /** Control could not read it either. */
    | { readonly kind: "refused"; readonly found: string }
    | { readonly kind: "unknown"; readonly found: string };
}

/** All that doctor judges. */
export interface Facts {
  /** The effective config: narrowed by the organization's, if that could be read. */
  readonly config: ConfigFact;
  /** Undefined where the config names none. */
  readonly shared: SharedFact | undefined;
  /** Where the values come from that somebody states. */
  readonly origins: readonly Origin[];
  /** Whether a file in the work tree matches one of these globs. */
  readonly matches: (globs: readonly string[]) => boolean;
  /** Whether a path stands in the work tree. */
  readonly has: (path: string) => boolean;
  readonly callers: readonly Caller[];
  /** The copies of Millwright's workflows that the repository holds; none where it calls them from elsewhere. */
  readonly copies: readonly Copy[];
  /** What each called file needs, as its template grants it. */
  readonly needs: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The commit that this Millwright is. */
  readonly own: string | undefined;
  readonly exposures: readonly Exposure[];
  /** Whether this machine can isolate commands: why not, where it cannot. */
  readonly sandbox: Known<true>;
  /** Undefined where no token says who asks. */
  readonly settings: Settings | undefined;
  /** Time of the look, ISO 8601. */
  readonly now: string;
}
