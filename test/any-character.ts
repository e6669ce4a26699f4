import fc from "fast-check";

const LAST = 0x10ffff;
const FIRST_SURROGATE = 0xd800;
const SURROGATES = 0x800;

/**
 * Any code point but half of a pair, as fast-check's unit "binary". That one writes down all 1,112,064 of them once for each
 * kind of string that is made, which takes longer than the properties. As with that one, strings such as `__proto__` come up
 * more often than by chance, because a character leads back to its number.
 */
export const ANY_CHARACTER = fc.integer({ min: 0, max: LAST - SURROGATES }).map(
  (index) => String.fromCodePoint(index < FIRST_SURROGATE ? index : index + SURROGATES),
  (character) => {
    const [point, more] = typeof character === "string" ? [...character] : [];
    const code = point?.codePointAt(0);
    if (code === undefined || more !== undefined) throw new Error("expected one character");
    return code < FIRST_SURROGATE ? code : code - SURROGATES;
  },
);
