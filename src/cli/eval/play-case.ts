import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { Outcome } from "../../measures/evaluation/compare.ts";
import type { RehearsalResult } from "../rehearse/rehearsal-result.ts";
import { type Case, endOf, type Good, isGood } from "./case.ts";

/** One play of a case: what it came to, or why nobody knows. */
export type Play =
  | { readonly outcome: Outcome; readonly ended: Good; readonly page: string }
  | { readonly failed: string };

export type PlayCase = (one: Case, side: "before" | "after") => Promise<Play>;

/** Plays cases by `millwright rehearse` of either folder: its roles are in the bundles that stand there. */
export function playByRehearsal(
  folders: { readonly before: string; readonly after: string },
  live: {
    readonly environment: Readonly<Record<string, string | undefined>>;
    readonly signal: AbortSignal;
  },
): PlayCase {
  return async (one, side) => {
    const { repo, base, issue, config, scripts } = one;
    const words = [
      ...["rehearse", "--repo", repo, "--base", base, "--issue", issue, "--json", "--quiet"],
      ...(config === undefined ? [] : ["--config", config]),
      ...(scripts === undefined ? [] : ["--script", scripts[side]]),
    ];
    const main = join(folders[side], "src/cli/main.ts");
    const child = spawn(process.execPath, [main, ...words], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...live.environment },
      signal: live.signal,
    });
    const ended = once(child, "close");
    const [said, complaint] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    return playOf(one, said, complaint);
  };
}

/** A play that printed no object came to nothing that could be compared. */
export function playOf(one: Case, said: string, complaint: string): Play {
  const last = said.trim().split("\n").at(-1) ?? "";
  if (!last.startsWith("{")) return { failed: complaint.trim().slice(-1_000) || "it said nothing" };
  const result = JSON.parse(last) as RehearsalResult;
  const { usage, page } = result;
  const ended = endOf(result);
  return {
    outcome: {
      isGood: isGood(one.good, ended),
      tokens: usage.inputTokens + usage.outputTokens,
      usd: usage.usd,
      findings: findingsIn(result),
    },
    ...{ ended, page },
  };
}

/** What sent attempts back, and the refusals that stand nowhere among it: they stopped the issue. */
function findingsIn({
  sentBack,
  refusals,
}: Pick<RehearsalResult, "sentBack" | "refusals">): number {
  const said = sentBack.flatMap(({ findings }) => findings);
  const others = refusals.filter(
    ({ code, subject }) => !said.some((finding) => finding.startsWith(`${code}: ${subject}`)),
  );
  return said.length + others.length;
}
