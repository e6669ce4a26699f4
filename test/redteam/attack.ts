import type { RefusalCode } from "../../src/domain/refusal.ts";
import type { ROLE_NAMES } from "../../src/twin/model/script.ts";
import type { Observation } from "./observation.ts";
import type { Scene } from "./scene.ts";

/** Families of the catalogue (threats §2). */
export const FAMILIES = [
  "AG",
  "IN",
  "EV",
  "WF",
  "RT",
  "NET",
  "GIT",
  "OUT",
  "DEP",
  "QA",
  "PER",
  "GOV",
] as const;
export type Family = (typeof FAMILIES)[number];

export type Role = (typeof ROLE_NAMES)[number];
/** Turns or sessions of each role as the script format has them (docs/script-format.md), over those of the happy run. */
export type Roles = Readonly<Partial<Record<Role, readonly unknown[]>>>;

/** What an enemy may know of the machine: where things are that it must not reach. */
export interface Facts {
  readonly hostFile: string;
  /** The twin's GitHub on the loopback of the host. */
  readonly gitHubUrl: string;
  /** A port of the host on which somebody listens and counts. */
  readonly listenerPort: number;
  /** The provider has the key: who plays it can say the key back in any form. */
  readonly apiKey: string;
  /** Name for files and processes that are left behind: the oracle looks for it everywhere. */
  readonly mark: string;
}

/** What stands there before anybody attacks; left out is the greeter of `world.ts`. */
export interface World {
  /** Files beside those of the greeter, or instead of them. */
  readonly files?: Readonly<Record<string, string>>;
  /** Files that are not UTF-8, a character for a byte. */
  readonly latin1?: Readonly<Record<string, string>>;
  /** Symbolic links: path and target. */
  readonly links?: Readonly<Record<string, string>>;
  /** Keys of `.github/factory.yml` that differ. */
  readonly config?: Readonly<Record<string, unknown>>;
  readonly issue?: { readonly title: string; readonly body: string };
}

/** Something that happens while a job starts or ends: others do not wait for the line. */
export interface Meanwhile {
  /** Last part of the job's name: `verify`, `settle`. */
  readonly job: string;
  readonly at: "started" | "finished";
  readonly act: (scene: Scene) => Promise<unknown>;
}

/**
 * What has to come of an attack besides nine invariants that hold.
 * `refused`: the factory said no by one of these codes. `harmless`: the line may go on, and the payload does nothing.
 */
export type Expectation =
  | { readonly refused: readonly RefusalCode[] }
  | {
      /** What makes it inert, as the table says it: "sandbox: no network". */
      readonly harmless: string;
    };

export interface Attack {
  /** `GIT-02a`: id of the catalogue and a letter. */
  readonly id: string;
  /** Further ids of the catalogue that it plays. */
  readonly also?: readonly string[];
  readonly family: Family;
  readonly title: string;
  /** Who is the enemy: a model that obeys an injection, one that ignores its task, or people and events alone. */
  readonly model: "obedient" | "worst-case" | "none";
  readonly world?: World;
  readonly script?: Roles | ((facts: Facts) => Roles);
  /** What people do; left out: the owner opens the issue and labels it. */
  readonly play?: (scene: Scene) => Promise<unknown>;
  readonly meanwhile?: readonly Meanwhile[];
  readonly expects: Expectation;
  /** Texts that no published object may hold, a character for a byte: what a check of the config or git itself forbids. */
  readonly forbids?: readonly string[];
  /**
   * Why the attack did not happen, where the turns of the script cannot tell: a job that never ran, a command that failed.
   * Undefined when it happened. Every turn of `script` has to be played in any case.
   */
  readonly missed?: (seen: Observation) => string | undefined;
  /** Known to get through: why, and what would stop it. It plays when it is named, and counts nowhere else. */
  readonly open?: string;
}
