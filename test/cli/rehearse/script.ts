import { scriptOf as scriptOfChange } from "../../../src/cli/bench/script.ts";

/** A script in which the coder writes these files for the issue of this folder's tests, and may name the test that shows it. */
export function scriptOf(files: Readonly<Record<string, string>>, test?: string): string {
  return scriptOfChange({
    ...(test === undefined ? {} : { test }),
    goal: "A weight below 0 has no price",
    statement: "Given a weight of -1, when its price is asked for, then there is none",
    files,
  });
}
