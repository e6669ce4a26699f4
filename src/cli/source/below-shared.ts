import { parseShared, SHARED_FILE } from "../../control/observed/config-text.ts";
import { narrow } from "../../domain/config/narrow/narrow.ts";
import { UsageError } from "../command/usage-error.ts";
import type { Progress } from "../shared/progress.ts";
import { type ChosenConfig, withToolchains } from "./config.ts";
import { type Asking, readShared } from "./read-shared.ts";

/** A file that states nothing, and so narrows nothing. */
const NOTHING_STATED = "version: 1\n";

/**
 * A config below that of the organization that it names, as control would narrow it. If that one cannot be read here,
 * this is reported, and the rehearsal continues with the repository's own: a limit of this machine is no fault of the
 * config. @throws UsageError for a file that is read and is no config, because control would refuse every run
 */
export async function belowShared(
  chosen: ChosenConfig,
  about: {
    readonly asking: Asking;
    /** Folders of this machine, which neither the organization's config nor the repository's limits. */
    readonly toolchains: readonly string[];
    readonly progress: Pick<Progress, "fact">;
  },
): Promise<ChosenConfig> {
  const { asking, toolchains, progress } = about;
  const from = chosen.config.extends;
  if (from === undefined) return chosen;
  const read = await readShared(from, asking);
  if (!("text" in read)) {
    const because = "hidden" in read ? read.hidden : read.unknown;
    progress.fact("", `${from} does not count here: ${because}`);
    if ("hidden" in read) progress.fact("", "on GitHub nothing would be written until it is read");
    return { ...chosen, shared: { repository: from, text: NOTHING_STATED, isUnread: true } };
  }
  const stated = parseShared(read.text, `${from}: ${SHARED_FILE}`);
  if ("refusal" in stated) {
    throw new UsageError(`${stated.refusal.subject}: ${stated.refusal.found ?? "cannot be read"}`);
  }
  const text = stated.stated.has("sandbox.read")
    ? withToolchains(read.text, toolchains)
    : read.text;
  const completed = parseShared(text, from);
  if ("refusal" in completed) throw new Error(`${from}: the toolchains of this machine`);
  progress.fact("", `narrowed by ${from}`);
  return {
    ...chosen,
    config: narrow(chosen.config, completed),
    shared: { repository: from, text },
  };
}
