import { describe, expect, onTestFinished, test } from "vitest";
import { createAnthropicModel } from "../../../../src/adapters/model/anthropic/create-model.ts";
import { costOf } from "../../../../src/agent/budget/prices.ts";
import { parseScript } from "../../../../src/twin/model/script-file.ts";
import { startScriptedModel } from "../../../../src/twin/model/scripted-model.ts";
import { modelSuite, recordingTool, taskWith } from "../../../ports/model.suite.ts";

async function scripted(
  yaml: string,
  options: Partial<Parameters<typeof createAnthropicModel>[0]> = {},
) {
  const twin = await startScriptedModel({ script: parseScript(yaml, "script.yml") });
  onTestFinished(twin.close);
  const model = createAnthropicModel({
    apiKey: twin.apiKey,
    baseUrl: twin.url,
    prices: costOf,
    maximumRetryAfterMs: 5,
    ...options,
  });
  return { twin, model };
}

const coder = (...turns: readonly string[]) =>
  `roles:\n  coder:\n${turns.map((turn) => `    - ${turn}`).join("\n")}\n`;
const DONE = "{ json: { summary: done, count: 2 } }";

modelSuite("the Anthropic adapter", async (plan) => {
  const turns = [
    ...(plan.calls ?? []).map((call) => ({ calls: [call] })),
    { json: plan.answer },
  ].map((turn) => JSON.stringify(turn));
  const twin = await startScriptedModel({ script: parseScript(coder(...turns), "suite.yml") });
  return {
    model: createAnthropicModel({ apiKey: twin.apiKey, baseUrl: twin.url, prices: costOf }),
    close: twin.close,
  };
});

