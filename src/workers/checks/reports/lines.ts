/** Lines of a text, one at a time, because a list of all would take many times the memory. */
export function* linesOf(text: string): Generator<string, void> {
  let start = 0;
  while (start <= text.length) {
    const end = text.indexOf("\n", start);
    const stop = end === -1 ? text.length : end;
    yield text.slice(start, text.charCodeAt(stop - 1) === 13 && stop > start ? stop - 1 : stop);
    start = stop + 1;
  }
}
