import { WEATHERS } from "../twin/github/weather/weather.ts";
import { LINES } from "./chaos/lines.ts";

/** What `millwright --help` says; docs/reference/cli.md shows it. */
export const HELP = `Usage: millwright <command> [options]

  demo             plays an issue from its label to done on a GitHub of this machine
    --json         prints one JSON object as the last line of standard output
    --quiet        prints nothing else
    --script FILE  plays the model from FILE (docs/script-format.md)
    --scenario S   which scenario: happy, budget-day, coder-touches-tests, deploy-status, flaky, gamed-tests, incident, incident-burst, moved-base, needs-human, no-deploy, owned-through-red-ci, person-pushes, quality-falls, quality-loop, removal, revert-conflicts, review-threads, rework, smoke-failure, smoke-flaky, smoke-red-before, tester-corrected, unnoticed-hunk, unproven-criterion
    --port N       port of the twin's GitHub; a free one by default
    --week         plays a week of many issues instead, and writes its operational review to .demo/week.html
    --weather W    what GitHub does beside what it is asked: all (each once), ${Object.keys(WEATHERS).join(", ")}; or FILE.json, what a conformance run found

  rehearse         plays an issue on a copy of any git repository on disk
    --repo PATH --issue FILE.md [--script FILE] [--config FILE] [--base REV] [--no-as-owner] [--no-try] [--json]
    --help         says more about each

  prove            says what the tests prove of a change in any git repository on disk, without a model
    --base REV [--repo PATH] [--head REV] [--config FILE] [--json]
    --help         says more, and which exit codes there are

  workflows        tells which workflows would run with secrets on a branch of the factory
    --repo PATH    a checkout; the folder that this runs in by default
    --branch NAME  its default branch; main by default

  bench            measures what the project promises, one JSON line a figure
    --tests        measures the tests instead: npm test once; the target is 180 s on 2 cores
    --json         the lines alone

  chaos            ends, loses or repeats every request, job and event of a line, and tells what came out otherwise
    --lines A,B    which lines: ${Object.keys(LINES).join(", ")}; all by default
    --every N      plays one of N points, evenly spread
    --only TEXT    plays the one point that is named so, like "request 12, answer-lost"
    --json         the last line alone on standard output
  simulate         plays a day of many issues against GitHub's limits, with the schedule that control uses
    [--issues N] [--hours N] [--repositories N] [--slots N] [--policy P] [--html FILE] [--json]
    --help         says more about each
  report           counts what a repository's history says of its factory: DORA's five, costs, what nobody opened, who waited
    --repo OWNER/NAME | --import FILE | --git PATH | --twin  [--since 30d] [--html FILE] [--json]
    --help         says more about each
  act              plays the happy line with nektos/act, another runner, which Go installs once; without Go it says so and plays nothing
    --json         prints one JSON object as the last line of standard output
    --quiet        prints nothing else

Exit code 0: done. 1: the factory stopped and says why. 2: wrong usage.
`;
