import { Argument, Option } from "@commander-js/extra-typings";
import { nearestKey } from "../../domain/config/faults.ts";
import { UsageError } from "./usage-error.ts";

/** Reads a whole number from a range. Throws UsageError for anything else, with the name of the option. */
export function wholeNumber(
  option: string,
  [least, most]: readonly [number, number],
): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^[0-9]{1,10}$/.test(text) && number >= least && number <= most) return number;
    throw new UsageError(
      `${option}: expected a whole number from ${least} to ${most}, found "${text}"`,
    );
  };
}

/** Reads one of a list: of an option, or of a word without one. Throws UsageError for anything else, with the nearest of the list, or else all of it. */
export function oneOf<Name extends string>(
  option: string | undefined,
  known: readonly Name[],
): (text: string) => Name {
  return (text) => {
    const found = known.find((name) => name === text);
    if (found !== undefined) return found;
    const nearest = nearestKey(text, known);
    const hint = nearest === undefined ? "" : ` Did you mean "${nearest}"?`;
    const place = option === undefined ? "" : `${option}: `;
    throw new UsageError(`${place}there is no "${text}".${hint} Choose from: ${known.join(", ")}`);
  };
}

/** An option that completion knows the values of, and that `read` reads. */
export function listed<Flags extends string, Value>(
  flags: Flags,
  description: string,
  values: readonly string[],
  read: (text: string) => Value,
) {
  return new Option(flags, description).choices(values).argParser(read);
}

/** A word that a command needs, one of a list that help and completion know. */
export function listedArgument<const Name extends string>(
  name: string,
  description: string,
  values: readonly Name[],
) {
  return new Argument(`<${name}>`, description).choices(values).argParser(oneOf(undefined, values));
}
