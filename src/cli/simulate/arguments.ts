import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Option } from "@commander-js/extra-typings";
import { declareCommand } from "../command/declare.ts";
import { names } from "../command/named-path.ts";
import { listed, oneOf, wholeNumber } from "../command/option-values.ts";
import { type Output, outputOf } from "../command/output.ts";
import { UsageError } from "../command/usage-error.ts";
import { type Plan, POLICIES } from "./play.ts";
import { MOVED_BASES } from "./policy.ts";

/** What a caller asked for; paths are absolute. */
export interface SimulateArguments extends Output {
  readonly plan: Plan;
  /** Where the count of requests is from: of the caller, or measured. */
  readonly requestsFrom: "given" | "measured";
  readonly html: string | undefined;
}

const ABOUT = {
  summary: "simulates a day of many issues against GitHub's limits",
  description:
    "Simulates a day of many issues against GitHub's limits, with the schedule that control uses. Prints how much is merged, how long issues wait, and what it costs. Needs no network and no model; the same seed gives the same day. Issues arrive for the given hours, and the simulation ends when none is left. Its assumptions are in src/cli/simulate/profile.ts.",
  examples: [
    "npm run simulate -- --issues 10000 --hours 24",
    "npm run simulate -- --issues 500 --repositories 1 --html day.html",
  ],
  result: "the figures",
  exits: {
    0: "no limit was violated, and no issue was lost or starved (started two days after its turn)",
    1: "one was",
  },
};

export function declareSimulate() {
  return declareCommand("simulate", ABOUT)
    .addOption(count("--issues <number>", "how many", 100_000).default(10_000))
    .addOption(count("--hours <number>", "the hours in which they arrive", 720).default(24))
    .addOption(count("--repositories <number>", "the number of repositories", 1_000).default(10))
    .addOption(
      count(
        "--slots <number>",
        "issues that a repository builds at a time (limits.wip)",
        500,
      ).default(8),
    )
    .addOption(
      listed("--policy <name>", "who starts first", POLICIES, oneOf("--policy", POLICIES)).default(
        "scheduled" as const,
        "scheduled, which also plays the other one",
      ),
    )
    .addOption(
      count(
        "--requests-per-issue <number>",
        "API requests in the life of an issue; by default the figure of `npm run bench` in README.md",
        1_000,
      ),
    )
    .addOption(
      count("--jobs <number>", "jobs that run at a time over all repositories", 10_000).default(
        500,
        "500: Enterprise; Team has 60",
      ),
    )
    .addOption(
      count(
        "--usd-per-day <number>",
        "USD that a repository may spend in a day; no limit by default",
        1_000_000,
      ),
    )
    .addOption(
      listed(
        "--moved-base <name>",
        "what happens to a change when others were merged while it was built",
        MOVED_BASES,
        oneOf("--moved-base", MOVED_BASES),
      ).default("rebuilt" as const, "rebuilt: examined again on the new head, as the factory does"),
    )
    .addOption(count("--seed <number>", "another day", 2 ** 31).default(1))
    .addOption(names("new-file", "--html <file>", "writes a page with charts"));
}

function count<Flags extends `--${string} <number>`>(
  flags: Flags,
  description: string,
  most: number,
) {
  const [name = ""] = flags.split(" ");
  return new Option(flags, description).argParser(wholeNumber(name, [1, most]));
}

type Options = ReturnType<ReturnType<typeof declareSimulate>["opts"]>;

/**
 * @param millwright the folder of this project, where the measured count stands
 * @param from the folder that relative paths are relative to
 * @throws UsageError where no count was measured and none is given
 */
export function readSimulateArguments(
  options: Options,
  place: { readonly millwright: string; readonly from: string },
): SimulateArguments {
  const { html, requestsPerIssue, usdPerDay, json, quiet, ...plan } = options;
  return {
    plan: {
      ...plan,
      usdPerDay: usdPerDay ?? Number.POSITIVE_INFINITY,
      requestsPerIssue: requestsPerIssue ?? measuredRequests(place.millwright),
    },
    requestsFrom: requestsPerIssue === undefined ? "measured" : "given",
    html: html === undefined ? undefined : resolve(place.from, html),
    ...outputOf({ json, quiet }),
  };
}

/** The row of the table that `npm run transcript -- --bench` writes from what was measured. */
export function measuredRequests(millwright: string): number {
  const readme = readFileSync(join(millwright, "README.md"), "utf8");
  const found = /^\| `line\.requests` \| ([0-9]+) \|/m.exec(readme);
  if (found !== null) return Number(found[1]);
  throw new UsageError(
    "README.md has no measured count of requests; pass it: --requests-per-issue 12",
  );
}
