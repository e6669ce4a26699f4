import { IN_WORDS, sayFault } from "../../domain/text/say-fault.ts";
import type { FeedbackGiven } from "../../gatherers/feedback/gather.ts";
import { feedbackShown, hasLabel } from "../../gatherers/feedback/shown.ts";
import { type GatheredHistory, historyIn, Visible } from "../../gatherers/visible/visible.ts";
import type { GitHubExport } from "../../measures/history/github-export.ts";
import { readNamedFile } from "../command/named-file.ts";
import { UsageError } from "../command/usage-error.ts";
import { historyIn as historyOfExport, parseExport } from "../report/read-export.ts";
import type { Gathering } from "./gathering.ts";

/** What is known of GitHub here. */
export interface SeenOfGitHub {
  readonly history: GatheredHistory | undefined;
  /** Open issues and discussions with the label. */
  readonly feedbackWith: (label: string) => Pick<FeedbackGiven, "issues" | "discussions">;
  /** When it was read, in ISO 8601; absent of an export, which does not say. */
  readonly at?: string;
}

/**
 * The file that `--history` names, or MILLWRIGHT_VISIBLE inside a loop: an export of GitHub's API, or the document that a loop's
 * command may see. Undefined where nobody named one.
 * @throws UsageError for what is neither
 */
export async function readSeenOfGitHub(gathering: Gathering): Promise<SeenOfGitHub | undefined> {
  const { asked, context } = gathering;
  const path = asked.history ?? (context.environment.MILLWRIGHT_VISIBLE || undefined);
  if (path === undefined) return undefined;
  const value = parseJson((await readNamedFile("--history", path)).toString("utf8"), path);
  const visible = Visible.safeParse(value, IN_WORDS);
  if (visible.success) return seenByLoop(visible.data);
  // A loop's document says its version, an export has none.
  if (typeof value === "object" && value !== null && "version" in value) {
    throw new UsageError(`--history: ${path}: ${sayFault(visible.error.issues[0], "the file")}`);
  }
  return seenByExport(parseExport(value, path), gathering);
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--history: ${path} is no JSON: ${why}`);
  }
}

function seenByLoop(visible: Visible): SeenOfGitHub {
  return {
    history: historyIn(visible),
    feedbackWith: (label) => feedbackShown(visible, label),
    at: visible.at,
  };
}

function seenByExport(found: GitHubExport, { asked, context, note }: Gathering): SeenOfGitHub {
  const sealKey = context.environment.FACTORY_SEAL_KEY || undefined;
  const { history, disbelieved } = historyOfExport(found, {
    ...{ agents: [], prefix: asked.prefix, sealKey },
  });
  for (const one of disbelieved) note(one);
  const open = (found.issues ?? []).filter(
    ({ pull_request, closed_at }) => pull_request === undefined && closed_at === null,
  );
  return {
    history,
    feedbackWith: (label) => ({
      issues: open
        .filter(({ labels }) =>
          hasLabel(
            labels.map((one) => (typeof one === "string" ? one : one.name)),
            label,
          ),
        )
        .map(({ number, title, body, created_at }) => ({
          ...{ number, title, body: body ?? "", on: created_at },
          url: `${found.repository.html_url}/issues/${number}`,
        })),
    }),
  };
}
