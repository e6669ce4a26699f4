import { messageOf } from "../domain/text/message-of.ts";
import { ScriptError } from "../twin/model/script-faults.ts";
import { UsageError } from "./shared/usage-error.ts";

/** A person or the machine asked for the end, and everything was taken down. */
export class Interrupted extends Error {}

/** Says on standard error what went wrong, and answers 130 for an interruption, 2 for wrong usage, 1 for anything else. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof Interrupted) {
    process.stderr.write("\nStopped. Nothing is left running, nothing is left behind.\n");
    return 130;
  }
  const message = portTaken(error) ?? messageOf(error);
  const usage =
    error instanceof UsageError ||
    error instanceof ScriptError ||
    isArgumentError(error) ||
    portTaken(error) !== undefined;
  process.stderr.write(
    `${usage ? "millwright: " : ""}${message}\n${usage ? "Try `millwright --help`.\n" : ""}`,
  );
  return usage ? 2 : 1;
}

function isArgumentError(error: unknown): boolean {
  if (!(error instanceof Error) || !("code" in error)) return false;
  return String(error.code).startsWith("ERR_PARSE_ARGS");
}

/** Only `--port` asks for a port by its number, so a taken one is a person's to change. */
function portTaken(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error) || error.code !== "EADDRINUSE") return;
  const port = "port" in error ? String(error.port) : "asked for";
  return `--port: port ${port} is taken; choose another, or leave it out for a free one`;
}
