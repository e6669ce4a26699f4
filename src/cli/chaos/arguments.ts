import { Option } from "@commander-js/extra-typings";
import { declareCommand } from "../command/declare.ts";
import { listed, oneOf, wholeNumber } from "../command/option-values.ts";
import { LINES, type LineName } from "./lines.ts";

export interface ChaosArguments {
  readonly lines: readonly LineName[];
  readonly every: number;
  /** Plays this one point alone, as the command names it. */
  readonly only?: string;
  readonly json: boolean;
}

const NAMES = Object.keys(LINES).filter((name): name is LineName => Object.hasOwn(LINES, name));

export function declareChaos() {
  const line = oneOf("--lines", NAMES);
  return declareCommand("chaos", {
    summary: "breaks a line at every request, job and event, and compares",
    description:
      "Ends, loses or repeats every request, job and event of a line, and tells what came out otherwise than without the fault.",
    examples: ["npm run chaos -- --every 40", 'npm run chaos -- --only "request 12, answer-lost"'],
    exits: { 0: "every point came to the same end", 1: "one did not, and is told" },
  })
    .addOption(
      listed("--lines <names>", `which lines, by comma: ${NAMES.join(", ")}`, NAMES, (text) =>
        text.split(",").map(line),
      ).default(NAMES, "all"),
    )
    .addOption(
      new Option("--every <number>", "plays one of so many points, evenly spread")
        .default(1)
        .argParser(wholeNumber("--every", [1, 99_999])),
    )
    .option("--only <text>", 'plays the one point that is named so, like "request 12, answer-lost"')
    .option("--json", "the last line alone on standard output");
}

type Options = ReturnType<ReturnType<typeof declareChaos>["opts"]>;

export function readChaosArguments(options: Options): ChaosArguments {
  const { lines, every, only, json = false } = options;
  return { lines, every, json, ...(only === undefined ? {} : { only }) };
}
