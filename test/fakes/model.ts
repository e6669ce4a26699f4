import type { Refusal } from "../../src/domain/refusal.ts";
import { addUsage, NO_USAGE, type Usage } from "../../src/domain/usage.ts";
import type { Model, ModelOutcome, ModelTask } from "../../src/ports/model.ts";

/** One task the fake expects, in order: the tools it calls (a turn each), then an answer or a refusal (the last turn). */
export interface FakeTask {
  readonly role: string;
  readonly calls?: readonly { readonly tool: string; readonly input: unknown }[];
  readonly answer?: unknown;
  readonly refusal?: Refusal;
  /** What each turn costs. */
  readonly usage?: Usage;
}

export interface FakeModel extends Model {
  /** Every task that was asked for, as it was asked. */
  readonly tasks: readonly ModelTask<unknown>[];
  /** What the tools answered, in order; a thrown error stands as `error: message`. */
  readonly results: readonly string[];
  /** Tasks that nobody asked for yet. */
  unplayed(): readonly FakeTask[];
}

const ONE_TURN: Usage = {
  ...NO_USAGE,
  requests: 1,
  inputTokens: 100,
  outputTokens: 10,
  usd: 0.001,
};

/** Throws by default: a task nobody scripted, another role than expected, a tool that was not offered. */
export function fakeModel(expected: readonly FakeTask[] = []): FakeModel {
  const left = [...expected];
  const tasks: ModelTask<unknown>[] = [];
  const results: string[] = [];
  return {
    tasks,
    results,
    unplayed: () => left,
    async perform<Answer>(task: ModelTask<Answer>): Promise<ModelOutcome<Answer>> {
      tasks.push(task as ModelTask<unknown>);
      const next = left.shift();
      if (next === undefined) throw new Error(`fakeModel: no task scripted for ${task.role}`);
      if (next.role !== task.role) {
        throw new Error(`fakeModel: expected role ${next.role}, was asked for ${task.role}`);
      }
      return await play(task, next, results);
    },
  };
}

async function play<Answer>(
  task: ModelTask<Answer>,
  script: FakeTask,
  results: string[],
): Promise<ModelOutcome<Answer>> {
  let usage = NO_USAGE;
  let turns = 0;
  const takeTurn = (): Refusal | undefined => {
    if (task.signal?.aborted) return { code: "model-failed", subject: "model", found: "aborted" };
    const refusal = task.beforeTurn({ usage, turns, nextUsd: 0 });
    if (refusal !== undefined) return refusal;
    usage = addUsage(usage, script.usage ?? ONE_TURN);
    turns += 1;
    return undefined;
  };
  for (const call of script.calls ?? []) {
    const refusal = takeTurn();
    if (refusal !== undefined) return { kind: "refused", refusal, usage, turns };
    results.push(await callTool(task.tools, call));
  }
  const refusal = takeTurn() ?? script.refusal;
  if (refusal !== undefined) return { kind: "refused", refusal, usage, turns };
  const parsed = task.answer.safeParse(script.answer);
  if (parsed.success) return { kind: "answered", answer: parsed.data, usage, turns };
  const found = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  return {
    kind: "refused",
    refusal: { code: "model-failed", subject: "answer", found: found.join("; ").slice(0, 2_000) },
    usage,
    turns,
  };
}

async function callTool(
  tools: ModelTask<unknown>["tools"],
  call: { readonly tool: string; readonly input: unknown },
): Promise<string> {
  const tool = tools.find(({ name }) => name === call.tool);
  if (tool === undefined) {
    throw new Error(`fakeModel: no tool ${call.tool}; offered: ${tools.map(({ name }) => name)}`);
  }
  try {
    return await tool.run(call.input);
  } catch (error) {
    return `error: ${error instanceof Error ? error.message : String(error)}`;
  }
}
