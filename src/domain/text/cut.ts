/** At most `maximum` UTF-16 units, an ellipsis in place of what was cut, no half surrogate left, no lone one kept. */
export function cut(text: string, maximum: number): string {
  const whole = text.toWellFormed();
  if (whole.length <= maximum) return whole;
  return `${whole.slice(0, maximum - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
