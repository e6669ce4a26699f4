import { parseArgs } from "node:util";
import { editDistance } from "../../src/domain/text/edit-distance.ts";
import { type Attack, FAMILIES } from "./attack.ts";
import { CATALOGUE } from "./catalogue.ts";
import type { Defence } from "./defence.ts";
import { DEFENCES } from "./defence-table.ts";

export const USAGE = `Plays attacks against the factory on the twin, whole line, and asks nine invariants after each.

npm run redteam -- [options]

  --list              say what would be played, and play nothing
  --only ID,ID        these alone
  --family FAMILY     one family: ${FAMILIES.join(", ")}
  --every N           of each family the first and each N-th after it; of defences the same, in the order of the table
  --defences          switch each defence off in turn: an attack must then land (--only takes ids of defences)
  --lanes N           so many at a time, 1 to 16; 2 when left out
  --json              the last line alone
  --help              this text

Exit 0 when everything held, 1 when something landed, leaked or was not played as it says, 2 when it was asked wrongly.`;

/** What was asked for; the ids are known ones. */
export interface Options {
  readonly only: readonly string[] | undefined;
  readonly family: string | undefined;
  /** Of each family the first and each N-th after it; 1 is all of them. */
  readonly every: number;
  readonly json: boolean;
  readonly list: boolean;
  readonly defences: boolean;
  readonly help: boolean;
  readonly lanes: number;
}

/** Two cores, and most of an attack is waiting for processes. */
const LANES = "2";

/** Reads the command line; a fault is one sentence on what is wrong and what there is. */
export function readOptions(
  words: readonly string[],
): { readonly options: Options } | { readonly fault: string } {
  let values: ReturnType<typeof parse>;
  try {
    values = parse(words);
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
  const { only, lanes, every, ...rest } = values;
  const options: Options = {
    ...rest,
    family: values.family,
    only: only?.split(",").filter((id) => id !== ""),
    lanes: Number(lanes),
    every: Number(every),
  };
  const fault = faultOf(options);
  return fault === undefined ? { options } : { fault };
}

function parse(words: readonly string[]) {
  const { values } = parseArgs({
    args: [...words],
    options: {
      only: { type: "string" },
      family: { type: "string" },
      json: { type: "boolean", default: false },
      list: { type: "boolean", default: false },
      defences: { type: "boolean", default: false },
      help: { type: "boolean", default: false, short: "h" },
      lanes: { type: "string", default: LANES },
      every: { type: "string", default: "1" },
    },
  });
  return values;
}

function faultOf({ only, family, lanes, every, defences }: Options): string | undefined {
  if (!isCount(every, CATALOGUE.length)) return "--every takes a whole number from 1.";
  if (!isCount(lanes, 16)) return "--lanes takes 1 to 16.";
  const families: readonly string[] = FAMILIES;
  if (family !== undefined && !families.includes(family))
    return unknown("family", family, families);
  const ids = (defences ? DEFENCES : CATALOGUE).map(({ id }) => id);
  const missing = only?.find((id) => !ids.includes(id));
  if (missing !== undefined) return unknown(defences ? "defence" : "attack", missing, ids);
  if (only?.length === 0) return "--only takes ids, with commas between them.";
  const fits = (attack: Attack) =>
    (only?.includes(attack.id) ?? true) && (family === undefined || attack.family === family);
  // A filter that matches nothing would prove nothing.
  return defences || CATALOGUE.some(fits) ? undefined : `None of these is of the family ${family}.`;
}

function isCount(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= most;
}

function unknown(what: string, found: string, known: readonly string[]): string {
  const far = (id: string) => editDistance(id.toLowerCase(), found.toLowerCase());
  const [nearest] = known.toSorted((left, right) => far(left) - far(right));
  return `No ${what} is called ${found}; the nearest is ${nearest}. --list says what there is.`;
}

/** What is played: an open attack when its id is given, or when it is only listed. */
export function chooseAttacks({ only, family, list, every }: Options): readonly Attack[] {
  const chosen = CATALOGUE.filter(
    (attack) =>
      (only?.includes(attack.id) ?? (list || attack.open === undefined)) &&
      (family === undefined || attack.family === family),
  );
  const families = [...Map.groupBy(chosen, (attack) => attack.family).values()];
  return families.flatMap((same) => same.filter((_attack, index) => index % every === 0));
}

export function chooseDefences({ only, every }: Options): readonly Defence[] {
  return DEFENCES.filter(({ id }) => only?.includes(id) ?? true).filter(
    (_defence, index) => index % every === 0,
  );
}
