/** What a page says may be endless. */
export function cut(text: string): string {
  return text.length <= 2_000 ? text : `${text.slice(0, 1_999).toWellFormed()}…`;
}
