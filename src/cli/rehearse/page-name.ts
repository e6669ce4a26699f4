import { basename } from "node:path";
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
