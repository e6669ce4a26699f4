// docs/reference/cli.md: the help of the command line, and the scripts of package.json.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { createProgram } from "../../src/cli/program.ts";
import { ProofResult } from "../../src/cli/prove/result.ts";
import { code, generatedFrom, page, table } from "./markdown.mjs";

/** The purpose of each script of package.json; a missing one stops `npm run document`. */
const SCRIPTS = {
  demo: "plays an issue from its label to done on an imitation of GitHub on this machine",
  rehearse: "plays an issue on a copy of any git repository on disk",
  adopt:
    "adopts the factory on each of the [example repositories](../examples/README.md) from an empty environment, and counts the steps; `-- --only NAME` for one of them, `-- --json`",
  rehearsals:
    "replays the public fixes of [rehearsals](../rehearsals.md), one after the other; `-- --only NAME` for one of them",
  test: "the tests that people wait for; `npm run test:long` has the rest",
  "test:long":
    "all tests, including those with tools of other languages and rare whole lines, and every property with all its cases. It draws the order of the tests in a file, and prints the number that it drew from; `MILLWRIGHT_SEED=NUMBER` draws the same order again. `-- --project long` is those that `npm test` leaves out",
  mutation:
    "changes the source in small ways, and counts the changes that no test notices; `-- --files ROOM`, `-- --json`",
  redteam: "plays the catalog of attacks; options in [its README](../../test/redteam/README.md)",
  "bench:ratchet":
    "counts the edits that weaken tests and that verify finds by syntax, and its false alarms, for each language and beside regular expressions over lines; `-- --json` in one line",
  bench: "measures the [figures](../figures.md) of the project; `-- --tests` for the tests instead",
  chaos:
    "ends, loses or repeats each request, job and event of a line, and shows where the result differs; `-- --every N` for one of N points, `-- --only TEXT` for one by its name",
  simulate:
    "simulates a day of many issues with the schedule of control; `-- --issues 10000 --hours 24`, `-- --html FILE` a page with charts",
  report:
    "reports what a factory delivered and cost; `-- --git .`, `-- --repo OWNER/NAME`, `-- --html FILE` for a page with charts",
  learn:
    "counts repeated mistakes, and the lessons to learn from them; `-- --git .`, `-- --repo OWNER/NAME`",
  eval: "compares two versions of the roles on recorded cases, by success, cost and findings; `-- --cases FOLDER --against PATH`",
  act: "plays a normal issue and its nightly audit with nektos/act, a runner of another maker; `-- --json` in one line; needs Go",
  build: "writes `actions/*/dist`; `-- --only NAME` for one of them, `-- --check` compares bytes",
  document: "writes all derived pages, such as this one; `-- --check` compares",
  quality:
    "recomputes `quality.md` of the last commit; `-- --check` fails if the page does not match its commit or a grade changed; `-- --measure --area NAME` runs checks and tests for it",
  transcript:
    "plays the demo and writes its output into README.md; `-- --bench` measures and writes the figures",
  screenshots: "takes pictures of the demo's page at phone and desktop width, light and dark",
  own: "writes the name of the account that owns this project wherever a user reads or copies it; `-- NAME`, `-- NAME --check`",
  changelog: "makes `CHANGELOG.md` from the notes in `changes/`",
  types: "checks types",
  lint: "checks format and lint, without writing",
  format: "corrects format and lint",
  unused: "lists files, exports and dependencies that nothing uses",
  prepare: "builds the command line when the package is installed from git",
};

/** The JSON Schema of the output of `millwright prove --json`. */
export function proofSchema() {
  const title = "Millwright: the output of prove --json";
  return `${JSON.stringify({ title, ...z.toJSONSchema(ProofResult) }, null, 2)}\n`;
}

/** docs/reference/cli.md */
export function cliPage(root) {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const rows = Object.keys(scripts).map((name) => {
    if (SCRIPTS[name] === undefined)
      throw new Error(`the script ${name} has no line in cli-page.mjs`);
    return [code(name === "test" ? "npm test" : `npm run ${name}`), SCRIPTS[name]];
  });
  return page(
    "# Command line",
    "In a clone, after `npm ci`, run any command as `node scripts/millwright.mjs COMMAND OPTIONS`. If there is a script of that name, `npm run COMMAND -- OPTIONS` does the same.",
    ...sectionsOf(root),
    "## Scripts of this repository",
    table(["script", "what it is for"], rows),
    generatedFrom("the output of --help", "package.json"),
  );
}

/** The help of the command line, and of each of its commands. */
function sectionsOf(root) {
  const program = createProgram({ millwright: root });
  const shown = program.commands.filter((command) => !HIDDEN.includes(command.name()));
  return [helpOf(program), ...shown.flatMap((command) => sectionOf(command))];
}

/** Shell completion calls it; `help` and `completion` add nothing to the list of commands. */
const HIDDEN = ["complete"];

function sectionOf(command) {
  const more = MORE[command.name()];
  return [`## ${command.name()}`, helpOf(command), ...(more === undefined ? [] : [more])];
}

const MORE = {
  prove:
    "With `--json`, it prints one object of [this schema](proof.schema.json): the ids of the commits, times in ms, and each list with its length in `total` and its first names in `names`. The artifact of a pull request's proof holds the same.",
};

/** As printed without a known terminal width. */
function helpOf(command) {
  let text = "";
  command.configureOutput({
    writeOut: (more) => {
      text += more;
    },
    getOutHelpWidth: () => 80,
    getOutHasColors: () => false,
  });
  command.outputHelp();
  return `\`\`\`\n${text.trimEnd()}\n\`\`\``;
}
