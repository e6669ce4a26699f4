/** A place in an answer: keys and indexes from the root. */
export type Place = readonly (string | number)[];

/** Every key of an answer, of each list in its first entry alone. */
export function placesIn(value: unknown, at: Place = []): readonly Place[] {
  if (Array.isArray(value)) return value.length === 0 ? [] : placesIn(value[0], [...at, 0]);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    [...at, key],
    ...placesIn(inner, [...at, key]),
  ]);
}

/** The answer without what stands at a place. */
export function without(answer: unknown, place: Place): unknown {
  const copy = structuredClone(answer);
  const parent = place
    .slice(0, -1)
    .reduce((inner, key) => (inner as Record<string | number, unknown>)[key], copy);
  delete (parent as Record<string | number, unknown>)[place.at(-1) ?? ""];
  return copy;
}

/** The answer with more keys in each of its objects. */
export function withMore(answer: unknown, more: Readonly<Record<string, unknown>>): unknown {
  if (Array.isArray(answer)) return answer.map((entry) => withMore(entry, more));
  if (typeof answer !== "object" || answer === null) return answer;
  const inner = Object.entries(answer).map(([key, value]) => [key, withMore(value, more)]);
  return { ...more, ...Object.fromEntries(inner) };
}
