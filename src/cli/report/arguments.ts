import { resolve } from "node:path";
import { Option } from "@commander-js/extra-typings";
import type { Window } from "../../measures/history/history.ts";
import { declareCommand } from "../command/declare.ts";
import { UsageError } from "../command/usage-error.ts";

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

export function declareReport() {
  return declareCommand("report", {
    summary: "counts what the history of a repository says of its factory",
    description:
      "Counts what a repository's history says of its factory: DORA's five, the funnel, costs, what nobody opened, who waited. No model; the same history and window make the same report. A figure that the source cannot tell is unknown, with the reason. Name one source: --repo, --import, --git or --twin.",
    examples: [
      "npm run report -- --git . --since 90d",
      "npm run report -- --twin --html week.html",
      "GITHUB_TOKEN=… npm run report -- --repo OWNER/NAME --json",
    ],
    exits: { 0: "done", 1: "the source could not be read" },
  })
    .option(
      "--repo <name>",
      "OWNER/NAME: asks GitHub's API, with GITHUB_TOKEN or GH_TOKEN; GITHUB_API_URL names another host",
    )
    .option(
      "--import <file>",
      "reads a JSON export of GitHub's API, in the shape that the how-to guide has",
    )
    .option("--git <path>", "reads a clone: merges, reverts, who wrote them, how long they took")
    .option("--twin", "plays the week of `millwright demo --week`, and reports on it")
    .addOption(
      new Option("--since <length>", "how far to look back, like 30d or 12h").default("30d"),
    )
    .option("--until <time>", "the end of the window in ISO 8601; now by default")
    .addOption(
      new Option(
        "--agent <account...>",
        "accounts that are agents, beside GitHub's apps: logins, or addresses in commits",
      ).default([] as string[], "none"),
    )
    .addOption(new Option("--prefix <text>", "of the factory's labels").default("factory:"))
    .option("--html <file>", "writes a page with charts, which loads nothing")
    .option(
      "--json",
      "prints one JSON object as the last line of standard output, each figure with what it was counted from",
    );
}

type Options = ReturnType<ReturnType<typeof declareReport>["opts"]>;

/**
 * @param place the folder that relative paths are relative to, and the time that it is
 * @throws UsageError for what is not understood
 */
export function readReportArguments(
  options: Options,
  place: { readonly from: string; readonly now: Date },
): ReportArguments {
  const { since, until, agent, prefix, html, json = false } = options;
  return {
    source: sourceOf(options, place.from),
    window: windowOf(since, until, place.now),
    agents: agent,
    prefix,
    html: html === undefined ? undefined : resolve(place.from, html),
    json,
  };
}

function sourceOf(values: Options, from: string): ReportSource {
  const named: ReportSource[] = [
    ...(values.repo === undefined ? [] : [{ kind: "repo", name: values.repo } as const]),
    ...(values.import === undefined
      ? []
      : [{ kind: "import", path: resolve(from, values.import) } as const]),
    ...(values.git === undefined
      ? []
      : [{ kind: "git", path: resolve(from, values.git) } as const]),
    ...(values.twin === true ? [{ kind: "twin" } as const] : []),
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
