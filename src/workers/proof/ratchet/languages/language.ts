import type { Grammar } from "../../../../ports/syntax.ts";

/**
 * Strength of an assertion: `equal` names the value; `partial` a part of it or a relation; `weak` only that there is
 * something, or that it is not one value; `recorded` the last recording.
 */
export type Strength = "equal" | "partial" | "weak" | "recorded";

/**
 * Names of calls and marks. `a.b` is the whole dotted path of a call, `()` standing for each call inside the path; `*.b`
 * is its last segment, `*.a.b` its last two.
 */
export type Names = readonly string[];

/** Names in one language and its test frameworks. */
export interface Language {
  readonly name: string;
  readonly files: RegExp;
  readonly grammar: (path: string) => Grammar;
  /** Declared functions that are tests: by name, or by a mark (decorator, attribute, annotation). */
  readonly testNames: RegExp | undefined;
  readonly testMarks: Names;
  /** Modifiers that exclude a marked function. */
  readonly unrun?: RegExp;
  /** Calls that declare a test, and that declare a group of tests, before any modifier. */
  readonly testCalls: Names;
  readonly groupCalls: Names;
  /** Marks, calls, options and modifiers of a test call. */
  readonly skip: Names;
  readonly skipWhen: Names;
  readonly focus: Names;
  readonly retry: Names;
  readonly sleep: Names;
  readonly assertions: Readonly<Record<string, Strength>>;
  /** Assertions with a tolerance, and whether a greater number is looser. */
  readonly tolerances: Readonly<Record<string, "greater" | "smaller">>;
  /** Prefixes of comments that switch a check off. */
  readonly suppressions: Names;
  /** Marks and calls that do. */
  readonly suppressionMarks: Names;
  /** Reads of the environment: calls, or accessed paths. */
  readonly environment: Names;
  readonly reads: Names;
  readonly spawns: Names;
  /** Extensions of this language's source files. */
  readonly sources: RegExp;
}
