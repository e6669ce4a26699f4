import { resolve } from "node:path";
import { Option } from "@commander-js/extra-typings";
import { WEATHERS, type Weather } from "../../twin/github/weather/weather.ts";
import { declareCommand } from "../command/declare.ts";
import { names } from "../command/named-path.ts";
import { listed, oneOf, wholeNumber } from "../command/option-values.ts";
import { type Output, outputOf } from "../command/output.ts";
import { UsageError } from "../command/usage-error.ts";
import { chooseWeather } from "./choose-weather.ts";
import { loopScenarioNames } from "./loops/loop-scenario.ts";
import { scenarioNames } from "./scenario.ts";

/** What a caller asked for; paths are absolute. */
export interface DemoArguments extends Output {
  readonly scenario: string;
  readonly script: string | undefined;
  readonly port: number;
  readonly weather: Partial<Weather> | "all" | undefined;
  /** A week of many issues in place of one story. */
  readonly week: boolean;
}

/** Stories of many issues, which no script of one issue tells. */
export const HISTORIES = ["learning"] as const;

/** @param millwright the folder of this project, whose scenarios are listed */
export function declareDemo(millwright: string) {
  const scenarios = [...scenarioNames(millwright), ...loopScenarioNames(millwright), ...HISTORIES];
  return declareCommand("demo", {
    summary: "plays an issue from its label to done on this machine",
    description:
      "Plays an issue from its label to done, on an imitation of GitHub on this machine. Needs no account, no network and no key. The last line names a page that tells the whole story.",
    examples: ["npm run demo", "npm run demo -- --scenario rework", "npm run demo -- --json"],
    result: "how it ended",
    exits: {
      0: "it ended as it should",
      1: "it did not, or it stopped; the output says why",
      3: "the scenario needs a browser, and this machine has none",
    },
  })
    .addOption(
      listed(
        "--scenario <name>",
        "the story to play",
        scenarios,
        oneOf("--scenario", scenarios),
      ).default("happy"),
    )
    .addOption(
      names("file", "--script <file>", "plays the model from a file (docs/script-format.md)"),
    )
    .addOption(
      new Option("--port <number>", "the port of the imitated GitHub")
        .default(0, "a free one")
        .argParser(wholeNumber("--port", [0, 65_535])),
    )
    .option(
      "--weather <name>",
      `how GitHub behaves where its documentation leaves it open: all (each once), ${Object.keys(WEATHERS).join(", ")}; or FILE.json, the result of a conformance run`,
    )
    .option(
      "--week",
      "plays a week of many issues instead, and writes its operational review to .demo/week.html",
    );
}

type Options = ReturnType<ReturnType<typeof declareDemo>["opts"]>;

/** Throws UsageError for a weather that is none, and for what a week would not play. */
export async function readDemoArguments(options: Options, from: string): Promise<DemoArguments> {
  refuseBesideWeek(options);
  const { scenario, script, port, weather, week = false } = options;
  return {
    scenario,
    script: script === undefined ? undefined : resolve(from, script),
    port,
    weather: await chooseWeather(weather, from),
    ...{ week, ...outputOf(options) },
  };
}

/** A week has its own issues, model and weather: an option that it would not read is refused, because nothing is left out silently. */
function refuseBesideWeek({ week, scenario, script, weather, port }: Options): void {
  if (week !== true) return;
  const beside = [
    scenario !== "happy" && "--scenario",
    script !== undefined && "--script",
    weather !== undefined && "--weather",
    port !== 0 && "--port",
  ].filter((name) => name !== false);
  if (beside.length > 0) {
    throw new UsageError(`--week plays a week of its own: leave out ${beside.join(" and ")}`);
  }
}
