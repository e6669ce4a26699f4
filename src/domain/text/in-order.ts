/** None of them is undefined: that is the end of a list. */
type Known = NonNullable<unknown>;

/** What stands for any number of things, none included, and what for exactly this one. */
interface Reading<Sign, Thing> {
  isMany(sign: Sign): boolean;
  isOne(sign: Sign, thing: Thing): boolean;
}

/**
 * Whether the signs describe the things, in their order and all of them. Where a sign for many has taken too few, the last one
 * takes one more: earlier ones never have to be asked again, so that the time is bounded by one number times the other.
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
