import { realpathSync } from "node:fs";
import { betaAgentToolset20260401 } from "@anthropic-ai/sdk/tools/agent-toolset/node";
import { runCommand } from "./command.ts";
import type { RunTool, Tools } from "./tools.ts";

/**
 * The tools on one folder: the SDK's agent toolset, with a bash of ours in place of its own, whose output and time have
 * no bound that a caller can rely on. Paths in answers are relative, as the model writes them. The only file of the toolbox that
 * knows a vendor.
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
  return tools;
}
