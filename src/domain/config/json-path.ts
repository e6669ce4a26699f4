/** One step into a value: a member by its name, or an element by its index, from the end if negative. */
export type Step = string | number;

const STEP =
  /\.([\p{L}_][\p{L}\p{N}_-]*)|\['((?:[^'\\]|\\['\\])*)'\]|\["((?:[^"\\]|\\["\\])*)"\]|\[(0|-?[1-9][0-9]{0,8})\]/uy;

/** Steps of a singular query of RFC 9535, `$.db[0]['state']`, which names one value; undefined for all else. */
export function readJsonPath(path: string): readonly Step[] | undefined {
  if (!path.startsWith("$")) return undefined;
  const steps: Step[] = [];
  for (let at = 1; at < path.length; at = STEP.lastIndex) {
    STEP.lastIndex = at;
    const found = STEP.exec(path);
    if (found === null) return undefined;
    const [, name, single, double, index] = found;
    const quoted = single ?? double;
    steps.push(name ?? quoted?.replace(/\\(.)/g, "$1") ?? Number(index));
  }
  return steps;
}

/** The value at that place; undefined if there is none, because JSON has no such value. */
export function valueAt(value: unknown, steps: readonly Step[]): unknown {
  let here = value;
  for (const step of steps) {
    if (typeof step === "number") here = Array.isArray(here) ? here.at(step) : undefined;
    else here = memberOf(here, step);
    if (here === undefined) return undefined;
  }
  return here;
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
