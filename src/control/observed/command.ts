import type { Digest } from "../../domain/digest.ts";

/** What a person can tell the factory in a comment. */
export const COMMANDS = ["approve", "rework", "retry", "stop", "resume", "status"] as const;
export type CommandName = (typeof COMMANDS)[number];

export type Command =
  | { readonly name: Exclude<CommandName, "rework"> }
  | { readonly name: "rework"; readonly text: string }
  /** A person allows exactly the dependency files that an attempt was refused for. */
  | { readonly name: "approve-lockfile"; readonly digest: Digest }
  | { readonly name: "unknown"; readonly line: string };

export const COMMAND_LIST =
  "`/factory approve`, `/factory approve lockfile …`, `/factory rework: …`, `/factory retry`, `/factory stop`, `/factory resume`, `/factory status`";

const WORD = /^\/factory(?:[ \t]|$)/;
const PLAIN = /^\/factory (approve|retry|stop|resume|status)[ \t]*$/;
const LOCKFILE = /^\/factory approve lockfile ([0-9a-f]{64})[ \t]*$/;
const REWORK = /^\/factory rework:?(?:[ \t]+(.*))?$/;

/**
 * The command of a comment: exactly on its first line, nothing before it (threats EV-07: no quotes, no code blocks, no
 * look-alikes). Undefined when the comment addresses nobody; `unknown` when it does and cannot be understood.
 */
export function readCommand(body: string): Command | undefined {
  const [first = "", ...rest] = body.replaceAll("\r\n", "\n").split("\n");
  if (!WORD.test(first)) return undefined;
  const plain = PLAIN.exec(first)?.[1];
  if (isPlain(plain)) return { name: plain };
  const digest = LOCKFILE.exec(first)?.[1];
  if (digest !== undefined) return { name: "approve-lockfile", digest };
  const rework = REWORK.exec(first);
  const text = [rework?.[1] ?? "", ...rest].join("\n").trim();
  if (rework !== null && text !== "") return { name: "rework", text };
  return { name: "unknown", line: first.slice(0, 200) };
}

function isPlain(name: string | undefined): name is Exclude<CommandName, "rework"> {
  return name !== undefined && name !== "rework" && COMMANDS.some((known) => known === name);
}
