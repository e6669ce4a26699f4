import type { Readable, Writable } from "node:stream";
import { messageOf } from "../../domain/text/message-of.ts";
import { headAndTail, REQUEST_BYTES, type ToolAnswer, ToolRequest } from "./protocol.ts";
import type { Tools } from "./tools.ts";

/** Advice about a too long answer, by tool. */
const ADVICE: Readonly<Record<string, string>> = {
  read: "ask for a part with view_range",
  grep: "narrow the pattern or the path",
  glob: "narrow the pattern",
};

/** Answers requests one after the other, in order: two edits of one file in one turn must not overwrite each other. */
export async function serve(input: Readable, output: Writable, tools: Tools): Promise<void> {
  for await (const line of linesOf(input)) {
    const answer = await answerTo(line, tools);
    if (!output.write(`${JSON.stringify(answer)}\n`)) {
      await new Promise((resolve) => output.once("drain", resolve));
    }
  }
}

async function answerTo(line: string, tools: Tools): Promise<ToolAnswer> {
  const parsed = ToolRequest.safeParse(jsonOf(line));
  if (!parsed.success) return { id: null, ok: false, text: "the request is not {id, tool, input}" };
  const { id, tool, input } = parsed.data;
  const run = tools.get(tool);
  if (run === undefined) {
    const known = [...tools.keys()].join(", ");
    return { id, ok: false, text: `there is no tool ${JSON.stringify(tool)}; there are: ${known}` };
  }
  try {
    const text = await run(input);
    return { id, ok: true, text: headAndTail(text, ADVICE[tool] ?? "ask for less") };
  } catch (error) {
    const text = messageOf(error);
    return { id, ok: false, text: headAndTail(text, "ask for less") };
  }
}

/** Lines of at most REQUEST_BYTES; a longer one becomes an invalid request, so that it gets its answer. */
async function* linesOf(input: Readable): AsyncGenerator<string> {
  let kept: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of input as AsyncIterable<Buffer>) {
    let rest = chunk;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      const isTooLong = bytes + end > REQUEST_BYTES;
      yield isTooLong ? "" : Buffer.concat([...kept, rest.subarray(0, end)]).toString("utf8");
      kept = [];
      bytes = 0;
      rest = rest.subarray(end + 1);
    }
    bytes += rest.byteLength;
    if (bytes <= REQUEST_BYTES) kept.push(rest);
    else kept = [];
  }
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
