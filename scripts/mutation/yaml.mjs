/** yaml for many runs of the same tests: a valid text is parsed once. Nobody changes the result. */
import * as yaml from "../../node_modules/yaml/dist/index.js";

// biome-ignore lint/performance/noBarrelFile: it stands in the place of the package
export * from "../../node_modules/yaml/dist/index.js";

const parsed = new Map();

export function parseDocument(text, options = {}) {
  const { lineCounter, ...rest } = options;
  const key = JSON.stringify([text, rest]);
  const known = parsed.get(key) ?? parse(text, rest);
  if (known.document.errors.length === 0) parsed.set(key, known);
  if (lineCounter !== undefined) lineCounter.lineStarts = [...known.lineStarts];
  return known.document;
}

function parse(text, options) {
  const lineCounter = new yaml.LineCounter();
  const document = yaml.parseDocument(text, { ...options, lineCounter });
  return { document, lineStarts: lineCounter.lineStarts };
}
