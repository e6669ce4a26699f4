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

/** State of a change before it is done. */
export interface Look {
  /** Its effect on dependencies: a refusal if no person has approved it. */
  readonly dependencies: "untouched" | "approved" | { readonly refusal: Refusal };
  /** Why it cannot be accepted as it is. */
  readonly refusals: readonly Refusal[];
  readonly leftOut: readonly LeftOut[];
  /** The change so far; empty if it cannot be accepted. */
  readonly files: readonly ChangedFile[];
}

/** One workspace with everything that works in it. */
export interface Bench {
  readonly order: LineOrder;
  readonly contract: Contract;
  readonly workspace: Workspace;
  readonly toolbox: Toolbox;
  readonly asker: Asker;
  /** Names the base only: runs here are never evidence, and their records do not leave the stage. */
  readonly subject: Subject;
  /** The rule in the base's `.gitignore` files that excludes a new file at this path from every change. */
  ignoredBy(path: string): string | undefined;
  /** The change so far, after everything inside has ended. */
  lookAtChange(): Promise<Look>;
  /** Wall clock left of the budget, in ms; zero or less if it is spent. */
  remainingMs(): number;
}
