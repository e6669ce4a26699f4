/** Parsed text of which nothing is known yet: read it with `at`, `textAt`, `textsAt` and `keysAt`. */
export type Parsed = unknown;

/** What stands at the end of the keys; undefined when any of them is missing. */
export function at(value: Parsed, ...keys: readonly string[]): Parsed {
  let found = value;
  for (const key of keys) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, key)) return undefined;
    found = (found as Record<string, unknown>)[key];
  }
  return found;
}

export function textAt(value: Parsed, ...keys: readonly string[]): string | undefined {
  const found = at(value, ...keys);
  return typeof found === "string" ? found : undefined;
}

/** The texts of a list; everything else in it is left out. */
export function textsAt(value: Parsed, ...keys: readonly string[]): readonly string[] {
  const found = at(value, ...keys);
  return Array.isArray(found) ? found.filter((item) => typeof item === "string") : [];
}

/** The items of a list. */
export function itemsAt(value: Parsed, ...keys: readonly string[]): readonly Parsed[] {
  const found = at(value, ...keys);
  return Array.isArray(found) ? found : [];
}

/** The keys of a map; none for anything else. */
export function keysAt(value: Parsed, ...keys: readonly string[]): readonly string[] {
  const found = at(value, ...keys);
  return typeof found === "object" && found !== null && !Array.isArray(found)
    ? Object.keys(found)
    : [];
}
