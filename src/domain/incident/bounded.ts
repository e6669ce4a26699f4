import { z } from "zod";

/** One line of a limited number of UTF-16 units. Longer texts are cut, other kinds of value are refused. */
export function line(most: number) {
  return z.string().transform((text) => cutLine(text, most));
}

/** Like `line`, for an optional value: empty, null and other kinds of value are all unknown. */
export function maybeLine(most: number) {
  return z
    .unknown()
    .optional()
    .transform((value) => (typeof value === "string" ? cutLine(value, most) : ""))
    .transform((text) => (text === "" ? undefined : text));
}

/** A line that must not be empty. */
export function namedLine(most: number) {
  return line(most).refine((text) => text !== "", "expected a text that is not empty");
}

/** A whole number up to a billion, also as digits; anything else is unknown. */
export const maybeCount = z
  .unknown()
  .optional()
  .transform((value) => {
    const digits = typeof value === "string" && /^[0-9]{1,10}$/.test(value) ? Number(value) : value;
    const isCount = typeof digits === "number" && Number.isInteger(digits) && digits > 0;
    return isCount && digits <= 1_000_000_000 ? digits : undefined;
  });

/** The last items of a list, up to a limit; the others are not read. Anything else is an empty list. */
export function lastOf<Item extends z.ZodType>(item: Item, most: number) {
  return z
    .unknown()
    .optional()
    .transform((value) => (Array.isArray(value) ? value.slice(-most) : []))
    .pipe(z.array(item.nullable().catch(null)));
}

/** One line of well-formed text: blanks and control characters become one blank each, then it is cut. */
export function cutLine(text: string, most: number): string {
  // Reads twice the limit, because blanks are folded before the text is cut.
  return text
    .slice(0, most * 2)
    .toWellFormed()
    .normalize("NFC")
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim()
    .slice(0, most)
    .toWellFormed();
}
