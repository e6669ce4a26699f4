import { readConfig } from "../../../src/domain/config/read-config.ts";

/** What is wrong with a config, one line each. */
export function faultsOfConfig(value: unknown): readonly string[] {
  const read = readConfig(value);
  if ("config" in read) return [];
  return read.faults.map(({ path, message }) => `${path.join(".")}: ${message}`);
}
