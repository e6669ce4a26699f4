import { CHECK_NAMES, type CheckName, type Config } from "../../domain/config.ts";
import type { ModelTool } from "../../ports/model.ts";
import type { SandboxResult, Workspace } from "../../ports/sandbox.ts";
import { tellingLines } from "./check-lines.ts";

/** One check as a coder sees it: never evidence, only verify makes that. */
export interface CheckOutcome {
  readonly name: CheckName;
  readonly passed: boolean;
  /** `passed in 1.2 s`, `failed with exit code 1 after 3.0 s`, `was stopped after 600.0 s`. */
  readonly said: string;
  /** The lines that matter of a check that did not pass; empty for one that did. */
  readonly lines: string;
}

const DEFAULT_TIMEOUT_SECONDS = 600;

/** The checks that a change has to pass, in config order: all but `setup`, which ran on the base. */
export function checksToPass(config: Config): readonly CheckName[] {
  return CHECK_NAMES.filter((name) => name !== "setup" && config.checks[name] !== undefined);
}

/**
 * Runs one configured check in the workspace without a network.
 * @param options `remainingMs` bounds the check's own time limit
 */
export async function runCheck(
  name: CheckName,
  options: {
    readonly config: Config;
    readonly workspace: Workspace;
    readonly remainingMs: number;
  },
): Promise<CheckOutcome> {
  const check = options.config.checks[name];
  if (check === undefined) throw new Error(unknownCheck(name, options.config));
  const limit = (check.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS) * 1_000;
  const result = await options.workspace.run({
    command: check.run,
    timeoutMs: Math.max(1, Math.min(limit, Math.floor(options.remainingMs))),
    network: name === "setup",
  });
  const passed = result.status === "exited" && result.exitCode === 0;
  const lines = passed ? "" : tellingLines(result.output);
  return { name, passed, said: sayResult(result), lines };
}

function sayResult(result: SandboxResult): string {
  const seconds = `${(result.durationMs / 1_000).toFixed(1)} s`;
  if (result.status === "timed-out") return `was stopped after ${seconds}`;
  if (result.exitCode === 0) return `passed in ${seconds}`;
  const how = result.exitCode === null ? "was killed" : `failed with exit code ${result.exitCode}`;
  return `${how} after ${seconds}`;
}

/** What a coder reads of a check. */
export function sayCheck({ name, said, lines }: CheckOutcome): string {
  return lines === "" ? `${name} ${said}` : `${name} ${said}\n${lines}`;
}

function unknownCheck(name: unknown, config: Config): string {
  const known = checksToPass(config);
  const list = known.length === 0 ? "none is configured" : `the checks are ${known.join(", ")}`;
  return `there is no check ${JSON.stringify(name) ?? "without a name"}: ${list}`;
}

/** The tool with which a coder runs a check by its name; it gives back only the lines that matter. */
export function runCheckTool(
  config: Config,
  run: (name: CheckName) => Promise<CheckOutcome>,
): ModelTool {
  const known = checksToPass(config);
  return {
    name: "run_check",
    description:
      "Runs one configured check on the working copy and returns whether it passed and, if not, the lines that matter.",
    inputSchema: {
      type: "object",
      properties: {
        name: {
          type: "string",
          description: `one of: ${known.join(", ") || "none is configured"}`,
          ...(known.length === 0 ? {} : { enum: known }),
        },
      },
      required: ["name"],
      additionalProperties: false,
    },
    async run(input) {
      const asked =
        typeof input === "object" && input !== null && "name" in input ? input.name : undefined;
      const name = known.find((candidate) => candidate === asked);
      if (name === undefined) throw new Error(unknownCheck(asked, config));
      return sayCheck(await run(name));
    },
  };
}
