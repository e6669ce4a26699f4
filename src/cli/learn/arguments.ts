import { resolve } from "node:path";
import { Option } from "@commander-js/extra-typings";
import { LEARNING_DAYS } from "../../domain/lesson/lesson.ts";
import { declareCommand } from "../command/declare.ts";
import { names } from "../command/named-path.ts";
import { UsageError } from "../command/usage-error.ts";
import {
  type ReportArguments,
  type ReportSource,
  readReportArguments,
} from "../report/arguments.ts";

/** What a caller asked for; paths are absolute. */
export interface LearnArguments {
  readonly report: Omit<ReportArguments, "sources">;
  readonly source: ReportSource;
  /** A clone whose head holds the lessons, the guide and the config. Absent: nobody tells of them. */
  readonly checkout: string | undefined;
}

export function declareLearn() {
  return declareCommand("learn", {
    summary: "finds repeated mistakes, and the lessons to learn from them",
    description: `Counts the mistakes of the last ${LEARNING_DAYS} days by cause and place, and prints which lessons it would propose, which are due to be judged, and why it does not propose others. It asks no model and writes nothing: the workflow learn.yml opens the pull requests. Name one source: --repo, --import, --git or --twin.`,
    examples: [
      "npm run learn -- --twin",
      "npx millwright learn --import export.json --checkout .",
      "GITHUB_TOKEN=… npx millwright learn --repo OWNER/NAME --checkout . --json",
    ],
    result: "the mistakes and the lessons",
    json: "one JSON object, with the issues of each cluster,",
    exits: { 0: "done", 1: "the source could not be read" },
  })
    .option("--repo <name>", "OWNER/NAME: asks GitHub's API, with GITHUB_TOKEN or GH_TOKEN")
    .addOption(
      names("file", "--import <file>", "reads a JSON export of GitHub's API, as `report` does"),
    )
    .addOption(
      names(
        "folder",
        "--git <path>",
        "reads a clone; it holds no ledgers, so it shows lessons alone",
      ),
    )
    .option("--twin", "plays the week of `millwright demo --week`, and learns from it")
    .addOption(
      names(
        "folder",
        "--checkout <path>",
        "a clone whose head holds the lessons, AGENTS.md and the config",
      ),
    )
    .option("--until <time>", "the end of the period in ISO 8601; now by default")
    .addOption(
      new Option("--prefix <text>", "the prefix of the factory's labels").default("factory:"),
    );
}

const ONE_SOURCE = "name one source: --repo, --import, --git or --twin";

type Options = ReturnType<ReturnType<typeof declareLearn>["opts"]>;

/** @throws UsageError for what is not understood */
export function readLearnArguments(
  options: Options,
  place: { readonly from: string; readonly now: Date },
): LearnArguments {
  const { checkout, repo, import: file, git, ...rest } = options;
  if (repo === undefined && file === undefined && git === undefined && rest.twin !== true) {
    throw new UsageError(ONE_SOURCE);
  }
  const listed = { repo: listOf(repo), import: listOf(file), git: listOf(git) };
  const { sources, ...report } = readReportArguments(
    { ...rest, ...listed, since: `${LEARNING_DAYS}d`, agent: [] },
    place,
  );
  const [source, another] = sources;
  if (another !== undefined) {
    throw new UsageError(ONE_SOURCE);
  }
  const named = checkout === undefined ? undefined : resolve(place.from, checkout);
  return { report, source, checkout: source.kind === "git" ? source.path : named };
}

function listOf(word: string | undefined): string[] {
  return word === undefined ? [] : [word];
}
