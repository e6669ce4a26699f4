// Plays the catalogue of attacks on the twin and asks the oracle after each. Exit 1 when anything landed, leaked or was not played.

import { fileURLToPath } from "node:url";
import type { Attack } from "./attack.ts";
import { chooseAttacks, chooseDefences, type Options, readOptions, USAGE } from "./options.ts";
import { playAll } from "./play-all.ts";
import { playDefences } from "./play-defences.ts";
import { countOf, renderTable } from "./table.ts";
import { held } from "./verdict.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

const read = readOptions(process.argv.slice(2));
if ("fault" in read) {
  process.stderr.write(`${read.fault}\n\n${USAGE}\n`);
  process.exitCode = 2;
} else process.exitCode = (await run(read.options)) ? 0 : 1;

/** Whether everything held: what was not proven did not. */
async function run(options: Options): Promise<boolean> {
  const { lanes } = options;
  if (options.help) return tell(USAGE);
  if (options.defences) {
    const defences = chooseDefences(options);
    if (options.list) return tell(...defences.map(({ id, what }) => `${id.padEnd(24)} ${what}`));
    return await playDefences({ root: ROOT, defences, lanes, say: write });
  }
  const attacks = chooseAttacks(options);
  return options.list ? tell(...attacks.map(sayAttack)) : await playCatalogue(attacks, options);
}

async function playCatalogue(
  attacks: readonly Attack[],
  { json, lanes }: Options,
): Promise<boolean> {
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  const verdicts = await playAll({ attacks, millwright: ROOT, lanes, say, quiet: json });
  if (!json) write(renderTable(verdicts));
  write(JSON.stringify(countOf(verdicts)));
  return verdicts.every(held);
}

function sayAttack({ id, model, title, open }: Attack): string {
  const why = open === undefined ? "" : ` · OPEN: ${open}`;
  return `${id.padEnd(9)} ${model.padEnd(11)} ${title}${why}`;
}

function tell(...lines: readonly string[]): true {
  for (const line of lines) write(line);
  return true;
}

function write(line: string): void {
  process.stdout.write(`${line}\n`);
}
