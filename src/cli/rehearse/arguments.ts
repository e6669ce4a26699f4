import { resolve } from "node:path";
import { declareCommand } from "../command/declare.ts";
import { names } from "../command/named-path.ts";
import { type Output, outputOf } from "../command/output.ts";
import { UsageError } from "../command/usage-error.ts";

/** What a caller asked for; paths are absolute. */
export interface RehearseArguments extends Output {
  readonly repo: string;
  readonly issue: string;
  readonly script: string | undefined;
  readonly config: string | undefined;
  readonly base: string | undefined;
  readonly asOwner: boolean;
  /** Whether the checks of a config that somebody wrote are tried on the base first. */
  readonly tries: boolean;
}

export function declareRehearse() {
  return declareCommand("rehearse", {
    summary: "plays an issue on a copy of any git repository on disk",
    description:
      "Plays an issue on a copy of a git repository, on an imitation of GitHub on this machine. The repository itself is never touched.",
    examples: [
      "npm run rehearse -- --repo . --issue issue.md --script script.yml",
      "ANTHROPIC_API_KEY=… npm run rehearse -- --repo ../project --issue issue.md",
    ],
    result: "how it ended",
  })
    .addOption(
      names("folder", "--repo <path>", "a git repository: a clone, a bare one, a worktree"),
    )
    .addOption(
      names("file", "--issue <file>", "the issue as Markdown; its first line is the title"),
    )
    .addOption(
      names(
        "file",
        "--script <file>",
        "plays the model from a file (docs/script-format.md). Without it, ANTHROPIC_API_KEY asks the real model; without either, no model is asked",
      ),
    )
    .addOption(
      names(
        "file",
        "--config <file>",
        "a factory.yml instead of the repository's own; without either, one is proposed",
      ),
    )
    .option("--base <rev>", "the commit to start from; HEAD by default")
    .option(
      "--no-as-owner",
      "plays only the owner's turns of the script; other work that waits for a person stays as it is",
    )
    .option("--no-try", "skips the run of a given config's checks on the base");
}

type Options = ReturnType<ReturnType<typeof declareRehearse>["opts"]>;

/**
 * @param from the folder that relative paths are relative to
 * @throws UsageError for what is missing
 */
export function readRehearseArguments(options: Options, from: string): RehearseArguments {
  const path = (value: string | undefined) =>
    value === undefined ? undefined : resolve(from, value);
  return {
    repo: required("--repo PATH", path(options.repo)),
    issue: required("--issue FILE.md", path(options.issue)),
    script: path(options.script),
    config: path(options.config),
    base: options.base,
    asOwner: options.asOwner,
    tries: options.try,
    ...outputOf(options),
  };
}

function required(option: string, value: string | undefined): string {
  if (value !== undefined) return value;
  throw new UsageError(
    `${option} is missing; try \`millwright rehearse --repo . --issue issue.md\``,
  );
}
