import { parseArgs } from "node:util";
import { UsageError } from "../shared/usage-error.ts";
import { LINES, type LineName } from "./lines.ts";

export interface ChaosArguments {
  readonly lines: readonly LineName[];
  readonly every: number;
  /** Plays this one point alone, as the command names it. */
  readonly only?: string;
  readonly json: boolean;
}

/** Throws for what it does not know, and says what there is. */
export function readChaosArguments(argv: readonly string[]): ChaosArguments {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      every: { type: "string", default: "1" },
      lines: { type: "string", default: Object.keys(LINES).join(",") },
      only: { type: "string" },
      json: { type: "boolean", default: false },
    },
  });
  const { every, only, json } = values;
  if (!/^[1-9][0-9]{0,4}$/.test(every)) {
    throw new UsageError(`--every: expected a number from 1 to 99999, found "${every}"`);
  }
  const names = values.lines.split(",");
  const unknown = names.find((name) => !isLine(name));
  if (unknown !== undefined) {
    const known = Object.keys(LINES).join(", ");
    throw new UsageError(`--lines: there is no line "${unknown}"; there is: ${known}`);
  }
  const lines = names.filter(isLine);
  return { lines, every: Number(every), json, ...(only === undefined ? {} : { only }) };
}

function isLine(name: string): name is LineName {
  return Object.hasOwn(LINES, name);
}
