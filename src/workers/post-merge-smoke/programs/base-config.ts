import { parseDocument } from "yaml";
import { readConfig } from "../../../domain/config/read-config.ts";
import type { Config } from "../../../domain/config/schema.ts";
import type { ObjectId } from "../../../domain/digest.ts";
import type { Repository } from "../../../ports/repository.ts";

export const CONFIG_FILE = ".github/factory.yml";
/** The same limit as in control. */
const LARGEST = 64_000;

/** The config at a commit; undefined if it cannot be read there. No file means the defaults. */
export async function readBaseConfig(
  { read }: Pick<Repository, "read">,
  commit: ObjectId,
): Promise<Config | undefined> {
  const bytes = await read(commit, CONFIG_FILE);
  if (bytes !== undefined && bytes.length > LARGEST) return undefined;
  const document = parseDocument(new TextDecoder().decode(bytes), { uniqueKeys: true });
  if (document.errors.length > 0) return undefined;
  try {
    // Anchors are not part of the format.
    const reading = readConfig(document.toJS({ maxAliasCount: 0 }));
    return "config" in reading ? reading.config : undefined;
  } catch {
    return undefined;
  }
}
