import { parseCommand } from "../../../src/twin/runner/job/commands.ts";
import {
  type Invariant,
  landed,
  type Observation,
  type SeenProcess,
  stationOf,
} from "../observation.ts";

/** What our own code says to the runner; files carry everything else. */
const SPOKEN = ["add-mask", "error", "warning"];
/** Every variable that the runner gives a step. One more would be an earlier step's doing, by GITHUB_ENV. */
const VARIABLES =
  /^(GITHUB|RUNNER|INPUT|ACTIONS|STATE)_[A-Z0-9_-]+$|^(PATH|LANG|HOME|CI|TMPDIR|NODE_COMPILE_CACHE|ANTHROPIC_BASE_URL|MILLWRIGHT_TEST_SECRET|MILLWRIGHT_TEST_FILE)$/;
/** What the stations hand on: words, digests, numbers, names. */
const OUTPUT = /^[A-Za-z0-9_./:=, -]{0,300}$/;

/** I6: the runner obeyed nobody but our own code. Its raw lines are parsed here by the runner's own rules. */
export const runnerObeysUs: Invariant = (seen) => [
  ...seen.processes.flatMap((process) => commandsIn(process, seen)),
  ...seen.processes.flatMap((process) => variablesOf(process, seen)),
  ...seen.jobs.flatMap((job) =>
    Object.entries(job.outputs)
      .filter(([, value]) => !OUTPUT.test(value))
      .map(([name, value]) =>
        landed(
          "I6",
          `output ${name} of ${stationOf(job)} is ${JSON.stringify(value.slice(0, 100))}`,
        ),
      ),
  ),
];

function commandsIn(process: SeenProcess, seen: Observation) {
  const secrets = seen.canaries.map(({ value }) => value);
  return process.output.split(/\r\n|\n|\r/).flatMap((line) => {
    const command = parseCommand(line);
    if (command === undefined) return [];
    const isOurs =
      SPOKEN.includes(command.name) &&
      Object.keys(command.properties).length === 0 &&
      (command.name !== "add-mask" || secrets.includes(command.data));
    return isOurs
      ? []
      : [landed("I6", `the runner would obey ${JSON.stringify(line.slice(0, 120))}`)];
  });
}

function variablesOf(process: SeenProcess, seen: Observation) {
  const job = seen.jobs.find(({ id }) => id === process.jobId);
  return Object.keys(process.environment)
    .filter((name) => !VARIABLES.test(name))
    .map((name) => landed("I6", `${name} is in the environment of ${job?.name ?? "a step"}`));
}
