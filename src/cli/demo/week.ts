import type { Window } from "../../measures/history/history.ts";
import type { ReadHistory } from "../report/read-history.ts";
import type { Terminal } from "../shared/terminal.ts";

export async function playWeek(_: {
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}): Promise<ReadHistory & { readonly window: Window }> {
  throw new Error("not yet");
}
