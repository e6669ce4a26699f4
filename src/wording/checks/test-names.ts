import { counted } from "../figures.ts";

/** The most names that are shown; the others are counted. */
const NAMED = 3;

/** `2 tests (a; b)`. */
export function nameTests(names: readonly string[]): string {
  const shown = names
    .slice(0, NAMED)
    .map((name) => (name.length > 90 ? `${name.slice(0, 89)}…` : name));
  const more = names.length > NAMED ? [`and ${names.length - NAMED} more`] : [];
  const list = [...shown, ...more].join("; ").toWellFormed();
  return `${counted(names.length, "test")} (${list})`;
}
