// Adopts the factory on each example repository as somebody would who has just found it: from an empty environment, with a HOME of
// its own, `millwright init`, `doctor`, and `rehearse` to a merged issue, without an edit by hand. Counts what it took.
//
//   npm run adopt [-- --only NAME]… [--minutes NUMBER] [--json]
//
// The examples stand in docs/examples/examples.yml. What this machine cannot build is left out, and said to be.
import { adopt } from "./adopt/adopt.mjs";
import { readExamples } from "./adopt/examples.mjs";
import { sayAdopted, tableOf } from "./adopt/say.mjs";
import { readArguments, refuseUsage } from "./arguments.mjs";

const NAME = "npm run adopt --";

const root = new URL("..", import.meta.url).pathname;
const { values } = readArguments(
  NAME,
  {
    only: {
      type: "string",
      multiple: true,
      value: "name",
      says: "one example; repeat it for several",
    },
    minutes: {
      type: "string",
      value: "number",
      says: "the most that one example takes",
      default: "15",
    },
    json: { says: "prints one JSON object as the last line of standard output" },
  },
  {
    says: "Adopts the factory on each example repository, from an empty environment, and counts what it took.",
  },
);
const examples = readExamples(root);
const unknown = values.only.filter((name) => !examples.some((example) => example.name === name));
const minutes = Number(values.minutes);
if (unknown.length > 0 || !(minutes > 0)) {
  const names = examples.map(({ name }) => name).join(", ");
  refuseUsage(
    NAME,
    unknown.length > 0
      ? `--only: there is no ${unknown.join(", ")}; the examples are ${names}`
      : `--minutes: ${values.minutes} is no number above 0`,
  );
}

const said = values.json ? console.error : console.log;
const results = [];
for (const example of examples.filter(
  ({ name }) => values.only.length === 0 || values.only.includes(name),
)) {
  said(`${example.name}: ${example.built}`);
  const result = await adopt(example, { root, minutes });
  results.push(result);
  said(`  ${sayAdopted(result)}`);
}
said(`\n${tableOf(results)}`);
const isFailed = results.some(({ outcome }) => outcome === "failed");
if (values.json) console.log(JSON.stringify({ ok: !isFailed, results }));
process.exitCode = isFailed ? 1 : 0;
