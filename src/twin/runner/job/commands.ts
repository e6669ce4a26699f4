/**
 * Workflow commands in output, parsed as actions/runner parses them (ActionCommand.TryParseV2, then TryParse):
 * `::name key=value::data` at the start of a line once it is trimmed, and `##[name key=value;]data` anywhere in it.
 * Source: github.com/actions/runner src/Runner.Common/ActionCommand.cs
 */
export interface Command {
  /** Lower case. */
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

export const COMMAND_NAMES = [
  "add-mask",
  "add-matcher",
  "add-path",
  "debug",
  "echo",
  "endgroup",
  "error",
  "group",
  "notice",
  "remove-matcher",
  "save-state",
  "set-env",
  "set-output",
  "stop-commands",
  "warning",
] as const;

/** The command in a line, or undefined. `extraName` is the token that ends stop-commands. */
export function parseCommand(line: string, extraName?: string): Command | undefined {
  const names = new Set<string>(COMMAND_NAMES);
  if (extraName !== undefined) {
    names.add(extraName.toLowerCase());
  }
  return parseColonForm(line, names) ?? parseBracketForm(line, names);
}

function parseColonForm(line: string, names: ReadonlySet<string>): Command | undefined {
  const trimmed = line.trimStart();
  const end = trimmed.startsWith("::") ? trimmed.indexOf("::", 2) : -1;
  if (end < 0) {
    return undefined;
  }
  const { name, rest } = splitHead(trimmed.slice(2, end));
  return names.has(name)
    ? {
        name,
        properties: propertiesOf(rest, ",", COLON_PROPERTY),
        data: unescaped(trimmed.slice(end + 2), COLON_DATA),
      }
    : undefined;
}

function parseBracketForm(line: string, names: ReadonlySet<string>): Command | undefined {
  const start = line.indexOf("##[");
  const end = start < 0 ? -1 : line.indexOf("]", start);
  if (end < 0) {
    return undefined;
  }
  const { name, rest } = splitHead(line.slice(start + 3, end));
  return names.has(name)
    ? {
        name,
        properties: propertiesOf(rest, ";", BRACKET),
        data: unescaped(line.slice(end + 1), BRACKET),
      }
    : undefined;
}

type Escapes = readonly (readonly [string, string])[];

// "%25" comes last: its result must not be unescaped again.
const COLON_DATA: Escapes = [
  ["%0D", "\r"],
  ["%0A", "\n"],
  ["%25", "%"],
];
const COLON_PROPERTY: Escapes = [
  ["%0D", "\r"],
  ["%0A", "\n"],
  ["%3A", ":"],
  ["%2C", ","],
  ["%25", "%"],
];
const BRACKET: Escapes = [
  ["%3B", ";"],
  ["%0D", "\r"],
  ["%0A", "\n"],
  ["%5D", "]"],
];

function splitHead(head: string): { readonly name: string; readonly rest: string } {
  const space = head.indexOf(" ");
  return space < 0
    ? { name: head.toLowerCase(), rest: "" }
    : { name: head.slice(0, space).toLowerCase(), rest: head.slice(space + 1) };
}

function propertiesOf(text: string, separator: string, escapes: Escapes): Record<string, string> {
  const properties: Record<string, string> = {};
  for (const pair of text.trim().split(separator)) {
    const equals = pair.indexOf("=");
    if (equals > 0) {
      properties[pair.slice(0, equals).trim()] = unescaped(pair.slice(equals + 1), escapes);
    }
  }
  return properties;
}

function unescaped(text: string, escapes: Escapes): string {
  return escapes.reduce((result, [from, to]) => result.replaceAll(from, to), text);
}
