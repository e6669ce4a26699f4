import { stageLabel } from "../../domain/label.ts";
import { safePlain, safeText } from "../safe-text.ts";

/** First line of the comment on a pull request whose issue is not of this repository any more: said once. */
export const LEFT_BEHIND_MARKER = "### Millwright · the issue of this is gone";

export function renderLeftBehind(left: {
  readonly issue: number;
  /** Where it went; absent where GitHub shows none of that number. */
  readonly url?: string;
  /** Branches of its attempts. */
  readonly branches: readonly string[];
  /** Of the factory's labels. */
  readonly prefix: string;
}): string {
  const { issue, url, branches, prefix } = left;
  const where =
    url === undefined
      ? `GitHub shows no issue ${issue} here any more`
      : `issue ${issue} was transferred and is ${safeText(url)} now`;
  const there =
    url === undefined
      ? ""
      : ` To have it built there, put \`${safePlain(stageLabel(prefix, "queued"))}\` on it.`;
  const named = branches.map((branch) => `\`${safePlain(branch)}\``).join(", ");
  return [
    LEFT_BEHIND_MARKER,
    "",
    `🔶 **Nobody tends this pull request any more**: ${where}.`,
    "",
    `Next: read it and merge it, or close it; then delete ${named}.${there}`,
    "",
  ].join("\n");
}
