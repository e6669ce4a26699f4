import type { CreateRunner } from "../../twin/shape.ts";

/** Parts that a caller in the same process may replace. */
export interface Parts {
  /** Runs the jobs of a demo or a rehearsal instead of the twin's own runner. */
  readonly runner?: CreateRunner;
}

/** What every command is given. */
export interface Context {
  /** The folder of this project. */
  readonly millwright: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly parts: Parts;
  /** The folder that relative paths of a command are relative to. */
  placeOf(command: string): string;
  /** To standard output as it is: for programs, and what somebody copies. */
  write(text: string): void;
  /** What was asked for, in lines for people, each broken at the width of the terminal. */
  say(text: string): void;
  /** Says which exit code the command ends with. */
  end(code: number): void;
}
