import type { ToolCall } from "../calls.ts";
import type { Look } from "../look.ts";

/** A PHP project as its checks are made for it. */
export interface PhpProject {
  readonly look: Look;
  /** Packages that composer.json or its lock file name. */
  readonly packages: ReadonlySet<string>;
  /** What CI and composer's scripts call. */
  readonly calls: readonly ToolCall[];
  /** Folder of the programs that packages bring. */
  readonly programs: string;
  readonly because: string;
}
