import { GATHERED_BYTES, Gathered, MeasureName } from "../../domain/loop/gathered.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { cut } from "../../domain/text/cut.ts";
import { messageOf } from "../../domain/text/message-of.ts";
import type { SandboxResult, Workspace } from "../../ports/sandbox.ts";

/** Where the workspace has a gatherer's input and output. */
const FOLDER = ".millwright";
export const SHOWN = `${FOLDER}/visible.json`;
const PRINTED = `${FOLDER}/printed`;
/** A figure is one line. */
const FIGURE_BYTES = 1_000;
const TAIL = 1_000;

/** One command of a loop. */
export interface LoopCommand {
  readonly what: string;
  readonly command: string;
  readonly timeoutMs: number;
}

/** A command's standard output, or why it cannot be used. */
type Printed = { readonly bytes: Uint8Array; readonly durationMs: number };

/**
 * Runs a command without a network and reads its standard output; standard error is reported only if it fails. The
 * command finds its view of GitHub in the file that MILLWRIGHT_VISIBLE names.
 */
async function print(
  workspace: Workspace,
  { what, command, timeoutMs }: LoopCommand,
  maximumBytes: number,
): Promise<Printed | { readonly refusal: Refusal }> {
  const result = await workspace.run({
    // The line is an argument, so none of it is parsed as part of our command.
    command: `bash -c "$1" > ${PRINTED}`,
    arguments: [command],
    timeoutMs,
    environment: { MILLWRIGHT_VISIBLE: SHOWN },
  });
  if (result.status === "timed-out" || result.exitCode !== 0) {
    return { refusal: refuse(what, sayExit(result, timeoutMs), "exit code 0") };
  }
  const bytes = await workspace.readFile(PRINTED, maximumBytes + 1);
  if (bytes === undefined) return { refusal: refuse(what, "its output is no file any more") };
  if (bytes.length > maximumBytes) {
    return { refusal: refuse(what, `more than ${maximumBytes} bytes`, "less output") };
  }
  return { bytes, durationMs: result.durationMs };
}

/** Runs the gatherer. Anything but one document of the fixed form is refused, with the place of the first fault. */
export async function gather(
  workspace: Workspace,
  command: LoopCommand,
): Promise<
  { readonly gathered: Gathered; readonly durationMs: number } | { readonly refusal: Refusal }
> {
  const printed = await print(workspace, command, GATHERED_BYTES);
  if ("refusal" in printed) return printed;
  const read = readGathered(printed.bytes);
  return "fault" in read
    ? { refusal: refuse(command.what, read.fault, "one JSON document of items and measures") }
    : { gathered: read.gathered, durationMs: printed.durationMs };
}

/** A gatherer's document from its bytes, or its first fault in words. */
export function readGathered(
  bytes: Uint8Array,
): { readonly gathered: Gathered } | { readonly fault: string } {
  const value = parse(bytes);
  if ("fault" in value) return value;
  const parsed = Gathered.safeParse(value.json);
  if (parsed.success) return { gathered: parsed.data };
  const [issue] = parsed.error.issues;
  const place = issue?.path.map(String).join(".") ?? "";
  return { fault: `${place === "" ? "" : `${place}: `}${issue?.message ?? "not readable"}` };
}

function parse(bytes: Uint8Array): { readonly json: unknown } | { readonly fault: string } {
  try {
    return { json: JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) };
  } catch (error) {
    return { fault: `not one JSON value in UTF-8: ${messageOf(error)}` };
  }
}

/** Runs a command that prints one figure. */
export async function measure(
  workspace: Workspace,
  command: LoopCommand,
): Promise<
  { readonly value: number; readonly durationMs: number } | { readonly refusal: Refusal }
> {
  const printed = await print(workspace, command, FIGURE_BYTES);
  if ("refusal" in printed) return printed;
  const text = new TextDecoder().decode(printed.bytes).trim();
  const isFigure = /^-?[0-9]{1,15}(\.[0-9]{1,9})?$/.test(text);
  return isFigure
    ? { value: Number(text), durationMs: printed.durationMs }
    : { refusal: refuse(command.what, cut(text, 200) || "no output", "one number") };
}

function sayExit(result: SandboxResult, timeoutMs: number): string {
  const how =
    result.status === "timed-out"
      ? `killed after ${Math.round(timeoutMs / 1_000)} s`
      : `exit code ${result.exitCode ?? "none"}`;
  const said = result.output.trim().slice(-TAIL);
  return said === "" ? how : `${how}: ${said}`;
}

function refuse(what: string, found: string, accepted?: string): Refusal {
  const subject = MeasureName.safeParse(what).success ? what : "gather";
  return {
    code: "nothing-produced",
    subject: subject === "gather" ? "the gatherer" : `the measure ${subject}`,
    found: cut(found, 2_000),
    ...(accepted === undefined ? {} : { accepted }),
  };
}
