import type { ToolCall } from "../calls.ts";
import type { Look } from "../look.ts";
import type { Gems } from "./gems.ts";

/** A Ruby project as its checks are made for it. */
export interface RubyProject {
  readonly look: Look;
  readonly gems: Gems;
  readonly calls: readonly ToolCall[];
  /** Before the name of a program: that of the bundle, else what stands on PATH. */
  readonly execute: string;
  readonly because: string;
}
