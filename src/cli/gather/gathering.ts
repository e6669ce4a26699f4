import type { Context } from "../command/context.ts";
import type { GatherArguments } from "./arguments.ts";

/** What every gatherer is given here. */
export interface Gathering {
  readonly asked: GatherArguments;
  readonly context: Context;
  readonly signal: AbortSignal;
  /** Tells people who wait, and what could not be looked at. */
  readonly note: (text: string) => void;
}
