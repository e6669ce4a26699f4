import type { Config } from "../../domain/config/schema.ts";
import { likelyRisk, pathsNamed } from "../../domain/trust/likely-risk.ts";
import type { Risk } from "../../domain/trust/risk.ts";
import type { IssueText } from "./issue-file.ts";

/** What is known of an issue before any model reads it. */
export interface IntakeFacts {
  /** Files of the base that the issue names by their whole path. */
  readonly files: readonly string[];
  /** By these files; null where it names none. */
  readonly risk: { readonly risk: Risk; readonly reasons: readonly string[] } | null;
  /** What a reader will miss, as far as code can tell. */
  readonly missing: readonly ("text" | "files")[];
  /** The most that it may take, by the config. */
  readonly limits: Pick<Config["limits"], "attempts" | "minutesPerRun" | "usdPerIssue">;
}

/** Pure: the same issue on the same tree is read the same. */
export function intakeOf(
  issue: IssueText,
  place: { readonly tree: readonly string[]; readonly base: string; readonly config: Config },
): IntakeFacts {
  const { attempts, minutesPerRun, usdPerIssue } = place.config.limits;
  const files = pathsNamed(`${issue.title}\n${issue.body}`, place.tree);
  return {
    files,
    risk: likelyRisk(files, place) ?? null,
    missing: [
      ...(issue.body.trim() === "" ? (["text"] as const) : []),
      ...(files.length === 0 ? (["files"] as const) : []),
    ],
    limits: { attempts, minutesPerRun, usdPerIssue },
  };
}
