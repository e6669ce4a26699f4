// docs/reference/cli.md: what the command line says of itself, and the scripts of package.json.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { createProgram } from "../../src/cli/program.ts";
import { ProofResult } from "../../src/cli/prove/result.ts";
import { code, generatedFrom, page, table } from "./markdown.mjs";

/** What each script of package.json is for; one without a line here stops `npm run document`. */
const SCRIPTS = {
  demo: "plays an issue from its label to done on a GitHub of this machine",
  rehearse: "plays an issue on a copy of any git repository on disk",
  adopt:
    "adopts the factory on each of the [example repositories](../examples/README.md) from an empty environment, and counts what it took; `-- --only NAME` one of them, `-- --json`",
  rehearsals:
    "replays the public fixes of [rehearsals](../rehearsals.md), one after the other; `-- --only NAME` one of them",
  test: "the tests that people wait for; `npm run test:long` has the rest",
  "test:long":
    "all tests, those with tools of other languages and rare whole lines as well, every property with all its cases; `-- --project long`: only what `npm test` leaves out",
  mutation:
    "changes the source in small ways and counts the changes that no test notices; `-- --files ROOM`, `-- --json`",
  redteam: "plays the catalogue of attacks; options in [its README](../../test/redteam/README.md)",
  "bench:ratchet":
    "how many edits that weaken tests verify finds by syntax, and how many ordinary ones it takes for such; per language, beside regular expressions over lines; `-- --json` in one line",
  bench:
    "measures what the project promises; each figure in [figures](../figures.md); `-- --tests` the tests instead",
  chaos:
    "ends, loses or repeats every request, job and event of a line, and tells what came out otherwise; `-- --every N` one of N points, `-- --only TEXT` one by its name",
  simulate:
    "plays a day of many issues with the schedule of control; `-- --issues 10000 --hours 24`, `-- --html FILE` a page with charts",
  report:
    "counts what the history of a repository says of its factory; `-- --git .`, `-- --repo OWNER/NAME`, `-- --html FILE` a page with charts",
  learn:
    "counts mistakes that were made again and again, and what they would teach; `-- --git .`, `-- --repo OWNER/NAME`",
  eval: "replays recorded cases with changed roles and compares success, cost and findings; `-- --cases FOLDER --against PATH`",
  act: "plays the happy line and its night with nektos/act, a runner that is not ours; `-- --json` in one line; without Go it says so",
  build: "writes `actions/*/dist`; `-- --only NAME` one of them, `-- --check` compares bytes",
  document: "writes what can be derived, this page among it; `-- --check` compares",
  quality:
    "recomputes `quality.md` of the last commit; `-- --check` fails when the page is not what its commit says or a grade is another one; `-- --measure --area NAME` runs checks and tests for it",
  transcript:
    "plays the demo and writes its output into README.md; `-- --bench` measures and writes the figures",
  screenshots: "takes the pictures of the demo's page at phone and desktop width, light and dark",
  own: "writes the account that holds this project wherever a user reads or copies it; `-- NAME`, `-- NAME --check`",
  changelog: "puts the notes in `changes/` together into `CHANGELOG.md`",
  types: "the compiler's judgement",
  lint: "format and lint, without writing",
  format: "format and lint, writing what can be put right",
  unused: "files, exports and dependencies that nothing uses",
  prepare: "builds the command line when the package is installed from git",
};

/** The JSON Schema of what `millwright prove --json` prints. */
export function proofSchema() {
  const title = "Millwright: the last line of prove --json";
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
    "In a clone every command runs as `npm run COMMAND -- OPTIONS` where a script of that name exists, and as `node scripts/millwright.mjs COMMAND OPTIONS` in any case, after `npm ci`.",
    ...sectionsOf(root),
    "## Scripts of this repository",
    table(["script", "what it is for"], rows),
    generatedFrom("the output of --help", "package.json"),
  );
}

/** What the command line says of itself, and what each of its commands does. */
function sectionsOf(root) {
  const program = createProgram({ millwright: root });
  const shown = program.commands.filter((command) => !HIDDEN.includes(command.name()));
  return [helpOf(program), ...shown.flatMap((command) => sectionOf(command))];
}

/** Completion asks by it; `help` and `completion` say nothing that the list of commands does not. */
const HIDDEN = ["complete"];

function sectionOf(command) {
  const more = MORE[command.name()];
  return [`## ${command.name()}`, helpOf(command), ...(more === undefined ? [] : [more])];
}

const MORE = {
  prove:
    "With `--json` the last line is one object of [this schema](proof.schema.json): the commits by their ids, times in ms, each list with its length in `total` and its first names in `names`. A pull request's proof, the artifact that the workflow hands on, holds the same.",
};

/** As it is printed where no terminal says how wide it is. */
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
