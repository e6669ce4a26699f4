import { resolve } from "node:path";
import { declareCommand } from "../command/declare.ts";
import { names } from "../command/named-path.ts";
import { type Output, outputOf } from "../command/output.ts";
import { UsageError } from "../command/usage-error.ts";

/** What a caller asked for; paths are absolute. */
export interface ProveArguments extends Output {
  readonly repo: string;
  readonly base: string;
  readonly head: string | undefined;
  readonly config: string | undefined;
}

export function declareProve() {
  return declareCommand("prove", {
    summary: "shows what the tests prove about a change, without a model",
    description:
      "Runs the tests with a change and without it, in the sandbox, on a copy of the repository. Prints what they prove: which tests fail without the change, what got worse, and which tests it weakened. Needs no model, no key and no contract.",
    examples: [
      "millwright prove --base main",
      "millwright prove --repo ../project --base main --head feature --json",
    ],
    result: "the verdict",
    json: "one JSON object (docs/reference/proof.schema.json)",
    exits: {
      0: "proven",
      1: "unproven, or something got worse",
      3: "it could not be measured; the output says why",
    },
  })
    .addOption(
      names(
        "folder",
        "--repo <path>",
        "a git repository: a clone, a bare one, a worktree; the current folder by default",
      ),
    )
    .option(
      "--base <rev>",
      "the branch that the change goes into; the proof begins where the change left it",
    )
    .option("--head <rev>", "the change; HEAD by default. Uncommitted work does not count")
    .addOption(
      names(
        "file",
        "--config <file>",
        "a factory.yml instead of the one at the base; without either, one is proposed",
      ),
    );
}

type Options = ReturnType<ReturnType<typeof declareProve>["opts"]>;

/**
 * @param from the folder that relative paths are relative to
 * @throws UsageError for what is missing
 */
export function readProveArguments(options: Options, from: string): ProveArguments {
  const { repo = ".", base, head, config } = options;
  if (base === undefined) {
    throw new UsageError("--base REV is missing; try `millwright prove --repo . --base main`");
  }
  return {
    repo: resolve(from, repo),
    base,
    head,
    config: config === undefined ? undefined : resolve(from, config),
    ...outputOf(options),
  };
}
