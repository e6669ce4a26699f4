import type { Names } from "./languages/language.ts";

const made = new WeakMap<Names, ReadonlySet<string>>();

/** Whether a dotted path is one of the names; returns the name. */
export function nameIn(path: string, names: Names): string | undefined {
  if (names.length === 0) return undefined;
  const set = made.get(names) ?? new Set(names);
  made.set(names, set);
  return spelling(path, (one) => set.has(one));
}

/** Like `nameIn`, for a table by names. */
export function valueIn<Value>(
  path: string,
  table: Readonly<Record<string, Value>>,
): Value | undefined {
  const name = spelling(path, (one) => Object.hasOwn(table, one));
  return name === undefined ? undefined : table[name];
}

/** The whole path, its last two segments or its last one, whichever is known. */
function spelling(path: string, isKnown: (name: string) => boolean): string | undefined {
  if (isKnown(path)) return path;
  const last = path.lastIndexOf(".");
  if (last === -1) return undefined;
  const two = `*.${path.slice(path.lastIndexOf(".", last - 1) + 1)}`;
  if (isKnown(two)) return two;
  const one = `*.${path.slice(last + 1)}`;
  return isKnown(one) ? one : undefined;
}

/** The last segment of a dotted path. */
export function lastName(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}
