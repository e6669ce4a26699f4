import { resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Window } from "../../measures/history/history.ts";
import { UsageError } from "../shared/usage-error.ts";

export const REPORT_HELP = `Usage: millwright report SOURCE [options]

  Counts what a repository's history says of its factory: DORA's five, the funnel, costs, what nobody opened, who waited. No
  model; the same history and window make the same report. A figure that the source cannot tell is unknown, with the reason.

  SOURCE, one of
    --repo OWNER/NAME  asks GitHub's API, with GITHUB_TOKEN or GH_TOKEN; GITHUB_API_URL names another host
    --import FILE      reads a JSON export of GitHub's API; its shape stands in docs/how-to/read-the-operational-review.md
    --git PATH         reads a clone: merges, reverts, who wrote them, how long they took
    --twin             plays the simulated week of \`millwright demo --week\` and reports on it

  options
    --since N[dh]      how far to look back: 30d by default
    --until TIME       the end of the window in ISO 8601; now by default
    --agent WHO        an account that is an agent, beside GitHub's apps: its login, or its address in commits; again for more
    --prefix TEXT      of the factory's labels; factory: by default
    --html FILE        writes a page with charts, which loads nothing
    --json             prints one JSON object as the last line of standard output, each figure with what it was counted from

Exit code 0: done. 1: the source could not be read. 2: wrong usage.
`;

export type ReportSource =
  | { readonly kind: "repo"; readonly name: string }
  | { readonly kind: "import" | "git"; readonly path: string }
  | { readonly kind: "twin" };

/** What a caller asked for; paths are absolute. */
export interface ReportArguments {
  readonly source: ReportSource;
  readonly window: Window;
  readonly agents: readonly string[];
  readonly prefix: string;
  readonly html: string | undefined;
  readonly json: boolean;
}

/**
 * @param place the folder that relative paths are relative to, and the time that it is
 * @returns undefined when help was asked for
 * @throws UsageError, or Node's ERR_PARSE_ARGS errors, for what is not understood
 */
export function readReportArguments(
  words: readonly string[],
  place: { readonly from: string; readonly now: Date },
): ReportArguments | undefined {
  const { values } = parseArgs({
    args: [...words],
    options: {
      repo: { type: "string" },
      import: { type: "string" },
      git: { type: "string" },
      twin: { type: "boolean", default: false },
      since: { type: "string", default: "30d" },
      until: { type: "string" },
      agent: { type: "string", multiple: true, default: [] },
      prefix: { type: "string", default: "factory:" },
      html: { type: "string" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return undefined;
  return {
    source: sourceOf(values, place.from),
    window: windowOf(values.since, values.until, place.now),
    agents: values.agent,
    prefix: values.prefix,
    html: values.html === undefined ? undefined : resolve(place.from, values.html),
    json: values.json,
  };
}

function sourceOf(
  values: {
    readonly repo?: string;
    readonly import?: string;
    readonly git?: string;
    twin: boolean;
  },
  from: string,
): ReportSource {
  const named: ReportSource[] = [
    ...(values.repo === undefined ? [] : [{ kind: "repo", name: values.repo } as const]),
    ...(values.import === undefined
      ? []
      : [{ kind: "import", path: resolve(from, values.import) } as const]),
    ...(values.git === undefined
      ? []
      : [{ kind: "git", path: resolve(from, values.git) } as const]),
    ...(values.twin ? [{ kind: "twin" } as const] : []),
  ];
  const [source, another] = named;
  if (source === undefined || another !== undefined) {
    throw new UsageError("name one source: --repo, --import, --git or --twin");
  }
  if (source.kind === "repo" && !/^[A-Za-z0-9-]{1,39}\/[A-Za-z0-9._-]{1,100}$/.test(source.name)) {
    throw new UsageError(`--repo: expected OWNER/NAME, found "${source.name}"`);
  }
  return source;
}

const HOUR_MS = 3_600_000;
const LONGEST_HOURS = 24 * 3_660;

function windowOf(since: string, until: string | undefined, now: Date): Window {
  const found = /^([1-9][0-9]{0,4})([dh])$/.exec(since);
  const hours = Number(found?.[1]) * (found?.[2] === "d" ? 24 : 1);
  if (found === null || hours > LONGEST_HOURS) {
    throw new UsageError(`--since: expected days or hours like 30d or 12h, found "${since}"`);
  }
  const end = until === undefined ? now : new Date(until);
  if (Number.isNaN(end.getTime()) || (until !== undefined && !/^\d{4}-\d\d-\d\d/.test(until))) {
    throw new UsageError(`--until: expected a time like 2026-11-20T12:00:00Z, found "${until}"`);
  }
  return { from: inSeconds(end.getTime() - hours * HOUR_MS), until: inSeconds(end.getTime()) };
}

function inSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
