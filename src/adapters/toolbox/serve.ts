import { realpathSync } from "node:fs";
import type { Readable, Writable } from "node:stream";
import { betaAgentToolset20260401 } from "@anthropic-ai/sdk/tools/agent-toolset/node";
import { runCommand } from "./command.ts";
import { bounded, REQUEST_BYTES, type ToolAnswer, ToolRequest } from "./protocol.ts";

/** What to do about an answer that is too long, by tool. */
const ADVICE: Readonly<Record<string, string>> = {
  read: "ask for a part with view_range",
  grep: "narrow the pattern or the path",
  glob: "narrow the pattern",
};

type Run = (input: unknown) => Promise<string>;

/**
 * The tools on one folder: the SDK's agent toolset, with a bash of ours in place of its own, whose output and time have
 * no bound that a caller can rely on. Paths in answers are relative, as the model writes them.
 */
export function toolsIn(directory: string): ReadonlyMap<string, Run> {
  const workdir = realpathSync(directory);
  const tools = new Map<string, Run>([["bash", (input) => runCommand(workdir, input)]]);
  for (const tool of betaAgentToolset20260401({ workdir })) {
    if (!("name" in tool) || tool.name === "bash") continue;
    const { name } = tool;
    tools.set(name, async (input) => {
      const content = await tool.run(tool.parse(input ?? {}));
      if (typeof content !== "string") throw new Error(`${name}: the answer is not text`);
      return content.replaceAll(`${workdir}/`, "");
    });
  }
  return tools;
}

/** Answers requests one after the other, in order: two edits of one file in one turn must not lose each other. */
export async function serve(
  input: Readable,
  output: Writable,
  tools: ReadonlyMap<string, Run>,
): Promise<void> {
  for await (const line of linesOf(input)) {
    const answer = await answerTo(line, tools);
    if (!output.write(`${JSON.stringify(answer)}\n`)) {
      await new Promise((resolve) => output.once("drain", resolve));
    }
  }
}

async function answerTo(line: string, tools: ReadonlyMap<string, Run>): Promise<ToolAnswer> {
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
    return { id, ok: true, text: bounded(text, ADVICE[tool] ?? "ask for less") };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { id, ok: false, text: bounded(text, "ask for less") };
  }
}

/** Lines of at most REQUEST_BYTES; a longer one comes through as a line that is no request, so that it gets its answer. */
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
