/** At most `maximum` UTF-16 units, with an ellipsis in place of the cut part, and without half surrogates. */
export function cut(text: string, maximum: number): string {
  const whole = text.toWellFormed();
  if (whole.length <= maximum) return whole;
  return `${whole.slice(0, maximum - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

/** The same for prose: cut at the end of a word, unless that would lose much. */
export function cutAtWord(text: string, maximum: number): string {
  const short = cut(text, maximum);
  if (short === text.toWellFormed()) return short;
  const end = short.search(/\s+\S*$/);
  return end < maximum * 0.7 ? short : `${short.slice(0, end)} …`;
}
