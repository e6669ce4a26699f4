import { realpathSync } from "node:fs";
import { betaAgentToolset20260401, resolvePath } from "@anthropic-ai/sdk/tools/agent-toolset/node";
import { runCommand } from "./command.ts";
import { EditInput, editFile, fitToFile, readOtherEncoding, writeOver } from "./text-files.ts";
import type { RunTool, Tools } from "./tools.ts";

/**
 * The tools on one folder: the SDK's agent toolset, with two of our own. Our bash, because the SDK's has no reliable
 * limits of output and time. Our edit, because the SDK's rewrites every byte that is no UTF-8. Paths in answers are
 * relative, as the model writes them. The only file of the toolbox that knows a vendor.
 */
export function toolsIn(directory: string): Tools {
  const workdir = realpathSync(directory);
  const tools = new Map<string, RunTool>([["bash", (input) => runCommand(workdir, input)]]);
  for (const tool of betaAgentToolset20260401({ workdir })) {
    if (!("name" in tool) || tool.name === "bash") continue;
    const { name } = tool;
    tools.set(name, async (input) => {
      const content = await tool.run(tool.parse(input ?? {}));
      if (typeof content !== "string") throw new Error(`${name}: the answer is not text`);
      return content.replaceAll(`${workdir}/`, "");
    });
  }
  const placeOf = (path: string) => resolvePath({ workdir }, path);
  tools.set("edit", async (input) => {
    const parsed = EditInput.safeParse(input);
    if (!parsed.success) {
      throw new Error(`edit: ${parsed.error.issues[0]?.path.join(".") ?? "the input"} is required`);
    }
    return await editFile(await placeOf(parsed.data.file_path), parsed.data);
  });
  tools.set("write", keepingForm(tools.get("write"), placeOf));
  tools.set("read", showingBytes(tools.get("read"), placeOf));
  return tools;
}

type PlaceOf = (path: string) => Promise<string>;

/** The SDK's write, which keeps invisible properties of the replaced file. */
function keepingForm(write: RunTool | undefined, placeOf: PlaceOf): RunTool {
  return async (input) => {
    if (write === undefined) throw new Error("write: the toolset has none");
    const { file_path: path, content } = Object(input) as Record<string, unknown>;
    if (typeof path !== "string" || path === "" || typeof content !== "string") {
      return await write(input);
    }
    const place = await placeOf(path);
    const fitted = await fitToFile(place, { path, content });
    if (fitted === undefined) return await write(input);
    writeOver(place, fitted.bytes);
    const kept = fitted.kept.map((what) => `its ${what} kept`);
    return [`wrote ${fitted.bytes.length} bytes to ${path}`, ...kept].join("; ");
  };
}

/** The SDK's read, with the bytes behind its replacement characters. */
function showingBytes(read: RunTool | undefined, placeOf: PlaceOf): RunTool {
  return async (input) => {
    if (read === undefined) throw new Error("read: the toolset has none");
    const text = await read(input);
    if (!text.includes("\uFFFD")) return text;
    const { file_path: path, view_range: range } = Object(input) as Record<string, unknown>;
    const lines = Array.isArray(range) ? range.map(Number) : undefined;
    return (await readOtherEncoding(await placeOf(`${path}`), lines)) ?? text;
  };
}
