/** None of them is undefined, which marks the end of a list. */
type Known = NonNullable<unknown>;

/** A sign for any number of things, including none, and a sign for exactly this one. */
interface Reading<Sign, Thing> {
  isMany(sign: Sign): boolean;
  isOne(sign: Sign, thing: Thing): boolean;
}

/**
 * Whether the signs match all the things in order. If a sign for many has taken too few, the last such sign takes one
 * more. Earlier ones never have to be tried again, so the time is at most the product of both lengths.
 */
export function matchesInOrder<Sign extends Known, Thing extends Known>(
  signs: readonly Sign[],
  things: readonly Thing[],
  reading: Reading<Sign, Thing>,
): boolean {
  let at = 0;
  let next = 0;
  let many: { readonly sign: number; readonly thing: number } | undefined;
  for (let thing = things[next]; thing !== undefined; thing = things[next]) {
    const sign = signs[at];
    if (sign !== undefined && reading.isMany(sign)) {
      many = { sign: at, thing: next };
      at += 1;
    } else if (sign !== undefined && reading.isOne(sign, thing)) {
      at += 1;
      next += 1;
    } else if (many === undefined) return false;
    else {
      many = { ...many, thing: many.thing + 1 };
      at = many.sign + 1;
      next = many.thing;
    }
  }
  return signs.slice(at).every((sign) => reading.isMany(sign));
}
