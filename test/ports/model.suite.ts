import { expect, test } from "vitest";
import { z } from "zod";
import { tokensOf } from "../../src/domain/budget.ts";
import type { Refusal } from "../../src/domain/refusal.ts";
import type { Model, ModelTask, ModelTool } from "../../src/ports/model.ts";

export const Answer = z.strictObject({ summary: z.string().min(1), count: z.int() });
export type Answer = z.infer<typeof Answer>;

/** What a model is set up to do: calls of tools, a turn each, then an answer. */
interface Planned {
  readonly calls?: readonly { readonly tool: string; readonly input: Record<string, unknown> }[];
  readonly answer: Record<string, unknown>;
}

export type Harness = (plan: Planned) => Promise<{
  readonly model: Model;
  close(): Promise<void>;
}>;

export function recordingTool(name = "look"): ModelTool & { readonly inputs: unknown[] } {
  const inputs: unknown[] = [];
  return {
    name,
    description: "Looks at a place.",
    inputSchema: { type: "object", properties: { at: { type: "string" } }, required: ["at"] },
    inputs,
    async run(input) {
      inputs.push(input);
      return "seen";
    },
  };
}

export function taskWith(overrides: Partial<ModelTask<Answer>> = {}): ModelTask<Answer> {
  return {
    role: "coder",
    model: "claude-sonnet-5-5",
    system: "role: coder\nYou write code.",
    prompt: "Do the work.",
    tools: [],
    answer: Answer,
    maximumTokens: 4_000,
    beforeTurn: () => undefined,
    ...overrides,
  };
}

const GOOD = { summary: "done", count: 2 };
const STOP: Refusal = { code: "budget-exhausted", subject: "turns" };

/** What every model behind the port does, real or played. */
export function modelSuite(name: string, start: Harness): void {
  async function perform(plan: Planned, task: ModelTask<Answer>) {
    const { model, close } = await start(plan);
    try {
      return await model.perform(task);
    } finally {
      await close();
    }
  }

  test(`${name}: answers with the parsed value, one turn, and what it cost`, async () => {
    const outcome = await perform({ answer: GOOD }, taskWith());
    expect(outcome).toMatchObject({ kind: "answered", answer: GOOD, turns: 1 });
    expect(outcome.usage.requests).toBe(1);
    expect(outcome.usage.usd).toBeGreaterThan(0);
    expect(tokensOf(outcome.usage)).toBeGreaterThan(0);
  });

  test(`${name}: runs the tools that are called, a turn each, in order`, async () => {
    const tool = recordingTool();
    const calls = [
      { tool: "look", input: { at: "a" } },
      { tool: "look", input: { at: "b" } },
    ];
    const outcome = await perform({ calls, answer: GOOD }, taskWith({ tools: [tool] }));
    expect(outcome).toMatchObject({ kind: "answered", turns: 3 });
    expect(tool.inputs).toEqual([{ at: "a" }, { at: "b" }]);
  });

  test(`${name}: goes on after a tool that throws`, async () => {
    const tool = { ...recordingTool(), run: () => Promise.reject(new Error("no such place")) };
    const calls = [{ tool: "look", input: { at: "a" } }];
    const outcome = await perform({ calls, answer: GOOD }, taskWith({ tools: [tool] }));
    expect(outcome).toMatchObject({ kind: "answered", turns: 2 });
  });

  test(`${name}: asks before every turn with what was spent, and stops at a refusal`, async () => {
    const asked: { turns: number; requests: number }[] = [];
    const task = taskWith({
      tools: [recordingTool()],
      beforeTurn: ({ usage, turns }) => {
        asked.push({ turns, requests: usage.requests });
        return turns >= 1 ? STOP : undefined;
      },
    });
    const calls = [{ tool: "look", input: { at: "a" } }];
    const outcome = await perform({ calls, answer: GOOD }, task);
    expect(outcome).toMatchObject({ kind: "refused", refusal: STOP, turns: 1 });
    expect(outcome.usage.requests).toBe(1);
    expect(asked).toEqual([
      { turns: 0, requests: 0 },
      { turns: 1, requests: 1 },
    ]);
  });

  test(`${name}: spends nothing when it is refused before the first turn`, async () => {
    const outcome = await perform({ answer: GOOD }, taskWith({ beforeTurn: () => STOP }));
    expect(outcome).toMatchObject({ kind: "refused", refusal: STOP, turns: 0 });
    expect(outcome.usage.requests).toBe(0);
  });

  test(`${name}: is an outcome, not an error, when it is stopped from outside`, async () => {
    const outcome = await perform({ answer: GOOD }, taskWith({ signal: AbortSignal.abort() }));
    expect(outcome).toMatchObject({ kind: "refused", refusal: { code: "model-failed" } });
  });
}
