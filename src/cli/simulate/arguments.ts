import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { UsageError } from "../shared/usage-error.ts";
import { type Plan, POLICIES, type PolicyName } from "./play.ts";

export const SIMULATE_HELP = `Usage: millwright simulate [options]

  Plays a day of many issues against GitHub's limits, with the schedule that control uses, and says what comes of it: how
  much is merged, how long issues wait, what it costs. No network, no model; the same seed gives the same day. Issues come
  for so many hours, and it goes on until none is left. What it takes for granted stands in src/cli/simulate/profile.ts.

    --issues N               how many; 10000 by default
    --hours N                within how many hours they come; 24 by default
    --repositories N         over how many repositories; 10 by default
    --slots N                issues that a repository builds at a time (limits.wip); 8 by default
    --policy P               scheduled, or first-in-first-out; scheduled by default, which plays the other one beside it
    --requests-per-issue N   API requests in the life of an issue; by default what \`npm run bench\` measured last, as README.md has it
    --jobs N                 jobs that run at a time over all repositories; 500 by default (Enterprise; Team has 60)
    --usd-per-day N          money of a repository for a day; no bound by default
    --seed N                 another day; 1 by default
    --html FILE              writes a page with charts
    --json                   prints one JSON object as the last line of standard output

Exit code 0: no limit was violated, no issue lost or starved. 1: one was. 2: wrong usage.
`;

/** What a caller asked for; paths are absolute. */
export interface SimulateArguments {
  readonly plan: Plan;
  /** Where the count of requests is from: of the caller, or measured. */
  readonly requestsFrom: "given" | "measured";
  readonly html: string | undefined;
  readonly json: boolean;
}

const NUMBERS = {
  issues: [10_000, 100_000],
  hours: [24, 720],
  repositories: [10, 1_000],
  slots: [8, 500],
  jobs: [500, 10_000],
  "requests-per-issue": [undefined, 1_000],
  "usd-per-day": [undefined, 1_000_000],
  seed: [1, 2 ** 31],
} as const satisfies Record<string, readonly [number | undefined, number]>;

/**
 * @param millwright the folder of this project, where the measured count stands
 * @param from the folder that relative paths are relative to
 * @throws UsageError, or Node's ERR_PARSE_ARGS errors, for what is not understood
 * @returns undefined when help was asked for
 */
export function readSimulateArguments(
  words: readonly string[],
  place: { readonly millwright: string; readonly from: string },
): SimulateArguments | undefined {
  const { values } = parseArgs({
    args: [...words],
    options: {
      issues: { type: "string" },
      hours: { type: "string" },
      repositories: { type: "string" },
      slots: { type: "string" },
      jobs: { type: "string" },
      seed: { type: "string" },
      "requests-per-issue": { type: "string" },
      "usd-per-day": { type: "string" },
      policy: { type: "string", default: "scheduled" },
      html: { type: "string" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return undefined;
  const count = (name: keyof typeof NUMBERS) => readCount(name, values[name]);
  const given = count("requests-per-issue");
  const { json, html } = values;
  return {
    plan: {
      issues: count("issues") ?? 0,
      hours: count("hours") ?? 0,
      repositories: count("repositories") ?? 0,
      slots: count("slots") ?? 0,
      jobs: count("jobs") ?? 0,
      seed: count("seed") ?? 0,
      usdPerDay: count("usd-per-day") ?? Number.POSITIVE_INFINITY,
      requestsPerIssue: given ?? measuredRequests(place.millwright),
      policy: readPolicy(values.policy),
    },
    requestsFrom: given === undefined ? "measured" : "given",
    html: html === undefined ? undefined : resolve(place.from, html),
    json,
  };
}

function readCount(name: keyof typeof NUMBERS, text: string | undefined): number | undefined {
  const [usual, most] = NUMBERS[name];
  if (text === undefined) return usual;
  const number = Number(text);
  if (/^[0-9]{1,10}$/.test(text) && number >= 1 && number <= most) return number;
  throw new UsageError(`--${name}: expected a whole number from 1 to ${most}, found "${text}"`);
}

function readPolicy(name: string): PolicyName {
  const known = POLICIES.find((policy) => policy === name);
  if (known !== undefined) return known;
  throw new UsageError(`there is no policy "${name}"; there is: ${POLICIES.join(", ")}`);
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
