/** The deepest nest that is read; the deepest of our own formats has seven levels. */
const DEEPEST = 32;

/**
 * A JSON value from bytes of a stranger. Refuses what parsers read in two ways: bytes that are not UTF-8, a key that stands
 * twice in one object, `__proto__` (threats OUT-11); and nests that are deeper than anything we write. Linear in the size; the caller bounds that size first.
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

/** Walks the strings and braces of a text that is known to be valid JSON. */
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

/** A list has no keys, so it stands on the stack as undefined. */
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

/** The index of the quote that ends the string which begins at `start`; no regular expression, strings have megabytes. */
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
