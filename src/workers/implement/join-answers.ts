import type { CoderAnswer } from "../../agent/roles/coder/answer.ts";
import { cut } from "../../domain/text/cut.ts";
import type { ModelTool } from "../../ports/model.ts";

const MAXIMUM_SUMMARY = 2_000;

const MAXIMUM_ASSUMPTIONS = 10;

/** Records the commands and named checks that the coder runs; other tools only read and write files. */
export function recorded(tool: ModelTool, commands: string[]): ModelTool {
  const key = tool.name === "bash" ? "command" : tool.name === "run_check" ? "name" : undefined;
  if (key === undefined) return tool;
  return {
    ...tool,
    run(input) {
      const value = Object.entries(input ?? {}).find(([name]) => name === key)?.[1];
      if (typeof value === "string") commands.push(`${tool.name} ${value}`);
      return tool.run(input);
    },
  };
}

/** The answers of all rounds as one: summaries in order without repetitions, and the last proof named for each criterion. */
export function joinAnswers(answers: readonly CoderAnswer[]): CoderAnswer {
  const summaries = new Set(answers.map(({ summary }) => summary));
  const assumptions = new Set(answers.flatMap((answer) => answer.assumptions));
  const proofs = answers.findLast((answer) => answer.proofs !== undefined)?.proofs;
  return {
    ...(proofs === undefined ? {} : { proofs }),
    summary: cut([...summaries].join("\n\nThen: "), MAXIMUM_SUMMARY),
    assumptions: [...assumptions].slice(0, MAXIMUM_ASSUMPTIONS),
  };
}
