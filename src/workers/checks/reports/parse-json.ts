import { ReportFault } from "./test-list.ts";

/** Most values in a report with the largest number of tests, each with all its details. */
const MOST_VALUES = 2_000_000;
const [QUOTE, BACKSLASH, COMMA, LIST, OBJECT] = [0x22, 0x5c, 0x2c, 0x5b, 0x7b];

/**
 * Parses a report in JSON. @throws ReportFault if it is invalid, or has more values than a report can need
 */
export function parseJson(text: string): unknown {
  refuseCrowd(text);
  try {
    return JSON.parse(text);
  } catch {
    throw new ReportFault("not JSON, or cut off");
  }
}

/**
 * Refuses more values than a report can need before objects are created: 32 MB of empty lists would take gigabytes, and
 * running out of memory cannot be caught. Text in strings does not count.
 */
function refuseCrowd(text: string): void {
  let values = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit === BACKSLASH) index += 1;
    else if (unit === QUOTE) quoted = !quoted;
    else if (!quoted && (unit === COMMA || unit === LIST || unit === OBJECT)) values += 1;
  }
  if (values > MOST_VALUES) throw new ReportFault(`JSON of more than ${MOST_VALUES} values`);
}
