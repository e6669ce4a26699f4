import type { ModelTool } from "../../ports/model.ts";
import type { SandboxSession } from "../../ports/sandbox.ts";
import { TOOLBOX } from "./definitions.ts";
import {
  COMMAND_TIMEOUT_MS,
  MAXIMUM_COMMAND_TIMEOUT_MS,
  REQUEST_BYTES,
  ToolAnswer,
} from "./protocol.ts";

export interface RelayOptions {
  /** Tools to offer, by name; all if left out. */
  readonly only?: readonly string[];
  /** How long a tool other than a command may take, in ms. */
  readonly timeoutMs?: number;
}

/** Time of the sandbox beyond a command's own, to end it and to answer, in ms. */
const GRACE_MS = 10_000;

/**
 * The toolbox as tools of the model. The worker with the key only relays: calls go in as data, answers come back as
 * text, and no file of the workspace is opened outside (threats AG-04).
 */
export function toolsOf(session: SandboxSession, options: RelayOptions = {}): readonly ModelTool[] {
  const { only, timeoutMs = 60_000 } = options;
  return TOOLBOX.filter(({ name }) => only?.includes(name) ?? true).map((definition) => ({
    ...definition,
    run: (input) => relay(session, { tool: definition.name, input }, timeoutMs),
  }));
}

async function relay(
  session: SandboxSession,
  call: { readonly tool: string; readonly input: unknown },
  timeoutMs: number,
): Promise<string> {
  // A longer line could not be answered by its id, and would end the session.
  if (Buffer.byteLength(JSON.stringify(call)) > REQUEST_BYTES - 1_000) {
    throw new Error(`${call.tool}: the input is too long; write the file in parts`);
  }
  const limit = call.tool === "bash" ? commandTimeout(call.input) + GRACE_MS : timeoutMs;
  const parsed = ToolAnswer.safeParse(await session.request(call, limit));
  if (!parsed.success) throw new Error("the toolbox answered something that is no answer");
  if (!parsed.data.ok) throw new Error(`${parsed.data.text}${adviceOn(call)}`);
  return parsed.data.text;
}

/** The model sees hidden characters as `\\u{…}`, which differs from the file. */
function adviceOn(call: { readonly tool: string; readonly input: unknown }): string {
  const { tool, input } = call;
  if (tool !== "edit" || typeof input !== "object" || input === null) return "";
  const old = "old_string" in input ? String(input.old_string) : "";
  return /\\u\{[0-9a-f]+\}/.test(old)
    ? "; where \\u{…} stands for a character that cannot be seen, change that line by a bash command"
    : "";
}

function commandTimeout(input: unknown): number {
  const asked =
    typeof input === "object" && input !== null && "timeout_ms" in input ? input.timeout_ms : null;
  return typeof asked === "number"
    ? Math.min(Math.max(asked, 0), MAXIMUM_COMMAND_TIMEOUT_MS)
    : COMMAND_TIMEOUT_MS;
}
