import type { Addition } from "./addition.ts";

export const MODEL_PROVIDER: Addition = {
  what: "a model provider",
  edits: [
    {
      file: "src/adapters/model/echo/create-model.ts",
      content: `import type { Model } from "../../../ports/model.ts";
import { type End, stop } from "../shared/end.ts";
import type { ModelOptions } from "../shared/options.ts";
import { type Exchange, modelOf } from "../shared/perform.ts";

/** A provider that gives the prompt back as the answer. */
export function createEchoModel(options: ModelOptions): Model {
  return modelOf(
    {
      unready: () => undefined,
      async converse<Answer>({ task, finish, spent }: Exchange<Answer>): Promise<End<Answer>> {
        spent.turn();
        await finish.tool.run({ said: task.prompt });
        const answer = finish.answer();
        return answer === undefined
          ? stop({ kind: "no-answer", said: "an echo does not fit" })
          : { kind: "answered", answer: answer.value };
      },
    },
    options.prices,
  );
}
`,
    },
    {
      file: "src/adapters/model/providers.ts",
      find: `anthropic: createAnthropicModel }`,
      replace: `anthropic: createAnthropicModel, echo: createEchoModel }`,
    },
    {
      file: "src/adapters/model/providers.ts",
      find: `import type { CreateModel,`,
      replace: `import { createEchoModel } from "./echo/create-model.ts";\nimport type { CreateModel,`,
    },
  ],
  proof: `
    import { z } from "zod";
    import { createModel } from "./src/adapters/model/providers.ts";
    import { costOf } from "./src/agent/budget/prices.ts";
    const model = createModel({ provider: "echo", apiKey: "", prices: costOf });
    const outcome = await model.perform({
      role: "coder", model: "echo-1", system: "", prompt: "hello", tools: [],
      answer: z.object({ said: z.string() }), maximumTokens: 10, beforeTurn: () => undefined,
    });
    export const shown = [outcome.kind, outcome.answer, outcome.turns];
  `,
  expected: ["answered", { said: "hello" }, 1],
};
