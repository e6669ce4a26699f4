import { resolve } from "node:path";
import { declareCommand } from "../command/declare.ts";
import { names } from "../command/named-path.ts";
import { listed, oneOf } from "../command/option-values.ts";
import { type Output, outputOf } from "../command/output.ts";
import { UsageError } from "../command/usage-error.ts";
import { branchOption, type PlaceAsked, placeAsked, pullRequestOption } from "./hand-in/options.ts";
import { type Pin, readPin } from "./pin.ts";

const DAYS = ["staged", "live"] as const;
export type FirstDay = (typeof DAYS)[number];

/** What a caller asked for; paths are absolute. */
export interface InitArguments extends PlaceAsked, Output {
  readonly repo: string;
  /** Absent: the person is asked, or, with `yes`, staged. */
  readonly firstDay: FirstDay | undefined;
  /** Which Millwright the workflow calls; absent: the one that this is. */
  readonly pin: Pin | undefined;
  /** Copies the reusable workflows instead of calling them. */
  readonly vendor: boolean;
  readonly tries: boolean;
  readonly forms: boolean;
  /** An issue of which is said what is known without a model: a file, absolute, or a number of the repository's. */
  readonly issue: string | undefined;
  /** A file with the open issues. */
  readonly issues: string | undefined;
  /** Whether secrets, label and setting are set up by `gh`, too; a person is asked where they did not say. */
  readonly github: boolean;
  /** Writes also where other changes are not committed. */
  readonly dirty: boolean;
  readonly yes: boolean;
  readonly dryRun: boolean;
}

function firstDayOption() {
  return listed(
    "--first-day <mode>",
    "staged: works on issues and writes nothing to GitHub, until you remove the line from the config; live: writes everything; staged by default",
    DAYS,
    oneOf("--first-day", DAYS),
  );
}

export function declareInit() {
  return declareCommand("init", {
    summary: "adds the factory to a repository",
    description:
      "Looks at a repository, and runs the checks that it finds once in the sandbox. Then writes the config, the workflow, issue forms and, if there is none, an AGENTS.md and a first quality.md. Without --branch, --pull-request and --github, it makes no commit and no push, and changes nothing on GitHub; it prints the commands for what is left to do there. It never changes an existing file. Running it again changes nothing.",
    examples: [
      "millwright init",
      "millwright init --dry-run",
      "millwright init --repo ../project --yes --first-day staged",
      "millwright init --branch",
      "millwright init --pull-request --github",
      "millwright init --vendor --uses tools/millwright@COMMIT",
    ],
    result: "the diff of --dry-run; needs that or --yes",
    exits: {
      0: "everything is there",
      1: "it stopped, or the factory cannot start; the output says why",
    },
  })
    .addOption(names("folder", "--repo <path>", "a clone; the current folder by default"))
    .addOption(firstDayOption())
    .option(
      "--uses <pin>",
      "the Millwright that the workflow calls, like OWNER/millwright@v0; this one by default",
    )
    .option(
      "--vendor",
      "copies the factory's workflows into the repository, and uses the actions of --uses at a commit; for a server or an organization that cannot call the public ones",
    )
    .option("--no-try", "writes the proposed checks without running them once")
    .option("--no-forms", "leaves out the issue forms")
    .option(
      "--github",
      "also sets up what is missing on GitHub, with gh and its signed-in account: the key that seals the ledger, the model's key from ANTHROPIC_API_KEY, the label, the setting",
    )
    .addOption(branchOption())
    .addOption(pullRequestOption())
    .option(
      "--issue <file>",
      "also prints what is known about an issue without a model: a Markdown file, or the number of an issue, which gh reads",
    )
    .addOption(
      names(
        "file",
        "--issues <file>",
        "the open issues to search for a duplicate, as printed by gh issue list --json number,title,body; by default gh is asked, if it is signed in",
      ),
    )
    .option("--dirty", "writes even if other changes are not committed")
    .option("--yes", "asks nothing")
    .option("--dry-run", "prints what would be written, as a diff, and writes nothing");
}

type Options = ReturnType<ReturnType<typeof declareInit>["opts"]>;

function issuesOf(
  { issue, issues }: Options,
  from: string,
): Pick<InitArguments, "issue" | "issues"> {
  if (issue === undefined && issues !== undefined) {
    throw new UsageError("--issues is for --issue: name an issue, too");
  }
  const isNumber = issue !== undefined && NUMBER.test(issue);
  return {
    issue: issue === undefined || isNumber ? issue : resolve(from, issue),
    issues: issues === undefined ? undefined : resolve(from, issues),
  };
}

/** An issue by its number, as people write it. */
const NUMBER = /^#?[1-9]\d{0,8}$/;

/**
 * @param from the folder that relative paths are relative to
 * @throws UsageError for a pin that is none
 */
export function readInitArguments(options: Options, from: string): InitArguments {
  const { repo = ".", firstDay, uses, yes = false } = options;
  return {
    repo: resolve(from, repo),
    firstDay,
    pin: uses === undefined ? undefined : readPin(uses),
    vendor: options.vendor ?? false,
    tries: options.try,
    forms: options.forms,
    ...issuesOf(options, from),
    github: options.github ?? false,
    ...placeAsked(options),
    dirty: options.dirty ?? false,
    yes,
    dryRun: options.dryRun ?? false,
    ...outputOf(options),
  };
}
