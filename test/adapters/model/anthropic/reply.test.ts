import { expect, test } from "vitest";
import { countsOf } from "../../../../src/adapters/model/anthropic/reply.ts";

const WHOLE = {
  input_tokens: 1,
  cache_read_input_tokens: 2,
  cache_creation_input_tokens: 3,
  output_tokens: 4,
};

test.each([
  ["every kind of token", WHOLE, [1, 2, 3, 4]],
  ["no cache", { ...WHOLE, cache_read_input_tokens: null }, [1, 0, 3, 4]],
  ["nothing written", { ...WHOLE, cache_creation_input_tokens: null }, [1, 2, 0, 4]],
])("a reply with %s is counted by its four kinds", (_, wire, [input, read, write, output]) => {
  expect(countsOf(wire)).toEqual({
    inputTokens: input,
    cacheReadTokens: read,
    cacheWriteTokens: write,
    outputTokens: output,
  });
});
