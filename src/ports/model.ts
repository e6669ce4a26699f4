import type { z } from "zod";
import type { Refusal } from "../domain/refusal.ts";
import type { Usage } from "../domain/usage.ts";

/** A tool the model may call. `run` answers text; a thrown error becomes an error result the model can read. */
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
  /** Asked before every turn; a refusal stops the task. */
  readonly beforeTurn: (spent: {
    readonly usage: Usage;
    readonly turns: number;
    /** The most that the next request can cost, in USD: its whole prompt uncached, and the longest reply. */
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

/** The model behind one task. Never throws for what the wire or the model does: that is an outcome. */
export interface Model {
  perform<Answer>(task: ModelTask<Answer>): Promise<ModelOutcome<Answer>>;
}
