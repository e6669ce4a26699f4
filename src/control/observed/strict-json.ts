/** The deepest nesting that is read. The deepest of our own formats has seven levels. */
const DEEPEST = 32;

/**
 * Parses JSON from untrusted bytes. Refuses what parsers read differently: bytes that are not UTF-8, a duplicate key in an object,
 * `__proto__` (threats OUT-11); and nesting deeper than anything we write. Linear in the size, which the caller limits first.
 */
export function parseStrictJson(
  bytes: Uint8Array,
): { readonly value: unknown } | { readonly fault: string } {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    const fault = faultOfKeys(text);
    return fault === undefined ? { value } : { fault };
  } catch {
    return { fault: "not one JSON value in UTF-8" };
  }
}

/** Walks the strings and braces of a text known to be valid JSON. */
function faultOfKeys(text: string): string | undefined {
  const open: (Set<string> | undefined)[] = [];
  const token = /["{}[\]]/g;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    if (match[0] !== '"') {
      step(open, match[0]);
      if (open.length > DEEPEST) return `a nest of more than ${DEEPEST} levels`;
      continue;
    }
    const end = endOfString(text, match.index);
    token.lastIndex = end + 1;
    if (!isKey(text, end)) continue;
    const fault = faultOfKey(String(JSON.parse(text.slice(match.index, end + 1))), open.at(-1));
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** A list has no keys, so it is on the stack as undefined. */
function step(open: (Set<string> | undefined)[], bracket: string): void {
  if (bracket === "{") open.push(new Set());
  else if (bracket === "[") open.push(undefined);
  else open.pop();
}

function faultOfKey(key: string, keys: Set<string> | undefined): string | undefined {
  if (key === "__proto__") return 'the key "__proto__"';
  if (keys?.has(key)) return `the key ${JSON.stringify(key).slice(0, 100)} twice`;
  keys?.add(key);
  return undefined;
}

/** Index of the quote that closes the string beginning at `start`. No regular expression, because strings may have megabytes. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === "\\") backslashes += 1;
  return backslashes % 2 === 1;
}

function isKey(text: string, end: number): boolean {
  let at = end + 1;
  while (/\s/.test(text[at] ?? "")) at += 1;
  return text[at] === ":";
}
