import { join } from "node:path";
import type { Archive } from "../../ports/archive.ts";
import type { Runner } from "../../ports/runner.ts";
import { temporaryFolder } from "./order-file.ts";
import { Leaked } from "./withhold.ts";

/** Limits of one archive, because unreviewed code writes its content. */
export const ARCHIVE_LIMITS = {
  files: 500,
  characters: 50_000_000,
  eachCharacters: 5_000_000,
} as const;

/**
 * A folder of the job that its workflow uploads, named by the output `evidence` once it has content. Files with a secret
 * of the job are not written.
 */
export function createArchive(
  runner: Pick<Runner, "writeFile" | "output" | "warning">,
  limits: Readonly<Record<keyof typeof ARCHIVE_LIMITS, number>> = ARCHIVE_LIMITS,
): Archive {
  const folder = join(temporaryFolder(), "evidence");
  const written = new Set<string>();
  let characters = 0;
  return {
    keep: async (name, text) => {
      const file = freeName(plainName(name), written);
      const room = Math.min(limits.eachCharacters, limits.characters - characters);
      if (written.size >= limits.files || room <= 0) {
        return runner.warning(`Left out of the archive, which is full: ${file}`);
      }
      written.add(file);
      const kept = text.length <= room ? text : `(its beginning is left out)\n${text.slice(-room)}`;
      characters += kept.length;
      try {
        await runner.writeFile(join(folder, file), kept.toWellFormed());
      } catch (error) {
        if (!(error instanceof Leaked)) throw error;
        return runner.warning(`Left out of the archive: ${file} holds a secret of this job.`);
      }
      runner.output("evidence", folder);
    },
  };
}

/** Paths come from a repository: each part keeps letters, digits and a few marks, and none leads upwards. */
function plainName(name: string): string {
  const parts = name.split("/").map((part) => part.replace(/[^\w.-]/g, "_").replace(/^\.+/, "_"));
  return (
    parts
      .filter((part) => part !== "")
      .join("/")
      .slice(-200) || "unnamed"
  );
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  // A file system may ignore case.
  const folded = new Set([...taken].map((one) => one.toLowerCase()));
  for (let count = 2; folded.has(free.toLowerCase()); count += 1) free = `${name}.${count}`;
  return free;
}
