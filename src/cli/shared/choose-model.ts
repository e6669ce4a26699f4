import { readFile } from "node:fs/promises";
import type { OwnerTurn } from "../../twin/model/script.ts";
import { parseScript } from "../../twin/model/script-file.ts";
import { startScriptedModel } from "../../twin/model/scripted-model.ts";
import type { Scaffold } from "./scaffold.ts";

/** The model that a demo asks, and what the person does on the way. */
export interface DemoModel {
  readonly scripted: boolean;
  readonly apiKey: string;
  /** Where requests go; the vendor's own place when absent. */
  readonly url?: string;
  readonly ownerTurns: readonly OwnerTurn[];
  /** What of the script nobody asked for. */
  unplayed(): readonly string[];
}

/**
 * The script where there is one to play, the real model otherwise.
 * @throws ScriptError when the script is not one
 */
export async function chooseModel(
  scaffold: Scaffold,
  options: {
    readonly script: string | undefined;
    readonly apiKey: string | undefined;
    readonly baseUrl: string | undefined;
  },
): Promise<DemoModel> {
  if (options.script === undefined) {
    return {
      scripted: false,
      apiKey: options.apiKey ?? "",
      ...(options.baseUrl && { url: options.baseUrl }),
      ownerTurns: ["approve", "merge"],
      unplayed: () => [],
    };
  }
  const script = parseScript(await readFile(options.script, "utf8"), options.script);
  const model = scaffold.add(await startScriptedModel({ script }));
  return {
    scripted: true,
    apiKey: model.apiKey,
    url: model.url,
    ownerTurns: script.owner,
    unplayed: () => model.unplayed(),
  };
}
