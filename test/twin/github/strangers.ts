import { type Json, object } from "./description.ts";

interface Place {
  readonly resolve: (value: unknown) => unknown;
  readonly path: string;
}

/** Keys that no description of the value names: GitHub drops them without a word. */
export function strangersIn(schemas: readonly unknown[], value: unknown, place: Place): string[] {
  const known = schemas.flatMap((schema) => alternativesOf(schema, place.resolve));
  if (Array.isArray(value)) {
    const items = known.flatMap(({ items: one }) => (one === undefined ? [] : [one]));
    return value.flatMap((entry, index) =>
      strangersIn(items, entry, { ...place, path: `${place.path}/${index}` }),
    );
  }
  if (typeof value !== "object" || value === null) return [];
  const isOpen = known.some(
    ({ additionalProperties: more }) => more !== undefined && more !== false,
  );
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = `${place.path}/${key}`;
    const described = known.flatMap(({ properties }) => object(properties)[key] ?? []);
    if (described.length > 0) return strangersIn(described, inner, { ...place, path });
    return isOpen ? [] : [`${path} is not described`];
  });
}

function alternativesOf(schema: unknown, resolve: Place["resolve"]): readonly Json[] {
  const one = object(resolve(schema));
  const inner = [one.anyOf, one.oneOf, one.allOf].flatMap((list) =>
    Array.isArray(list) ? list : [],
  );
  return [one, ...inner.flatMap((each) => alternativesOf(each, resolve))];
}
