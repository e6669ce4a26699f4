import { z } from "zod";
import type { CheckState, RepositoryCheck } from "../../../../domain/github/repository-check.ts";
import type { Client } from "../../client/client.ts";
import { askAll } from "./ask-all.ts";
import { plain } from "./plain.ts";

/** A check, and where its output is read. */
export interface FoundCheck extends RepositoryCheck {
  readonly at: {
    readonly checkRun: number | undefined;
    readonly job: number | undefined;
    /** File of its workflow. */
    readonly file: string | undefined;
  };
}

/** Every existing conclusion. An unknown one says nothing, so nothing follows from it. Source: docs.github.com/en/rest/checks/runs */
const STATES: Readonly<Record<string, CheckState>> = {
  success: "passed",
  neutral: "passed",
  skipped: "passed",
  failure: "failed",
  timed_out: "timed-out",
  cancelled: "stopped",
  startup_failure: "stopped",
  stale: "stopped",
  action_required: "asking",
};

export function stateOf(status: string | null, conclusion: string | null): CheckState {
  if (status !== "completed" || conclusion === null) return "waiting";
  return STATES[conclusion] ?? "waiting";
}

const RED: readonly CheckState[] = ["failed", "timed-out", "stopped"];

export function isRed({ state }: { readonly state: CheckState }): boolean {
  return RED.includes(state);
}

/** A check with unread output. */
export function foundOf(
  check: Omit<RepositoryCheck, "marks" | "tail">,
  at: Partial<FoundCheck["at"]>,
): FoundCheck {
  return {
    ...check,
    name: plain(check.name),
    marks: [],
    tail: [],
    at: { checkRun: undefined, job: undefined, file: undefined, ...at },
  };
}

const ofApp = z.object({
  id: z.int().positive(),
  name: z.string(),
  status: z.string().nullable(),
  conclusion: z.string().nullable(),
  app: z.object({ slug: z.string().nullish() }).nullish(),
});

/** Checks of GitHub Actions are read from its runs. */
const ACTIONS = "github-actions";

/** The newest check of each name on a commit, by Apps other than GitHub Actions and the factory's own. */
export async function readOfApps(
  client: Client,
  commit: string,
  own: string,
): Promise<readonly FoundCheck[]> {
  const found = await askAll(client, "GET /commits/{ref}/check-runs", {
    key: "check_runs",
    of: ofApp,
    parameters: { ref: commit, filter: "latest" },
  });
  return found.flatMap(({ id, name, status, conclusion, app }) => {
    const slug = app?.slug ?? "";
    if (slug === ACTIONS || slug === own) return [];
    const check = { name, key: `${slug}:${name}`, state: stateOf(status, conclusion) };
    return [foundOf(check, { checkRun: id })];
  });
}