describe("every fault of the wire is an outcome", () => {
  test.each([
    // retry-after of an hour is cut to the bound, so these end at once
    ["401", "{ fault: 401 }", 1, "secret-missing", "ANTHROPIC_API_KEY"],
    ["429", "{ fault: 429, times: 3, retryAfter: 3600 }", 3, "model-failed", "rate limit"],
    ["500", "{ fault: 500, times: 3, retryAfter: 3600 }", 3, "model-failed", "answered 500"],
    ["529", "{ fault: 529, times: 3, retryAfter: 3600 }", 3, "model-failed", "overloaded"],
    ["cut stream", "{ fault: cut-stream, times: 3 }", 3, "model-failed", "cut stream"],
    [
      "malformed input",
      "{ fault: malformed-tool-input, times: 3 }",
      3,
      "model-failed",
      "malformed",
    ],
    ["refusal", "{ fault: refusal }", 1, "model-failed", "model refused"],
    ["max_tokens", "{ fault: max-tokens }", 1, "model-failed", "max_tokens"],
    ["empty reply", "{ fault: empty, times: 3 }", 3, "model-failed", "no answer"],
    ["other model", "{ fault: other-model }", 1, "model-failed", "another model"],
  ])("%s", async (_name, turn, requests, code, subject) => {
    const { twin, model } = await scripted(coder(turn));
    const outcome = await model.perform(taskWith({ tools: [recordingTool()] }));
    expect(outcome.kind).toBe("refused");
    if (outcome.kind !== "refused") return;
    expect(outcome.refusal.code).toBe(code);
    expect(outcome.refusal.subject).toContain(subject);
    expect(outcome.refusal.hint).toBeTypeOf("string");
    expect(twin.requests()).toHaveLength(requests);
    expect(JSON.stringify(outcome)).not.toContain(twin.apiKey);
  });

  test.each([
    ["a rate limit", "{ fault: 429, times: 2, retryAfter: 3600 }"],
    ["an overload", "{ fault: 529, retryAfter: 3600 }"],
    ["a cut stream", "{ fault: cut-stream }"],
    ["a reset", "{ fault: reset }"],
    ["a malformed tool input", "{ fault: malformed-tool-input }"],
    ["an empty reply", "{ fault: empty }"],
  ])("goes on after %s", async (_name, turn) => {
    const calls = "{ calls: [{ tool: look, input: { at: a } }] }";
    const { twin, model } = await scripted(coder(calls, turn, DONE));
    const outcome = await model.perform(taskWith({ tools: [recordingTool()] }));
    expect(outcome).toMatchObject({ kind: "answered", answer: { summary: "done", count: 2 } });
    expect(twin.unplayed()).toEqual([]);
  });

  test("a stream without an end is cut at a bound of bytes", async () => {
    const { model } = await scripted(coder("{ fault: endless-stream }"));
    const outcome = await model.perform(taskWith({ maximumTokens: 1 }));
    expect(outcome).toMatchObject({
      kind: "refused",
      refusal: { code: "model-failed", subject: "endless answer" },
      usage: { requests: 1 },
    });
  });

  test("a stream without an end is cut at a bound of time", async () => {
    const { model } = await scripted(coder("{ fault: endless-stream }"), {
      requestTimeoutMs: 2_000,
    });
    const outcome = await model.perform(taskWith({ maximumTokens: 1_000_000_000 }));
    expect(outcome).toMatchObject({
      refusal: { subject: "endless answer", found: expect.stringContaining("2000 ms") },
    });
  });

  test("nobody listens at the address: only the SDK's own repeats are made", async () => {
    let tries = 0;
    const { twin, model } = await scripted(coder(DONE), {
      maximumRetries: 1,
      fetch: (input, init) => {
        tries += 1;
        return fetch(input, init);
      },
    });
    await twin.close();
    const outcome = await model.perform(taskWith());
    expect(outcome).toMatchObject({
      refusal: { code: "model-failed", subject: "connection to the model endpoint" },
    });
    expect(tries).toBe(2);
  });

  test("a key that an error repeats is cut out of what is reported", async () => {
    const { twin, model } = await scripted(coder(DONE), {
      maximumRetries: 0,
      fetch: () => Promise.reject(new Error(`x-api-key ${twin.apiKey} is odd`)),
    });
    const outcome = await model.perform(taskWith());
    expect(outcome).toMatchObject({
      refusal: { found: expect.stringContaining("x-api-key *** is odd") },
    });
    expect(JSON.stringify(outcome)).not.toContain(twin.apiKey);
  });

  const TOO_LONG = "prompt is too long: 212000 tokens > 200000 maximum";
  const BEYOND = "input length and `max_tokens` exceed context limit: 195000 + 20000 > 200000";
  test.each([
    [400, TOO_LONG, "the prompt is too long", "shorten-the-prompt"],
    [400, BEYOND, "the prompt is too long", "shorten-the-prompt"],
    [413, "Request exceeds the maximum size", "the prompt is too long", "shorten-the-prompt"],
    [
      400,
      "tools: Tool names must be unique.",
      "request refused by the model endpoint",
      "fix-the-error",
    ],
  ])(
    "%d %s: says what it is and never to try the same again",
    async (status, said, subject, hint) => {
      const error = { type: "invalid_request_error", message: said };
      const { model } = await scripted(coder(DONE), {
        fetch: async () => Response.json({ type: "error", error }, { status }),
      });
      const outcome = await model.perform(
        taskWith({ prompt: "p".repeat(700), system: "s".repeat(90) }),
      );
      expect(outcome).toMatchObject({ refusal: { code: "model-failed", subject, hint } });
      const { found } = (outcome as { refusal: { found: string } }).refusal;
      expect(found).toContain(said);
      expect(found.includes("90 characters of instructions, 700 of this task, after 0 turns")).toBe(
        hint === "shorten-the-prompt",
      );
    },
  );

  test("a tool that failed last is what is quoted where no turn is left, never the prompt", async () => {
    const failing = {
      ...recordingTool(),
      run: () => Promise.reject(new Error("src/a.ts: no such file")),
    };
    const { model } = await scripted(coder("{ calls: [{ tool: look, input: { at: a } }] }"));
    const outcome = await model.perform(taskWith({ tools: [failing], prompt: "THE-PROMPT" }));
    expect(JSON.stringify(outcome)).toContain("src/a.ts: no such file");
    expect(JSON.stringify(outcome)).not.toContain("THE-PROMPT");
  });

  test("a redirect is not followed: it would take the key along (NET-04)", async () => {
    const elsewhere = await startScriptedModel({ script: parseScript(coder(DONE), "other.yml") });
    onTestFinished(elsewhere.close);
    const location = `${elsewhere.url}/v1/messages`;
    const { model } = await scripted(
      coder(`{ raw: { status: 307, headers: { location: "${location}" } } }`),
    );
    const outcome = await model.perform(taskWith());
    expect(outcome).toMatchObject({ refusal: { code: "model-failed" } });
    expect(JSON.stringify(outcome)).toContain("307");
    expect(elsewhere.requests()).toEqual([]);
  });

  test("an empty key names the secret and the command that sets it, without a request", async () => {
    const { twin, model } = await scripted(coder(DONE), { apiKey: "" });
    const outcome = await model.perform(taskWith());
    expect(outcome).toMatchObject({
      refusal: {
        code: "secret-missing",
        subject: "ANTHROPIC_API_KEY",
        hint: "set-the-secret",
      },
    });
    expect(twin.requests()).toEqual([]);
  });

  test("a wrong key is named and never shown", async () => {
    const { model } = await scripted(coder(DONE), { apiKey: "sk-ant-wrong" });
    const outcome = await model.perform(taskWith());
    expect(outcome).toMatchObject({
      refusal: { code: "secret-missing", subject: "ANTHROPIC_API_KEY" },
    });
    expect(JSON.stringify(outcome)).not.toContain("sk-ant-wrong");
  });
});

