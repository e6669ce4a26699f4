import {
  CONFIG_PATH,
  parseShared,
  readConfigText,
  SHARED_FILE,
  statedKeys,
} from "../../control/observed/config-text.ts";
import { narrow, type SharedConfig } from "../../domain/config/narrow/narrow.ts";
import { originsOf } from "../../domain/config/narrow/origins.ts";
import { type Asking, readShared } from "../source/read-shared.ts";
import type { Facts, SharedFact } from "./facts.ts";

type Configs = Pick<Facts, "config" | "shared" | "origins">;

/** The config of a repository and that of its organization, as control would read both. */
export async function readConfigs(text: string | undefined, asking: Asking): Promise<Configs> {
  const nothing = { shared: undefined, origins: [] };
  if (text === undefined) return { config: { kind: "absent" }, ...nothing };
  const reading = readConfigText(text);
  if ("refusal" in reading) {
    const fault = `${CONFIG_PATH}: ${reading.refusal.found ?? "cannot be read"}`;
    return { config: { kind: "invalid", fault }, ...nothing };
  }
  const { config } = reading;
  const mine: SharedConfig = { config, stated: statedKeys(text) };
  const own = { config: { kind: "valid", config }, origins: originsOf(mine) } as const;
  if (config.extends === undefined) return { ...own, shared: undefined };
  const { fact, shared } = await sharedOf(config.extends, asking);
  if (shared === undefined) return { ...own, shared: fact };
  return {
    config: { kind: "valid", config: narrow(config, shared) },
    shared: fact,
    origins: originsOf(mine, shared),
  };
}

async function sharedOf(
  name: string,
  asking: Asking,
): Promise<{ readonly fact: SharedFact; readonly shared?: SharedConfig }> {
  const read = await readShared(name, asking);
  if ("unknown" in read) {
    return { fact: { name, reading: { kind: "unknown", found: read.unknown } } };
  }
  if ("hidden" in read) return { fact: { name, reading: { kind: "refused", found: read.hidden } } };
  const parsed = parseShared(read.text, `${name}: ${SHARED_FILE}`);
  if ("refusal" in parsed) {
    const { subject, found } = parsed.refusal;
    return { fact: { name, reading: { kind: "refused", found: `${subject}: ${found}` } } };
  }
  return { fact: { name, reading: { kind: "read" } }, shared: parsed };
}
