import { Option } from "@commander-js/extra-typings";
import { declareCommand } from "../command/declare.ts";
import { listed, oneOf, wholeNumber } from "../command/option-values.ts";
import { type Output, outputOf } from "../command/output.ts";
import { LINES, type LineName } from "./lines.ts";

export interface ChaosArguments extends Output {
  readonly lines: readonly LineName[];
  readonly every: number;
  /** Plays this one point alone, as the command names it. */
  readonly only?: string;
}

const NAMES = Object.keys(LINES).filter((name): name is LineName => Object.hasOwn(LINES, name));

export function declareChaos() {
  const line = oneOf("--lines", NAMES);
  return declareCommand("chaos", {
    summary: "injects faults at each request, job and event of a line",
    description:
      "Ends, loses or repeats each request, job and event of a line, and shows where the result differs from a run without the fault.",
    examples: ["npm run chaos -- --every 40", 'npm run chaos -- --only "request 12, answer-lost"'],
    result: "what came out otherwise, and the JSON object",
    exits: { 0: "every point ended the same", 1: "one did not, and is listed" },
  })
    .addOption(
      listed(
        "--lines <names>",
        `which lines, separated by commas: ${NAMES.join(", ")}`,
        NAMES,
        (text) => text.split(",").map(line),
      ).default(NAMES, "all"),
    )
    .addOption(
      new Option("--every <number>", "plays one in this many points, evenly spread")
        .default(1)
        .argParser(wholeNumber("--every", [1, 99_999])),
    )
    .option("--only <text>", 'plays the one point of this name, like "request 12, answer-lost"');
}

type Options = ReturnType<ReturnType<typeof declareChaos>["opts"]>;

export function readChaosArguments(options: Options): ChaosArguments {
  const { lines, every, only } = options;
  return { lines, every, ...outputOf(options), ...(only === undefined ? {} : { only }) };
}
