import { CHECK_NAMES } from "../../../domain/config/check.ts";
import { LONGEST_COMMAND, type ProposedCheck } from "../proposal.ts";
import type { ProposedProject } from "./project.ts";

/** Bounds of the config: seconds of a check, commands of a name. */
const LONGEST_SECONDS = 3_600;
const MOST_COMMANDS = 50;
/** What a check gets that names no time (CHECK_SECONDS of the worker), in seconds. */
const USUAL_SECONDS = 600;

/** The checks of several projects as those of one config, and what was left out to make them one. */
export interface JoinedChecks {
  readonly checks: readonly ProposedCheck[];
  readonly notes: readonly string[];
}

/**
 * One setup after the other, and of each other check a list. Tests are told one by one only where every command of the list
 * tells them, so that those of a project that are told otherwise than most are left out.
 */
export function joinProjects(projects: readonly ProposedProject[]): JoinedChecks {
  const [single] = projects;
  if (single === undefined || projects.length === 1) {
    return { checks: single?.checks ?? [], notes: [] };
  }
  const { joined, left } = withinBounds(projects);
  const { alike, unlike } = toldAlike(joined);
  const setup = setupOf(alike);
  const others = alike.flatMap(({ checks }) => checks.filter(({ name }) => name !== "setup"));
  const order = ({ name }: ProposedCheck) => CHECK_NAMES.indexOf(name);
  return {
    checks: [
      ...(setup === undefined ? [] : [setup]),
      ...others.toSorted((a, b) => order(a) - order(b)),
    ],
    notes: [
      ...unlike.map(
        ({ name }) =>
          `the tests of ${name} are left out: only some of the projects tell their tests one by one, and in one list nobody would see those of the others`,
      ),
      ...left.map(
        ({ name }) => `the checks of ${name} are left out: the config has no room for them`,
      ),
    ],
  };
}

/** As many as one command of setup and the lists have room for; the first always. */
function withinBounds(projects: readonly ProposedProject[]) {
  const joined: ProposedProject[] = [];
  const left: ProposedProject[] = [];
  for (const project of projects) {
    const all = [...joined, project];
    const counts = CHECK_NAMES.map(
      (name) => all.flatMap(({ checks }) => checks.filter((check) => check.name === name)).length,
    );
    const isRoomy =
      (setupOf(all)?.run.length ?? 0) <= LONGEST_COMMAND &&
      counts.every((count) => count <= MOST_COMMANDS);
    (joined.length === 0 || isRoomy ? joined : left).push(project);
  }
  return { joined, left };
}

/** As most of the projects tell their tests, and where there are as many of both, as the first. */
function toldAlike(projects: readonly ProposedProject[]) {
  const tests = projects.flatMap(({ checks }) => checks.filter(({ name }) => name === "test"));
  const told = tests.filter(({ report }) => report !== undefined).length;
  const isEven = told * 2 === tests.length;
  const isTold = isEven ? tests[0]?.report !== undefined : told * 2 > tests.length;
  const isUnlike = ({ name, report }: ProposedCheck) =>
    name === "test" && (report !== undefined) !== isTold;
  return {
    alike: projects.map((project) => ({
      ...project,
      checks: project.checks.filter((check) => !isUnlike(check)),
    })),
    unlike: projects.filter(({ checks }) => checks.some(isUnlike)),
  };
}

/** Each in a shell of its own, because each begins in the root. */
function setupOf(projects: readonly ProposedProject[]): ProposedCheck | undefined {
  const setups = projects.flatMap(({ checks }) => checks.filter(({ name }) => name === "setup"));
  const [single] = setups;
  if (single === undefined || setups.length === 1) return single;
  const cautions = setups.flatMap(({ caution }) => caution ?? []);
  const seconds = setups.reduce(
    (sum, { timeoutSeconds = USUAL_SECONDS }) => sum + timeoutSeconds,
    0,
  );
  return {
    name: "setup",
    run: setups.map(({ run }) => `(${run})`).join(" && "),
    timeoutSeconds: Math.min(seconds, LONGEST_SECONDS),
    because: [...new Set(setups.map(({ because }) => because))].join(", "),
    ...(cautions.length === 0 ? {} : { caution: cautions.join("; ") }),
  };
}
