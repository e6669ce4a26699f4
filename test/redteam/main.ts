// Plays the catalogue of attacks on the twin and asks the oracle after each. Exit 1 when anything landed, leaked or was not played.

import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Attack, FAMILIES } from "./attack.ts";
import { CATALOGUE } from "./catalogue.ts";
import { playDefences } from "./defences.ts";
import { playAll } from "./play-all.ts";
import { countOf, renderTable } from "./table.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
/** Two cores, and most of an attack is waiting for processes. */
const LANES = 2;

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    family: { type: "string" },
    json: { type: "boolean", default: false },
    list: { type: "boolean", default: false },
    defences: { type: "boolean", default: false },
    lanes: { type: "string", default: String(LANES) },
  },
});

const only = values.only?.split(",");
if (values.defences) {
  process.exitCode = (await playDefences({ root: ROOT, only, say: write })) ? 0 : 1;
} else if (values.list) {
  for (const { id, model, title, open } of listed(only, values.family)) {
    write(
      `${id.padEnd(9)} ${model.padEnd(11)} ${title}${open === undefined ? "" : ` · OPEN: ${open}`}`,
    );
  }
} else {
  process.exitCode = (await playCatalogue(choose(only, values.family))) ? 0 : 1;
}

/** Whether everything held: what was not proven did not. */
async function playCatalogue(attacks: readonly Attack[]): Promise<boolean> {
  const say = values.json
    ? () => undefined
    : (line: string) => void process.stderr.write(`${line}\n`);
  const verdicts = await playAll({ attacks, millwright: ROOT, lanes: Number(values.lanes), say });
  if (!values.json) write(renderTable(verdicts));
  write(JSON.stringify(countOf(verdicts)));
  return verdicts.every(({ result }) => result === "refused" || result === "harmless");
}

function write(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** What is played: an open attack when its id is given. */
function choose(ids: readonly string[] | undefined, family: string | undefined): readonly Attack[] {
  return listed(ids, family).filter(({ id, open }) => open === undefined || ids?.includes(id));
}

/** Throws with what there is when nothing fits: a filter that matches nothing would prove nothing. */
function listed(ids: readonly string[] | undefined, family: string | undefined): readonly Attack[] {
  const chosen = CATALOGUE.filter(
    (attack) =>
      (ids?.includes(attack.id) ?? true) && (family === undefined || attack.family === family),
  );
  const unknown = ids?.find((id) => CATALOGUE.every((attack) => attack.id !== id));
  if (unknown !== undefined)
    throw new Error(`no attack is called ${unknown}: npm run redteam -- --list`);
  if (chosen.length === 0) throw new Error(`no attack fits; families are ${FAMILIES.join(", ")}`);
  return chosen;
}
