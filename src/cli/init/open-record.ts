import { IN_WORDS, sayFault } from "../../domain/text/say-fault.ts";
import { UsageError } from "../command/usage-error.ts";
import { InitRecord, RECORD } from "./record.ts";
import type { WorkTree } from "./tree/work-tree.ts";

/** What an earlier run noted; undefined where none did. Throws UsageError for a file that is no record. */
export function openRecord(tree: WorkTree): InitRecord | undefined {
  const bytes = tree.read(RECORD);
  if (bytes === undefined) return undefined;
  const read = InitRecord.safeParse(parsed(bytes), IN_WORDS);
  if (read.success) return read.data;
  throw new UsageError(
    `${RECORD} is not what init wrote: ${sayFault(read.error.issues[0], "the file")}. Restore it with \`git checkout -- ${RECORD}\``,
  );
}

export function recordText(record: InitRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
