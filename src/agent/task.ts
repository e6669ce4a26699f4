import type { z } from "zod";
import type { OrderKind, OrderOf } from "../domain/order.ts";
import { messageOf } from "../domain/text/message-of.ts";
import type { ModelTask, ModelTool } from "../ports/model.ts";
import { createFence, type Fence, renderAnswer } from "./prompt/envelope.ts";
import { promptOf } from "./prompt/section.ts";
import { ROLES, type Role } from "./roles.ts";

/** Needs of every task besides its facts. */
export interface Setting<Kind extends OrderKind = OrderKind> {
  readonly order: OrderOf<Kind>;
  readonly tools: readonly ModelTool[];
  readonly beforeTurn: ModelTask<unknown>["beforeTurn"];
  /** Created if left out; tests pass one. */
  readonly fence?: Fence;
  readonly signal?: AbortSignal;
}

/** The most output tokens of one reply. */
const MAXIMUM_TOKENS = 16_000;

/**
 * The common frame of all roles' tasks: the role's own text as system prompt, its sections as prompt, its tools in the
 * envelope. `body` is the role's part: its answer, and the sections in reading order.
 */
export function task<Answer>(
  role: Role,
  setting: Setting,
  body: {
    readonly answer: z.ZodType<Answer>;
    readonly model?: string;
    sections(fence: Fence): readonly string[];
  },
): ModelTask<Answer> {
  const fence = setting.fence ?? createFence();
  return {
    role,
    model: body.model ?? setting.order.config.models.default,
    // A scripted model also finds its role by the line `role: NAME`.
    system: `role: ${role}\n\n${ROLES[role].prompt}`,
    prompt: promptOf(body.sections(fence), fence),
    tools: setting.tools.map((tool) => enveloped(tool, fence)),
    answer: body.answer,
    maximumTokens: MAXIMUM_TOKENS,
    beforeTurn: setting.beforeTurn,
    ...(setting.signal === undefined ? {} : { signal: setting.signal }),
  };
}

/**
 * The same tool, with answers and errors in this task's envelope: one place for every tool of every role, so that none
 * can be forgotten. The block itself names the tool.
 */
function enveloped(tool: ModelTool, fence: Fence): ModelTool {
  return {
    ...tool,
    async run(input) {
      try {
        return renderAnswer(await tool.run(input), fence);
      } catch (error) {
        const message = messageOf(error);
        throw new Error(renderAnswer(message, fence), { cause: error });
      }
    },
  };
}
