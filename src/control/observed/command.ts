import { COMMAND_PREFIX, type Command, commandLine, commandsTaking } from "../../domain/command.ts";
import { PRIORITIES } from "../../domain/label.ts";

const ADDRESSED = new RegExp(`^${COMMAND_PREFIX}(?:[ \\t]|$)`);

/**
 * A stop is matched generously, because missing one costs more than one too many: in any case and with marks around it,
 * if the first word begins with it. Hidden or indented text does not count. Approvals are matched exactly.
 */
const STOPS = new RegExp(`^${COMMAND_PREFIX}[ \\t\\p{P}\\p{S}]{1,10}stop`, "iu");

/**
 * Reads the command of a comment, which has to be exactly on its first line with nothing before it (threats EV-07: no quotes, no
 * code blocks, no look-alikes). Undefined if the comment does not address the factory; `unknown` if it does but is not understood.
 */
export function readCommand(body: string): Command | undefined {
  const [first = "", ...rest] = body.replaceAll("\r\n", "\n").split("\n");
  if (STOPS.test(first)) return { name: "stop" };
  if (!ADDRESSED.test(first)) return undefined;
  return (
    readPlain(first) ??
    readWithVersion(first) ??
    readWithDigest(first) ??
    readWithPriority(first) ??
    readWithText(first, rest) ?? { name: "unknown", line: first.slice(0, 200) }
  );
}

function readPlain(first: string): Command | undefined {
  const said = withoutLastBlanks(first);
  const name = commandsTaking("nothing").find((one) => said === commandLine(one));
  return name === undefined ? undefined : { name };
}

function readWithVersion(first: string): Command | undefined {
  for (const name of commandsTaking("version")) {
    const said = /^(?: ([0-9a-f]{7,64}))?[ \t]*$/.exec(after(first, commandLine(name)) ?? "no");
    if (said !== null) return { name, ...(said[1] === undefined ? {} : { version: said[1] }) };
  }
  return undefined;
}

/** Searches from the end, because a pattern would take quadratic time on long blanks. */
function withoutLastBlanks(line: string): string {
  let end = line.length;
  while (line[end - 1] === " " || line[end - 1] === "\t") end -= 1;
  return line.slice(0, end);
}

function readWithDigest(first: string): Command | undefined {
  for (const name of commandsTaking("digest")) {
    const digest = /^ ([0-9a-f]{64})[ \t]*$/.exec(after(first, commandLine(name)) ?? "")?.[1];
    if (digest !== undefined) return { name, digest };
  }
  return undefined;
}

function readWithPriority(first: string): Command | undefined {
  for (const name of commandsTaking("priority")) {
    const said = /^ ([0-9])[ \t]*$/.exec(after(first, commandLine(name)) ?? "")?.[1];
    const priority = PRIORITIES.find((one) => `${one}` === said);
    if (priority !== undefined) return { name, priority };
  }
  return undefined;
}

/** The text follows on the same line, after blanks, or on the lines below. */
function readWithText(first: string, below: readonly string[]): Command | undefined {
  for (const name of commandsTaking("text")) {
    const tail = after(first, commandLine(name));
    const said = tail === undefined ? null : /^:?(?:[ \t](.*))?$/.exec(tail);
    const text = [said?.[1] ?? "", ...below].join("\n").trim();
    if (said !== null && text !== "") return { name, text };
  }
  return undefined;
}

function after(line: string, beginning: string): string | undefined {
  return line.startsWith(beginning) ? line.slice(beginning.length) : undefined;
}
