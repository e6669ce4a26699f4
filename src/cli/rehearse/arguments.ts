import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { UsageError } from "../shared/usage-error.ts";

export const REHEARSE_HELP = `Usage: millwright rehearse --repo PATH --issue FILE.md [options]

  Plays an issue on a copy of a git repository, on a GitHub of this machine. The repository itself is never touched.

    --repo PATH      a git repository: a clone, a bare one, a worktree
    --issue FILE     the issue as Markdown; its first line is the title
    --script FILE    plays the model from FILE (docs/script-format.md); without it ANTHROPIC_API_KEY asks the real one
    --config FILE    a factory.yml instead of the repository's own; without either one is proposed by looking
    --base REV       the commit to start from; HEAD by default
    --no-as-owner    plays only the owner's turns of the script: what waits for a person stays as it is
    --no-try         goes on without running the checks of a given config once on the base before a model is asked
    --json           prints one JSON object as the last line of standard output
    --quiet          prints nothing else

Exit code 0: done. 1: the factory stopped and says why. 2: wrong usage.
`;

/** What a caller asked for; paths are absolute. */
export interface RehearseArguments {
  readonly repo: string;
  readonly issue: string;
  readonly script: string | undefined;
  readonly config: string | undefined;
  readonly base: string | undefined;
  readonly asOwner: boolean;
  /** Whether the checks of a config that somebody wrote are tried on the base first. */
  readonly tries: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
}

/**
 * @param from the folder that relative paths are relative to
 * @throws UsageError, or Node's ERR_PARSE_ARGS errors, for what is not understood
 * @returns undefined when help was asked for
 */
export function readArguments(
  words: readonly string[],
  from: string,
): RehearseArguments | undefined {
  const { values } = parseArgs({
    args: [...words],
    allowNegative: true,
    options: {
      repo: { type: "string" },
      issue: { type: "string" },
      script: { type: "string" },
      config: { type: "string" },
      base: { type: "string" },
      "as-owner": { type: "boolean", default: true },
      try: { type: "boolean", default: true },
      json: { type: "boolean", default: false },
      quiet: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return undefined;
  const path = (value: string | undefined) =>
    value === undefined ? undefined : resolve(from, value);
  return {
    repo: required("--repo PATH", path(values.repo)),
    issue: required("--issue FILE.md", path(values.issue)),
    script: path(values.script),
    config: path(values.config),
    base: values.base,
    asOwner: values["as-owner"],
    tries: values.try,
    json: values.json,
    quiet: values.quiet,
  };
}

function required(option: string, value: string | undefined): string {
  if (value !== undefined) return value;
  throw new UsageError(
    `${option} is missing; try: millwright rehearse --repo . --issue issue.md --script script.yml`,
  );
}

/** npm runs scripts in the folder of the package and says in INIT_CWD where the person stood (npm-run-script). */
export function standingPlace(environment: Readonly<Record<string, string | undefined>>): string {
  const byNpm = environment.npm_lifecycle_event === "rehearse" ? environment.INIT_CWD : undefined;
  return byNpm ?? process.cwd();
}
