import { resolve } from "node:path";
import { Argument } from "@commander-js/extra-typings";
import { GATHERER_NAMES, type GathererName } from "../../gatherers/names.ts";
import { declareCommand } from "../command/declare.ts";
import { oneOf } from "../command/option-values.ts";

/** What a caller asked for; paths are absolute. */
export interface GatherArguments {
  readonly name: GathererName;
  readonly repo: string;
  readonly history: string | undefined;
  readonly options: string | undefined;
  readonly output: string | undefined;
  readonly sandbox: boolean;
  readonly prefix: string;
  readonly json: boolean;
}

export function declareGather() {
  return declareCommand("gather", {
    summary: "gathers by code what a loop would act on",
    description:
      "Runs one of the gatherers of the shipped loops on a checkout and says what it found: documentation that the code contradicts, figures that became worse, faults of the application in a browser, how the factory itself does, what a plan could begin with, what people reported. No model, and nothing is written but pictures and measurements that were asked for.",
    examples: [
      "millwright gather documentation",
      "millwright gather documentation --repo ../project --json",
      "millwright gather automation --history export.json",
    ],
    exits: { 0: "it gathered, whatever it found", 1: "it could not look, and says why" },
  })
    .addArgument(new Argument("<name>", "what to gather").choices(GATHERER_NAMES))
    .option("--repo <path>", "a git checkout; the folder that this runs in by default")
    .option(
      "--history <file>",
      "a JSON export of GitHub's API, as `millwright report --import` reads it",
    )
    .option("--with <file>", "YAML with the options of the gatherer, each of which has a default")
    .option("--output <folder>", "where pictures and new measurements go")
    .option(
      "--no-sandbox",
      "product: runs the application without isolation, as you would yourself",
    )
    .option("--prefix <text>", "of the factory's labels", "factory:")
    .option("--json", "prints the gathered document as the last line of standard output");
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
    json: options.json ?? false,
  };
}
