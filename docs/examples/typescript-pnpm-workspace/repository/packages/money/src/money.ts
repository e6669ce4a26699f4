/** An amount in cents, as people read it. */
export function format(cents: number): string {
  return `${Math.trunc(cents / 100)}.${cents % 100}`;
}
