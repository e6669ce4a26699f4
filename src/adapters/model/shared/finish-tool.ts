import { z } from "zod";
import type { ModelTool } from "../../../ports/model.ts";

export const FINISH = "finish";

/** How many answers that violate the schema a task may give before it is refused. */
export const MAXIMUM_INVALID_ANSWERS = 3;

/** How often a reply without a tool call is asked for the answer before the task is refused. */
export const MAXIMUM_NUDGES = 2;
export const NUDGE = `Your reply called no tool. Go on with the work, or call \`${FINISH}\` with your answer.`;

export interface FinishTool<Answer> {
  readonly tool: ModelTool;
  answer(): { readonly value: Answer } | undefined;
  /** Faults of the last invalid answer, and the number of invalid answers. */
  invalid(): { readonly count: number; readonly faults: string };
}

/**
 * The structured answer as the input of a tool, not as `output_config.format`. An invalid answer comes back as an error
 * result that the model can repair in the same conversation. The schema keeps its limits (a response format drops
 * lengths and patterns). Free text beside tool calls stays allowed (with a format the SDK throws on it). It works on
 * every endpoint with tools. The schema must be an object, because tool inputs are.
 */
export function finishTool<Answer>(schema: z.ZodType<Answer>): FinishTool<Answer> {
  const { $schema: _dialect, ...inputSchema } = z.toJSONSchema(schema, { io: "input" });
  if (inputSchema.type !== "object") {
    throw new TypeError(`an answer's schema must be an object, not ${String(inputSchema.type)}`);
  }
  let answer: { readonly value: Answer } | undefined;
  let count = 0;
  let faults = "";
  return {
    answer: () => answer,
    invalid: () => ({ count, faults }),
    tool: {
      name: FINISH,
      description:
        "Ends the task with your answer. Call it exactly once, alone, when the work is done.",
      inputSchema,
      async run(input) {
        const parsed = schema.safeParse(input);
        if (parsed.success) {
          answer ??= { value: parsed.data };
          return "accepted";
        }
        count += 1;
        faults = parsed.error.issues
          .slice(0, 10)
          .map(({ path, message }) => `${path.join(".") || "answer"}: ${message}`)
          .join("; ");
        throw new Error(`the answer does not fit: ${faults}. Correct it and call finish again.`);
      },
    },
  };
}
