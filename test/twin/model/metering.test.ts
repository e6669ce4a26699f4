import { describe, expect, test } from "vitest";
import { minimumPrefix, promptCache } from "../../../src/twin/model/metering.ts";
import { MessagesRequest } from "../../../src/twin/model/request.ts";

const CACHED = { cache_control: { type: "ephemeral" } };
/** About `tokens` tokens of text. */
const words = (tokens: number, word = "w") => word.repeat(tokens * 4);

function request(parts: Record<string, unknown>): MessagesRequest {
  return MessagesRequest.parse({
    model: "claude-sonnet-5-5",
    max_tokens: 100,
    messages: [{ role: "user", content: "go" }],
    ...parts,
  });
}

const system = (tokens: number, marked = true) => [
  { type: "text", text: words(tokens), ...(marked ? CACHED : {}) },
];

describe("the prompt cache", () => {
  test("writes a prefix once, reads it while it lives, forgets it after five minutes", () => {
    const cache = promptCache();
    const asked = request({ system: system(2_000) });
    const first = cache.charge(asked, 0);
    expect(first).toMatchObject({ cache_read_input_tokens: 0 });
    expect(first.cache_creation_input_tokens).toBeGreaterThan(2_000);
    const written = first.cache_creation_input_tokens;
    const read = { cache_read_input_tokens: written, cache_creation_input_tokens: 0 };
    expect(cache.charge(asked, 299_999)).toMatchObject(read);
    expect(cache.charge(asked, 500_000)).toMatchObject(read);
    expect(cache.charge(asked, 900_000)).toMatchObject({ cache_read_input_tokens: 0 });
  });

  test("what stands after the last breakpoint is input every time", () => {
    const cache = promptCache();
    const asked = request({
      system: system(2_000),
      messages: [{ role: "user", content: words(300) }],
    });
    expect(cache.charge(asked, 0).input_tokens).toBeGreaterThan(300);
    expect(cache.charge(asked, 1).input_tokens).toBeGreaterThan(300);
  });

  test.each([
    ["claude-sonnet-5-5", 1_024],
    ["claude-opus-5-5", 512],
    ["claude-fable-5-1", 512],
    ["claude-haiku-4-5-20251001", 4_096],
    ["claude-opus-4-8", 1_024],
    ["claude-opus-4-7", 4_096],
  ])("%s caches nothing below %i tokens, and nothing says so", (model, minimum) => {
    expect(minimumPrefix(model)).toBe(minimum);
    const below = request({ model, system: system(minimum - 100) });
    const above = request({ model, system: system(minimum + 100) });
    expect(promptCache().charge(below, 0).cache_creation_input_tokens).toBe(0);
    expect(promptCache().charge(above, 0).cache_creation_input_tokens).toBeGreaterThan(minimum);
  });

  test("a change in front breaks everything behind it: tools, then system, then messages", () => {
    const cache = promptCache();
    const tool = (name: string) => ({ name, input_schema: { type: "object" } });
    const parts = { system: system(2_000), tools: [tool("a"), tool("b")] };
    cache.charge(request(parts), 0);
    const swapped = cache.charge(request({ ...parts, tools: [tool("b"), tool("a")] }), 1);
    expect(swapped.cache_read_input_tokens).toBe(0);
  });

  test("the top-level marker follows the newest block, and an earlier write is found 20 blocks back, not 21", () => {
    const turns = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        role: "user",
        content: words(100, String.fromCharCode(97 + index)),
      }));
    const asked = (count: number) =>
      request({ system: system(2_000, false), messages: turns(count), ...CACHED });
    const near = promptCache();
    near.charge(asked(1), 0);
    expect(near.charge(asked(21), 1).cache_read_input_tokens).toBeGreaterThan(2_000);
    const far = promptCache();
    far.charge(asked(1), 0);
    expect(far.charge(asked(22), 1).cache_read_input_tokens).toBe(0);
  });

  test("a prefix belongs to its model", () => {
    const cache = promptCache();
    cache.charge(request({ system: system(2_000) }), 0);
    const other = request({ system: system(2_000), model: "claude-opus-5-5" });
    expect(cache.charge(other, 1).cache_read_input_tokens).toBe(0);
  });
});