describe("what the model gets wrong", () => {
  test("an unknown tool is answered with the known ones", async () => {
    const call =
      "{ unknownTools: true, calls: [{ tool: fly, input: {} }, { tool: look, input: { at: b } }] }";
    const { twin, model } = await scripted(coder(call, DONE));
    const tool = recordingTool();
    const outcome = await model.perform(taskWith({ tools: [tool] }));
    expect(outcome.kind).toBe("answered");
    expect(tool.inputs).toEqual([{ at: "b" }]);
    const results = twin.requests().at(-1)?.body?.messages.at(-1)?.content;
    expect(results).toMatchObject([
      { is_error: true, content: 'there is no tool "fly"; there are: look, finish' },
      { content: "seen" },
    ]);
  });

  test("an answer that does not fit can be repaired, three times", async () => {
    const bad = "{ json: { summary: x, count: many } }";
    const repaired = await scripted(coder(bad, bad, DONE));
    expect((await repaired.model.perform(taskWith())).kind).toBe("answered");
    const result = repaired.twin.requests().at(-1)?.body?.messages.at(-1)?.content[0];
    expect(JSON.stringify(result)).toContain("count: Invalid input");
    const hopeless = await scripted(coder(bad, bad, bad));
    const outcome = await hopeless.model.perform(taskWith());
    expect(outcome).toMatchObject({ refusal: { subject: "answer does not fit" }, turns: 3 });
  });

  test("a reply that calls nothing is asked for the answer, twice", async () => {
    const talk = "{ text: I am done. }";
    const patient = await scripted(coder(talk, talk, DONE));
    expect((await patient.model.perform(taskWith())).kind).toBe("answered");
    const lazy = await scripted(coder(talk, talk, talk));
    const outcome = await lazy.model.perform(taskWith());
    expect(outcome).toMatchObject({
      refusal: { subject: "no answer", found: expect.stringContaining("I am done.") },
    });
  });

  test("a script that ends early is said with role, session and turn, once", async () => {
    const { twin, model } = await scripted(coder("{ calls: [{ tool: look, input: { at: a } }] }"));
    const outcome = await model.perform(taskWith({ tools: [recordingTool()] }));
    expect(outcome).toMatchObject({
      refusal: { code: "model-failed", found: expect.stringContaining('role "coder", session 1') },
    });
    expect(twin.requests()).toHaveLength(2);
  });
});

test("what is stable is read from the cache in every turn after the first", async () => {
  const calls = Array.from(
    { length: 10 },
    (_, index) => `{ calls: [{ tool: look, input: { at: "${index}" } }] }`,
  );
  const { twin, model } = await scripted(coder(...calls, DONE));
  const system = `role: coder\n${"Rules of the house. ".repeat(600)}`;
  const outcome = await model.perform(taskWith({ system, tools: [recordingTool()] }));
  const usages = twin.requests().map(({ usage }) => usage);
  expect(usages[0]).toMatchObject({ cache_read_input_tokens: 0 });
  for (const usage of usages.slice(1)) {
    expect(usage?.cache_read_input_tokens).toBeGreaterThan(3_000);
    expect(usage?.input_tokens).toBe(0);
  }
  expect(outcome.usage).toMatchObject({
    requests: 11,
    cacheReadTokens: twin.usage().cache_read_input_tokens,
    cacheWriteTokens: twin.usage().cache_creation_input_tokens,
    outputTokens: twin.usage().output_tokens,
  });
  const bodies = twin.requests().map(({ body }) => body);
  for (const [index, body] of bodies.entries()) {
    const before = bodies[index - 1];
    if (before === undefined) continue;
    expect(JSON.stringify([body?.tools, body?.system])).toBe(
      JSON.stringify([before.tools, before.system]),
    );
    expect(JSON.stringify(body?.messages.slice(0, before.messages.length))).toBe(
      JSON.stringify(before.messages),
    );
  }
});

describe("before each request", () => {
  const look = "{ calls: [{ tool: look, input: { at: a } }] }";
  const said = "x".repeat(5_000);

  test("the budget hears the most that it can cost, and it never costs more", async () => {
    const asked: { readonly spent: number; readonly next: number }[] = [];
    const tool = { ...recordingTool(), run: () => Promise.resolve(said) };
    const { model } = await scripted(coder(look, look, "{ fault: empty }", DONE));
    const outcome = await model.perform(
      taskWith({
        tools: [tool],
        beforeTurn: ({ usage, nextUsd }) => {
          asked.push({ spent: usage.usd, next: nextUsd });
          return undefined;
        },
      }),
    );
    expect(outcome.kind).toBe("answered");
    const after = [...asked.slice(1).map(({ spent }) => spent), outcome.usage.usd];
    expect(asked).toHaveLength(4);
    for (const [index, { spent, next }] of asked.entries()) {
      expect((after[index] ?? Number.POSITIVE_INFINITY) - spent).toBeLessThanOrEqual(next);
    }
    // A token a byte for what came since, at the price of a prompt that is written to the cache.
    expect((asked[1]?.next ?? 0) - (asked[0]?.next ?? 0)).toBeGreaterThan(0);
    expect(asked[0]?.next).toBeGreaterThan(costOf("claude-sonnet-5-5", LONGEST).usd);
  });

  test("a stream that was cut is charged as the longest reply", async () => {
    const { model } = await scripted(coder("{ fault: cut-stream }", DONE));
    const { usage } = await model.perform(taskWith());
    expect(usage.requests).toBe(2);
    expect(usage.outputTokens).toBeGreaterThan(4_000);
  });
});

const LONGEST = { inputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, outputTokens: 4_000 };
