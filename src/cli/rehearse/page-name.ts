import { basename } from "node:path";
import type { IssueText } from "./issue-file.ts";
import type { Source } from "./resolve-base.ts";

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
