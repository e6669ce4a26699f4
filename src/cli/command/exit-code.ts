import { CommanderError, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { messageOf } from "../../domain/text/message-of.ts";
import { ScriptError } from "../../twin/model/script-faults.ts";
import { createTerminal, type Terminal } from "../shared/terminal.ts";
import { sayCommander } from "./say-commander.ts";
import { UsageError } from "./usage-error.ts";

/** A person or the machine asked for the end, and everything was taken down. */
export class Interrupted extends Error {}

/**
 * Says on standard error what went wrong, and answers 130 for an interruption, 2 for wrong usage, 1 for anything else.
 * @param command whose help says more; absent: the list of commands does
 */
export function exitCodeOf(error: unknown, command?: CommandUnknownOpts): number {
  const terminal = createTerminal(process.stderr, { quiet: false });
  if (error instanceof Interrupted) {
    terminal.line("\nStopped. Nothing is left running, nothing is left behind.");
    return 130;
  }
  // Help and version end this way, too.
  if (error instanceof CommanderError && error.exitCode === 0) return 0;
  const usage = usageOf(error, command);
  if (usage === undefined) {
    sayLines(terminal, messageOf(error));
    return 1;
  }
  const help = ["millwright", ...(command === undefined ? [] : [command.name()]), "--help"].join(
    " ",
  );
  sayLines(terminal, `millwright: ${usage}`);
  terminal.line(`Try \`${help}\`.`);
  return 2;
}

/** Sentences, and indented below them what somebody copies. */
export function sayLines(terminal: Pick<Terminal, "line" | "verbatim">, text: string): void {
  for (const line of text.split("\n")) {
    if (line.startsWith("  ")) terminal.verbatim(line);
    else terminal.line(line);
  }
}

/** What the caller got wrong, in words; undefined for anything else. */
function usageOf(error: unknown, command?: CommandUnknownOpts): string | undefined {
  if (error instanceof CommanderError) return sayCommander(error, command);
  if (error instanceof UsageError || error instanceof ScriptError) return error.message;
  return portTaken(error);
}

/** Only `--port` asks for a port by its number, so a taken one is a person's to change. */
function portTaken(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error) || error.code !== "EADDRINUSE") return;
  const port = "port" in error ? String(error.port) : "asked for";
  return `--port: port ${port} is taken; choose another, or leave it out for a free one`;
}
