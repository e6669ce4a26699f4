import type { ChangedFile } from "../../domain/change-set.ts";
import type { Contract } from "../../domain/contract.ts";
import type { Subject } from "../../domain/evidence.ts";
import type { LineOrder } from "../../domain/order.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { ModelTool } from "../../ports/model.ts";
import type { LeftOut, SandboxSession, Workspace } from "../../ports/sandbox.ts";
import type { Asker } from "../shared/ask.ts";

/** The program that runs inside the sandbox, and the tools that relay to it from outside. */
export interface Toolbox {
  /** Absolute path of a Node program of ours. */
  readonly program: string;
  tools(session: SandboxSession): readonly ModelTool[];
}

/** What is to say of a change before it is done. */
export interface Look {
  /** What it does to dependencies: a refusal where no person has approved it. */
  readonly dependencies: "untouched" | "approved" | { readonly refusal: Refusal };
  /** Why it cannot be taken as it stands. */
  readonly refusals: readonly Refusal[];
  readonly leftOut: readonly LeftOut[];
  /** The change so far; empty where it cannot be taken. */
  readonly files: readonly ChangedFile[];
}

/** One workspace with everything that works in it. */
export interface Bench {
  readonly order: LineOrder;
  readonly contract: Contract;
  readonly workspace: Workspace;
  readonly toolbox: Toolbox;
  readonly asker: Asker;
  /** Names the base alone: what runs here is never evidence, and its records do not leave the stage. */
  readonly subject: Subject;
  /** The rule of the base's `.gitignore` files that leaves a new file at this path out of every change. */
  ignoredBy(path: string): string | undefined;
  /** The change so far, when everything inside is dead. */
  lookAtChange(): Promise<Look>;
  /** What is left of the wall clock of the budget, in ms; zero or less when it is spent. */
  remainingMs(): number;
}
