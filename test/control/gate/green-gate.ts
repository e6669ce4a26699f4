import type { Gate } from "../../../src/control/gate/rule.ts";
import { type Green, green, newLine, toBuilding } from "../line.ts";
import type { Spoilable } from "../spoilt.ts";

/** What was built for a config, written down: a test gets a copy of its own to spoil. */
const built = new Map<string | undefined, string>();

/** All that the gate weighs, as it stands when every rule holds. */
export async function greenGate(config?: string): Promise<Spoilable<Gate>> {
  const text = built.get(config) ?? (await build(config));
  built.set(config, text);
  return JSON.parse(text);
}

async function build(config: string | undefined): Promise<string> {
  const line = newLine(config === undefined ? {} : { config });
  const { order } = await toBuilding(line);
  const proposals: Green = green(line.github, order);
  const gate = { order, ...proposals, approvedDependencies: [], sealed: true, baseFiles: [] };
  return JSON.stringify(gate);
}
