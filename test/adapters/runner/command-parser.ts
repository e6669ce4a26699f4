/**
 * How the runner finds commands in a log line: `::name properties::data` at the start after trimming (version 2), and
 * `##[name properties]data` anywhere (version 1). After actions/runner `ActionCommand.cs` (TryParseV2, TryParse); any
 * name counts here, so that a name the runner does not know yet is found too.
 */
export function parseCommand(line: string): string | undefined {
  const trimmed = line.replace(/^[\s\u0085\uFEFF]+|[\s\u0085\uFEFF]+$/gu, "");
  if (trimmed.startsWith("::")) {
    const end = trimmed.indexOf("::", 2);
    if (end > 2) return trimmed.slice(2, end).trim().split(" ")[0];
  }
  const start = line.indexOf("##[");
  const end = start < 0 ? -1 : line.indexOf("]", start);
  if (end > start + 3)
    return line
      .slice(start + 3, end)
      .trim()
      .split(" ")[0];
  return undefined;
}

/** Splits as generously as any reader of the log might. */
export function commandsIn(log: string): readonly string[] {
  return log
    .split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/u)
    .flatMap((line) => parseCommand(line) ?? []);
}
