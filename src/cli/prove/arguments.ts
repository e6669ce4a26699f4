import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { UsageError } from "../shared/usage-error.ts";

export const PROVE_HELP = `Usage: millwright prove --repo PATH --base REV [--head REV] [options]

  Runs the tests of a change in the sandbox, on a copy of the repository, with the change and without it, and says what they
  prove: which tests fail without it, what got worse, which tests it weakened. No model, no key, no contract.

    --repo PATH      a git repository: a clone, a bare one, a worktree; the folder that this runs in by default
    --base REV       the branch that the change goes into; what is proven begins where the change left it
    --head REV       the change; HEAD by default. Only what is committed counts
    --config FILE    a factory.yml instead of the one at the base; without either one is proposed by looking
    --json           prints one JSON object as the last line of standard output (docs/reference/proof.schema.json)
    --quiet          prints nothing else

Exit code 0: proven. 1: unproven, or something got worse. 2: wrong usage. 3: it could not be measured, and why is said.
`;

/** What a caller asked for; paths are absolute. */
export interface ProveArguments {
  readonly repo: string;
  readonly base: string;
  readonly head: string | undefined;
  readonly config: string | undefined;
  readonly json: boolean;
  readonly quiet: boolean;
}

/**
 * @param from the folder that relative paths are relative to
 * @throws UsageError, or Node's ERR_PARSE_ARGS errors, for what is not understood
 * @returns undefined when help was asked for
 */
export function readProveArguments(
  words: readonly string[],
  from: string,
): ProveArguments | undefined {
  const { values } = parseArgs({
    args: [...words],
    options: {
      repo: { type: "string", default: "." },
      base: { type: "string" },
      head: { type: "string" },
      config: { type: "string" },
      json: { type: "boolean", default: false },
      quiet: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return undefined;
  const { repo, base, head, config, json, quiet } = values;
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
