import { type Document, parseDocument } from "yaml";
import type { Playing } from "./audit.ts";
import { commit } from "./nights.ts";
import type { Limits } from "./scenario.ts";

const CONFIG = ".github/factory.yml";
const HEARTBEAT = "41 * * * *";

export function setLimits(document: Document, limits: Limits = {}): void {
  for (const [name, value] of Object.entries(limits)) document.setIn(["limits", name], value);
}

/** The owner raises limits in the config, once, and the clock strikes the hour: what waited for them is rung for. */
export function raiseOnce(
  playing: Playing,
  limits: Limits | undefined,
): () => Promise<string | undefined> {
  let left = limits;
  return async () => {
    if (left === undefined) return undefined;
    const { twin, repository, terminal } = playing;
    const said = Object.entries(left).map(([name, value]) => `limits.${name} to ${value}`);
    const path = `/repos/${repository}/contents/${CONFIG}`;
    const file = (await twin.request("GET", path)) as { readonly content: string };
    const document = parseDocument(Buffer.from(file.content, "base64").toString("utf8"));
    setLimits(document, left);
    left = undefined;
    await commit(playing, { [CONFIG]: document.toString() });
    const action = `set ${said.join(", ")}`;
    terminal.line(`  ${terminal.style("yellow", "●")} OWNER ${action}; the hour strikes`);
    twin.github.emitSchedule(repository, HEARTBEAT);
    return action;
  };
}
