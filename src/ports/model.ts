import type { z } from "zod";
import type { Refusal } from "../domain/refusal.ts";
import type { Usage } from "../domain/usage.ts";

/** A tool that the model may call. `run` returns text; a thrown error becomes an error result that the model can read. */
export interface ModelTool {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the input, an object. */
  readonly inputSchema: Readonly<Record<string, unknown>>;
  run(input: unknown): Promise<string>;
}

export interface ModelTask<Answer> {
  /** Role name, for the trace and the price table: intake, architect, tester, coder, reviewer, auditor, judge. */
  readonly role: string;
  readonly model: string;
  readonly system: string;
  readonly prompt: string;
  readonly tools: readonly ModelTool[];
  /** The structured answer that ends the task. */
  readonly answer: z.ZodType<Answer>;
  readonly maximumTokens: number;
  /** Called before every turn; a refusal stops the task. */
  readonly beforeTurn: (spent: {
    readonly usage: Usage;
    readonly turns: number;
    /** The highest possible cost of the next request, in USD: its whole prompt uncached, and the longest reply. */
    readonly nextUsd: number;
  }) => Refusal | undefined;
  readonly signal?: AbortSignal;
}

export type ModelOutcome<Answer> =
  | {
      readonly kind: "answered";
      readonly answer: Answer;
      readonly usage: Usage;
      readonly turns: number;
    }
  | {
      readonly kind: "refused";
      readonly refusal: Refusal;
      readonly usage: Usage;
      readonly turns: number;
    };

/** The model for one task. Never throws for errors of the network or the model, which are outcomes. */
export interface Model {
  perform<Answer>(task: ModelTask<Answer>): Promise<ModelOutcome<Answer>>;
}
