import type { z } from "zod";
import type { OrderKind, OrderOf } from "../domain/order.ts";
import { messageOf } from "../domain/text/message-of.ts";
import type { ModelTask, ModelTool } from "../ports/model.ts";
import { createFence, type Fence, renderAnswer } from "./prompt/envelope.ts";
import { promptOf } from "./prompt/section.ts";
import { ROLES, type Role } from "./roles.ts";

/** What every task needs besides its facts. */
export interface Setting<Kind extends OrderKind = OrderKind> {
  readonly order: OrderOf<Kind>;
  readonly tools: readonly ModelTool[];
  readonly beforeTurn: ModelTask<unknown>["beforeTurn"];
  /** Made fresh when left out; given in tests. */
  readonly fence?: Fence;
  readonly signal?: AbortSignal;
}

/** Output tokens of one reply. */
const MAXIMUM_TOKENS = 16_000;

/**
 * What the tasks of all roles share: the role's own text as system prompt, its sections as prompt, its tools in the
 * envelope. `body` is what a role adds: what it must answer, and the sections in the order they are read.
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
    // The line `role: NAME` is also how a scripted model knows whom to play.
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
 * The same tool, whose answers and errors come in the envelope of this task: one place for every tool of every role, so
 * that none can be forgotten. Which tool spoke is the block's own to say.
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
