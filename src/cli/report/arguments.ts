import { resolve } from "node:path";
import { Option } from "@commander-js/extra-typings";
import type { Window } from "../../measures/history/history.ts";
import { declareCommand, type Says } from "../command/declare.ts";
import { names } from "../command/named-path.ts";
import { type Output, outputOf } from "../command/output.ts";
import { UsageError } from "../command/usage-error.ts";

export type ReportSource =
  | { readonly kind: "repo"; readonly name: string }
  | { readonly kind: "import" | "git"; readonly path: string }
  | { readonly kind: "org"; readonly name: string }
  | { readonly kind: "twin" };

export type ReportSources = readonly [ReportSource, ...ReportSource[]];

/** What is counted, and by which names. */
export interface Counting {
  readonly window: Window;
  readonly agents: readonly string[];
  readonly prefix: string;
}

/** What a caller asked for; paths are absolute. */
export interface ReportArguments extends Counting, Output {
  readonly sources: ReportSources;
  readonly html: string | undefined;
}

const SAYS = {
  summary: "reports what a factory delivered and cost",
  description:
    "Counts, from a repository's history: DORA's five figures, the funnel, costs, what nobody opened, and who waited. It asks no model; the same history and period give the same report. A figure that the source does not tell is unknown, with the reason. Name a source: --repo, --import, --git or --twin. Several sources, or --org, make one table with a row for each and a row for all.",
  examples: [
    "npm run report -- --git . --since 90d",
    "npm run report -- --twin --html week.html",
    "GITHUB_TOKEN=… npm run report -- --repo OWNER/NAME --json",
    "GITHUB_TOKEN=… npm run report -- --org OWNER --html all.html",
  ],
  result: "the report",
  json: "one JSON object, with the sources of each figure,",
  exits: { 0: "done", 1: "a source could not be read" },
} satisfies Says;

export function declareReport() {
  return declareCommand("report", SAYS)
    .option(
      "--repo <name...>",
      "OWNER/NAME, one or several: asks GitHub's API, with GITHUB_TOKEN or GH_TOKEN; GITHUB_API_URL names another host",
    )
    .option(
      "--org <name>",
      "asks about each repository of an organization or a person with a .github/factory.yml",
    )
    .addOption(
      names(
        "file",
        "--import <file...>",
        "reads JSON exports of GitHub's API, as the how-to guide describes them",
      ),
    )
    .addOption(
      names(
        "folder",
        "--git <path...>",
        "reads clones: merges, reverts, who wrote them, how long they took",
      ),
    )
    .option("--twin", "plays the week of `millwright demo --week`, and reports on it")
    .addOption(
      new Option("--since <length>", "how far to look back, like 30d or 12h").default("30d"),
    )
    .option("--until <time>", "the end of the period in ISO 8601; now by default")
    .addOption(
      new Option(
        "--agent <account...>",
        "accounts of agents, besides GitHub's apps: logins, or addresses in commits",
      ).default([] as string[], "none"),
    )
    .addOption(
      new Option("--prefix <text>", "the prefix of the factory's labels").default("factory:"),
    )
    .addOption(
      names(
        "new-file",
        "--html <file>",
        "writes a page with charts that loads nothing from elsewhere",
      ),
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
  const { since, until, agent, prefix, html } = options;
  return {
    sources: sourcesOf(options, place.from),
    window: windowOf(since, until, place.now),
    agents: agent,
    prefix,
    html: html === undefined ? undefined : resolve(place.from, html),
    ...outputOf(options),
  };
}

function sourcesOf(values: Options, from: string): ReportSources {
  const { repo = [], org, git = [], twin = false } = values;
  const files = values.import ?? [];
  const [source, ...others]: readonly ReportSource[] = [
    ...repo.map((name) => ({ kind: "repo", name: nameOf("--repo", REPOSITORY, name) }) as const),
    ...(org === undefined ? [] : [{ kind: "org", name: nameOf("--org", ACCOUNT, org) } as const]),
    ...files.map((path) => ({ kind: "import", path: resolve(from, path) }) as const),
    ...git.map((path) => ({ kind: "git", path: resolve(from, path) }) as const),
    ...(twin ? [{ kind: "twin" } as const] : []),
  ];
  if (source === undefined) {
    throw new UsageError("name a source: --repo, --org, --import, --git or --twin");
  }
  if (twin && others.length > 0) {
    throw new UsageError("--twin is a story of its own: leave the other sources out");
  }
  return [source, ...others];
}

const ACCOUNT = { form: /^[A-Za-z0-9-]{1,39}$/, shown: "the name of an account" };
const REPOSITORY = { form: /^[A-Za-z0-9-]{1,39}\/[A-Za-z0-9._-]{1,100}$/, shown: "OWNER/NAME" };

function nameOf(option: string, { form, shown }: typeof ACCOUNT, name: string): string {
  if (form.test(name)) return name;
  throw new UsageError(`${option}: expected ${shown}, found "${name}"`);
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
