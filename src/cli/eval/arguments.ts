import { resolve } from "node:path";
import { Option } from "@commander-js/extra-typings";
import { declareCommand } from "../command/declare.ts";
import { names } from "../command/named-path.ts";
import { wholeNumber } from "../command/option-values.ts";
import { type Output, outputOf } from "../command/output.ts";
import { UsageError } from "../command/usage-error.ts";

/** What a caller asked for; paths are absolute. */
export type EvalArguments = Output &
  (
    | {
        readonly kind: "compare";
        readonly cases: string;
        /** The folder of another Millwright: this one is compared with it. */
        readonly against: string;
        readonly repeat: number;
      }
    | {
        readonly kind: "record";
        readonly record: string;
        /** What `rehearse --json` printed. */
        readonly rehearsal: string;
        readonly issue: string;
        readonly config: string | undefined;
      }
  );

export function declareEval() {
  return declareCommand("eval", {
    summary: "compares two versions of the roles on recorded cases",
    description:
      "Plays each case of a folder with another Millwright and with this one. A case is a repository at a commit, an issue, and how to know that it ended well. Prints the difference in success, tokens, USD and findings, for each case and in total, with the exact sign test. Roles are in the bundles, so build both first. With ANTHROPIC_API_KEY, the real model is asked, and each play costs money.",
    examples: [
      "npm run eval -- --cases eval --against ../millwright-main",
      "npm run eval -- --record eval/a.yml --rehearsal result.json --issue issue.md",
    ],
    result: "the comparison",
    exits: { 0: "every case was played on both sides", 1: "one was not; the output says why" },
  })
    .addOption(names("folder", "--cases <folder>", "the folder of the cases, each in NAME.yml"))
    .addOption(
      names(
        "folder",
        "--against <path>",
        "the folder of another Millwright, built; it counts as before",
      ),
    )
    .addOption(
      new Option("--repeat <number>", "how often each case is played on each side")
        .default(1)
        .argParser(wholeNumber("--repeat", [1, 50])),
    )
    .addOption(
      names("new-file", "--record <file>", "writes a case from a successful rehearsal instead"),
    )
    .addOption(names("file", "--rehearsal <file>", "the output of `millwright rehearse --json`"))
    .addOption(names("file", "--issue <file>", "the issue of that rehearsal"))
    .addOption(names("file", "--config <file>", "the config of that rehearsal"));
}

type Options = ReturnType<ReturnType<typeof declareEval>["opts"]>;

/** @throws UsageError for what is missing */
export function readEvalArguments(options: Options, from: string): EvalArguments {
  const path = (option: string, value: string | undefined) => {
    if (value === undefined) throw new UsageError(`${option} is missing`);
    return resolve(from, value);
  };
  const { record, config, repeat } = options;
  if (record === undefined) {
    return {
      kind: "compare",
      cases: path("--cases FOLDER", options.cases),
      against: path("--against PATH", options.against),
      ...{ repeat, ...outputOf(options) },
    };
  }
  return {
    kind: "record",
    record: resolve(from, record),
    rehearsal: path("--rehearsal FILE", options.rehearsal),
    issue: path("--issue FILE", options.issue),
    config: config === undefined ? undefined : resolve(from, config),
    ...outputOf(options),
  };
}
