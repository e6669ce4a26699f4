/** Fields with a value: an unknown one is absent, never undefined. */
export function present<Fields extends object>(
  fields: Fields,
): { -readonly [Key in keyof Fields]?: Exclude<Fields[Key], undefined> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as ReturnType<typeof present<Fields>>;
}
