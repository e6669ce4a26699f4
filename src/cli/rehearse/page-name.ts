import { realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Source } from "../source/resolve-base.ts";
import type { IssueText } from "./issue-file.ts";

/** The name of a rehearsal's page: repository and issue, in letters that every file system takes. */
export function pageName(source: Source, issue: IssueText): string {
  const plain = (text: string) =>
    text
      .normalize("NFKD")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "")
      .slice(0, 60);
  return [plain(basename(source.directory)), plain(issue.title)].filter(Boolean).join("-") || "run";
}

/**
 * Where pages are written: below the folder somebody stands in, or, where that is inside the very repository that is never
 * touched, where this machine keeps what is temporary.
 */
export function pagesFolder({ directory }: Pick<Source, "directory">, from: string): string {
  const isInside = `${realpathSync(from)}/`.startsWith(`${realpathSync(directory)}/`);
  return isInside ? join(tmpdir(), "millwright-rehearsals") : join(from, ".rehearsals");
}
