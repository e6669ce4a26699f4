import { z } from "zod";

/** One line in: a tool and its input. The answer repeats `id`. */
export const ToolRequest = z.looseObject({
  id: z.union([z.number(), z.string()]).optional(),
  tool: z.string(),
  input: z.unknown().optional(),
});
export type ToolRequest = z.infer<typeof ToolRequest>;

/** One line out. `ok: false` is an error that the model reads; the toolbox continues. */
export const ToolAnswer = z.looseObject({
  id: z.union([z.number(), z.string()]).nullish(),
  ok: z.boolean(),
  text: z.string(),
});
export type ToolAnswer = z.infer<typeof ToolAnswer>;

/** Bytes of one line in; one call may write a whole file. */
export const REQUEST_BYTES = 4_000_000;
/** Characters of one answer's text: about 8,000 tokens. */
const ANSWER_CHARACTERS = 32_000;
/** How long one command may run, in ms: by default, and at most. */
export const COMMAND_TIMEOUT_MS = 120_000;
export const MAXIMUM_COMMAND_TIMEOUT_MS = 600_000;

/** Head and tail of a text, with the size of the middle: the beginning shows what ran, the end how it went. */
export function headAndTail(text: string, advice: string): string {
  if (text.length <= ANSWER_CHARACTERS) return text;
  const half = ANSWER_CHARACTERS / 2;
  const left = text.length - ANSWER_CHARACTERS;
  return `${text.slice(0, half)}\n… (${left} characters left out; ${advice}) …\n${text.slice(-half)}`;
}
