import type { Config } from "../domain/config/schema.ts";
import type { WhoMerges } from "../domain/trust/who-merges.ts";
import type { Expected } from "../measures/expected.ts";
import { counted, sayDuration, sayUsd } from "./figures.ts";

/** What approving a contract leads to, as far as it is known before there is a change. */
export interface Consequences {
  readonly merges: WhoMerges;
  /** File name of the workflow that the factory starts after a merge. */
  readonly deploys?: string;
  /** The factory looks at what is live after a merge. */
  readonly isSeen: boolean;
  readonly limits: Pick<Config["limits"], "attempts" | "minutesPerRun" | "usdPerIssue">;
  /** What others took that were merged; absent where nothing was. */
  readonly expected?: Expected;
}

const MERGES = {
  person: "the factory builds this and opens a pull request, and **a person merges it**",
  factory:
    "the factory builds this and **merges it by itself**, if its gate passes and the change is no riskier than predicted",
  depends:
    "the factory builds this and **merges it by itself where your config trusts every changed path** with its risk; otherwise a person merges it",
  nobody: "the factory builds this and **writes nothing**: its mode is `staged`",
} as const satisfies Record<WhoMerges, string>;

/** Two lines: what happens next, and what it takes. */
export function sayConsequences(said: Consequences): readonly string[] {
  const next = said.merges === "nobody" ? "" : ` ${sayAfterMerge(said)}`;
  return [
    `**What this leads to:** ${MERGES[said.merges]}.${next}`,
    "",
    `**What it takes:** ${sayExpected(said.expected)} ${sayLimits(said.limits)}`,
  ];
}

function sayAfterMerge({ deploys, isSeen }: Consequences): string {
  const deployed =
    deploys === undefined
      ? "After the merge, the factory starts no deploy"
      : `After the merge, it starts \`${deploys}\``;
  return `${deployed}${isSeen ? ", and checks what is live" : "; nothing checks what is live"}.`;
}

function sayExpected(expected: Expected | undefined): string {
  if (expected === undefined)
    return "No issue was merged lately, so there is no record to estimate from.";
  const { issues, usd, workedMs } = expected;
  return `About ${sayUsd(usd)} and ${sayDuration(workedMs)} of work, the median of ${counted(issues, "issue")} merged lately.`;
}

function sayLimits({ usdPerIssue, attempts, minutesPerRun }: Consequences["limits"]): string {
  return `At most ${sayUsd(usdPerIssue)} and ${counted(attempts, "attempt")}, each job at most ${minutesPerRun} min (limits of the config).`;
}
