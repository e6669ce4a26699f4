/** How a thing stands: `unknown` where it could not be looked at, which is no good news. */
export type State = "good" | "warning" | "bad" | "unknown";

/** What doctor says of one thing. */
export interface Finding {
  /** What was looked at, in a few words: the same in each run. */
  readonly about: string;
  readonly state: State;
  /** What was found. */
  readonly found: string;
  /** Why it matters; absent where all is well. */
  readonly why?: string;
  /** The command or click that mends it, or shows what could not be seen. A command stands between backticks. */
  readonly mend?: string;
}
