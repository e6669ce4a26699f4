import { resolve } from "node:path";
import { GATHERER_NAMES, type GathererName } from "../../gatherers/names.ts";
import { declareCommand } from "../command/declare.ts";
import { names } from "../command/named-path.ts";
import { listedArgument, oneOf } from "../command/option-values.ts";
import { type Output, outputOf } from "../command/output.ts";

/** What a caller asked for; paths are absolute. */
export interface GatherArguments extends Output {
  readonly name: GathererName;
  readonly repo: string;
  readonly history: string | undefined;
  readonly options: string | undefined;
  readonly output: string | undefined;
  readonly sandbox: boolean;
  readonly prefix: string;
}

export function declareGather() {
  return declareCommand("gather", {
    summary: "finds, by code, what a loop would act on",
    description:
      "Runs one of the gatherers of the shipped loops on a checkout, and prints what it found: documentation that the code contradicts, figures that became worse, faults of the application in a browser, what the factory does in vain, what a plan could begin with, what people reported. It asks no model, and writes pictures and measurements if you ask for them.",
    examples: [
      "millwright gather documentation",
      "millwright gather documentation --repo ../project --json",
      "millwright gather automation --history export.json",
    ],
    result: "what it found",
    json: "the gathered document",
    exits: {
      0: "it gathered, with or without findings",
      1: "it could not gather; the output says why",
    },
  })
    .addArgument(listedArgument("name", "what to gather", GATHERER_NAMES))
    .addOption(names("folder", "--repo <path>", "a git checkout; the current folder by default"))
    .addOption(
      names(
        "file",
        "--history <file>",
        "a JSON export of GitHub's API, as `millwright report --import` reads it",
      ),
    )
    .addOption(
      names("file", "--with <file>", "YAML with the options of the gatherer; each has a default"),
    )
    .addOption(
      names("new-folder", "--output <folder>", "the folder for pictures and new measurements"),
    )
    .option(
      "--no-sandbox",
      "product: runs the application without isolation, as you would yourself",
    )
    .option("--prefix <text>", "the prefix of the factory's labels", "factory:");
}

type Options = ReturnType<ReturnType<typeof declareGather>["opts"]>;

/**
 * @param from the folder that relative paths are relative to
 * @throws UsageError for a name that there is not
 */
export function readGatherArguments(name: string, options: Options, from: string): GatherArguments {
  const at = (path: string | undefined) => (path === undefined ? undefined : resolve(from, path));
  return {
    name: oneOf("gather", GATHERER_NAMES)(name),
    repo: resolve(from, options.repo ?? "."),
    history: at(options.history),
    options: at(options.with),
    output: at(options.output),
    sandbox: options.sandbox,
    prefix: options.prefix,
    ...outputOf(options),
  };
}
