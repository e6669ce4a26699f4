import type { Contract } from "../../domain/contract.ts";
import type { Subject } from "../../domain/evidence.ts";
import type { LineOrder } from "../../domain/order.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { ModelTool } from "../../ports/model.ts";
import type { SandboxSession, Workspace } from "../../ports/sandbox.ts";
import type { Asker } from "../shared/ask.ts";

/** The program that runs inside the sandbox, and the tools that relay to it from outside. */
export interface Toolbox {
  /** Absolute path of a Node program of ours. */
  readonly program: string;
  tools(session: SandboxSession): readonly ModelTool[];
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
  /** What the change so far does to dependencies: a refusal where no person has approved it. */
  judgeDependencies(): Promise<"untouched" | "approved" | { readonly refusal: Refusal }>;
  /** What is left of the wall clock of the budget, in ms; zero or less when it is spent. */
  remainingMs(): number;
}
