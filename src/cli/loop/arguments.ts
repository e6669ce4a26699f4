import { resolve } from "node:path";
import { declareCommand } from "../command/declare.ts";
import { names } from "../command/named-path.ts";
import { listedArgument } from "../command/option-values.ts";
import { type Output, outputOf } from "../command/output.ts";
import { UsageError } from "../command/usage-error.ts";

const WHAT = ["lint", "list", "run"] as const;

/** What a caller asked for; paths are absolute. */
export interface LoopArguments extends Output {
  readonly what: (typeof WHAT)[number];
  /** Of the loop to run. */
  readonly name: string | undefined;
  readonly repo: string;
  readonly visible: string | undefined;
}

export function declareLoop() {
  return declareCommand("loop", {
    summary: "checks, lists or tries the loops of a repository",
    description:
      "lint reads the loop files of a checkout. It names each fault with file and line, and each mismatch between a loop and the schedule of the workflow. list prints when each loop runs. run gathers at HEAD in the sandbox, as the workflow would, and prints what it would file. It writes nothing. If the loop has a judge and ANTHROPIC_API_KEY is set, run asks the judge, within the budget of the file.",
    examples: [
      "millwright loop lint",
      "millwright loop list --repo ../project --json",
      "millwright loop run tidy",
    ],
    result: "the faults, the list or what would be filed",
    exits: { 0: "done", 1: "a fault was found, or nothing could be gathered" },
  })
    .addArgument(listedArgument("what", "lint, list or run", WHAT))
    .argument("[name]", "the loop to run")
    .addOption(names("folder", "--repo <path>", "a checkout; the current folder by default"))
    .addOption(
      names(
        "file",
        "--visible <file>",
        "what the gatherer sees of GitHub in run, as JSON; nothing by default",
      ),
    );
}

type Options = ReturnType<ReturnType<typeof declareLoop>["opts"]>;

/**
 * @param from the folder that relative paths are relative to
 * @throws UsageError for a name that is missing, or that nothing needs
 */
export function readLoopArguments(
  said: { readonly what: LoopArguments["what"]; readonly name: string | undefined },
  options: Options,
  from: string,
): LoopArguments {
  const { what, name } = said;
  if (what === "run" && name === undefined) {
    throw new UsageError("the name of the loop is missing; `millwright loop list` tells them");
  }
  if (what !== "run" && name !== undefined) {
    throw new UsageError(`${what} takes no name, found "${name}"`);
  }
  const { repo = ".", visible } = options;
  return {
    ...said,
    repo: resolve(from, repo),
    visible: visible === undefined ? undefined : resolve(from, visible),
    ...outputOf(options),
  };
}
