import { resolve } from "node:path";
import { declareCommand } from "../command/declare.ts";
import { UsageError } from "../command/usage-error.ts";

/** What a caller asked for; paths are absolute. */
export interface ProveArguments {
  readonly repo: string;
  readonly base: string;
  readonly head: string | undefined;
  readonly config: string | undefined;
  readonly json: boolean;
  readonly quiet: boolean;
}

export function declareProve() {
  return declareCommand("prove", {
    summary: "says what the tests prove of a change, without a model",
    description:
      "Runs the tests of a change in the sandbox, on a copy of the repository, with the change and without it, and says what they prove: which tests fail without it, what got worse, which tests it weakened. No model, no key, no contract.",
    examples: [
      "millwright prove --base main",
      "millwright prove --repo ../project --base main --head feature --json",
    ],
    exits: {
      0: "proven",
      1: "unproven, or something got worse",
      3: "it could not be measured, and why is said",
    },
  })
    .option(
      "--repo <path>",
      "a git repository: a clone, a bare one, a worktree; the folder that this runs in by default",
    )
    .option(
      "--base <rev>",
      "the branch that the change goes into; what is proven begins where the change left it",
    )
    .option("--head <rev>", "the change; HEAD by default. Only what is committed counts")
    .option(
      "--config <file>",
      "a factory.yml instead of the one at the base; without either one is proposed by looking",
    )
    .option(
      "--json",
      "prints one JSON object as the last line of standard output (docs/reference/proof.schema.json)",
    )
    .option("--quiet", "prints nothing else");
}

type Options = ReturnType<ReturnType<typeof declareProve>["opts"]>;

/**
 * @param from the folder that relative paths are relative to
 * @throws UsageError for what is missing
 */
export function readProveArguments(options: Options, from: string): ProveArguments {
  const { repo = ".", base, head, config, json = false, quiet = false } = options;
  if (base === undefined) {
    throw new UsageError("--base REV is missing; try: millwright prove --repo . --base main");
  }
  return {
    repo: resolve(from, repo),
    base,
    head,
    config: config === undefined ? undefined : resolve(from, config),
    json,
    quiet,
  };
}
