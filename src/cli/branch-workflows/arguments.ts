import { resolve } from "node:path";
import { declareCommand } from "../command/declare.ts";
import { names } from "../command/named-path.ts";
import { type Output, outputOf } from "../command/output.ts";

/** What a caller asked for. */
export interface WorkflowsArguments extends Output {
  /** Absolute. */
  readonly repo: string;
  /** The default branch; absent where git tells it. */
  readonly branch: string | undefined;
}

export function declareWorkflows() {
  return declareCommand("workflows", {
    summary: "lists workflows that would run with secrets",
    description:
      "Lists the workflows of a checkout that would run with secrets on a branch of the factory, and how to guard them.",
    examples: ["millwright workflows", "millwright workflows --repo ../project --branch develop"],
    result: "the listed workflows and their number",
    exits: { 0: "none would", 1: "one would, and is listed" },
  })
    .addOption(names("folder", "--repo <path>", "a checkout; the current folder by default"))
    .option(
      "--branch <name>",
      "its default branch; by default the one that the remote had when it was cloned",
    );
}

type Options = ReturnType<ReturnType<typeof declareWorkflows>["opts"]>;

/** @param from the folder that relative paths are relative to */
export function readWorkflowsArguments(options: Options, from: string): WorkflowsArguments {
  const { repo = ".", branch } = options;
  return { repo: resolve(from, repo), branch, ...outputOf(options) };
}
