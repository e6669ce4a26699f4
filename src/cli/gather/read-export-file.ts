import type { GitHubExport } from "../../measures/history/github-export.ts";
import type { History } from "../../measures/history/history.ts";
import { readNamedFile } from "../command/named-file.ts";
import { UsageError } from "../command/usage-error.ts";
import { historyIn, parseExport } from "../report/read-export.ts";
import type { Gathering } from "./play-gather.ts";

/**
 * The export that `--history` names, and the history in it; undefined where nobody named one.
 * @throws UsageError for what is no export of GitHub's API
 */
export async function readExportFile({
  asked,
  context,
  note,
}: Gathering): Promise<{ readonly found: GitHubExport; readonly history: History } | undefined> {
  if (asked.history === undefined) return undefined;
  const text = (await readNamedFile("--history", asked.history)).toString("utf8");
  const found = parseExport(parseJson(text, asked.history), asked.history);
  const sealKey = context.environment.FACTORY_SEAL_KEY || undefined;
  const { history, disbelieved } = historyIn(found, { agents: [], prefix: asked.prefix, sealKey });
  for (const one of disbelieved) note(one);
  return { found, history };
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--history: ${path} is no JSON: ${why}`);
  }
}
