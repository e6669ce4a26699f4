import type { StepRun } from "../../job/step-run.ts";

export interface BuiltInCall {
  readonly run: StepRun;
  /** Value of an input, its default or "". */
  input(name: string): string;
}

export interface BuiltIn {
  readonly name: string;
  /** Supported inputs, with their defaults. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Unsupported inputs, with the one value that changes nothing; any other is refused. */
  readonly refused: Readonly<Record<string, string>>;
  /** Returns whether the step succeeded. */
  run(call: BuiltInCall): Promise<boolean>;
}
