import type { Pattern } from "./character-class.ts";
import { type PatternFault, parsePattern } from "./pattern-syntax.ts";

/**
 * Regular expressions that match in time linear in the text (Thompson's construction, simulated). A config's pattern is
 * applied to a server's body, and together they could keep JavaScript's own engine busy for hours (CWE-1333).
 */
export interface Matcher {
  /** Whether it matches anywhere in the text. */
  matches(text: string): boolean;
}

type Step =
  | { readonly kind: "set"; readonly has: (codePoint: number) => boolean }
  | { readonly kind: "start" | "end" }
  | { readonly kind: "match" }
  | { readonly kind: "split"; readonly to: readonly number[] };

/** Together with the 64 KiB of a body, this limits the work of one match. */
const MAXIMUM_STEPS = 500;

export function compilePattern(text: string): Matcher | PatternFault {
  const pattern = parsePattern(text);
  if ("fault" in pattern) return pattern;
  const steps: Step[] = [];
  if (!emit(pattern, steps))
    return { fault: `more than ${MAXIMUM_STEPS} steps when written out`, at: 0 };
  steps.push({ kind: "match" });
  return { matches: (body) => simulate(steps, body) };
}

/** Appends the program of a pattern; false if it grows too long. */
function emit(pattern: Pattern, steps: Step[]): boolean {
  if (steps.length > MAXIMUM_STEPS) return false;
  switch (pattern.kind) {
    case "set":
    case "start":
    case "end":
      steps.push(pattern);
      return true;
    case "sequence":
      return pattern.of.every((part) => emit(part, steps));
    case "choice":
      return emitChoice(pattern.of, steps);
    case "repeat":
      return emitRepeat(pattern, steps);
  }
}

function emitChoice(branches: readonly Pattern[], steps: Step[]): boolean {
  const [only] = branches;
  if (branches.length === 1 && only !== undefined) return emit(only, steps);
  const fork = steps.push(JUMP_LATER) - 1;
  const starts: number[] = [];
  const exits: number[] = [];
  for (const branch of branches) {
    starts.push(steps.length);
    if (!emit(branch, steps)) return false;
    exits.push(steps.push(JUMP_LATER) - 1);
  }
  steps[fork] = { kind: "split", to: starts };
  for (const exit of exits) steps[exit] = { kind: "split", to: [steps.length] };
  return true;
}

const JUMP_LATER: Step = { kind: "split", to: [] };

function emitRepeat(pattern: Extract<Pattern, { kind: "repeat" }>, steps: Step[]): boolean {
  for (let count = 0; count < pattern.least; count += 1) if (!emit(pattern.of, steps)) return false;
  if (pattern.most === Number.POSITIVE_INFINITY) {
    const fork = steps.push(JUMP_LATER) - 1;
    if (!emit(pattern.of, steps)) return false;
    steps.push({ kind: "split", to: [fork] });
    steps[fork] = { kind: "split", to: [fork + 1, steps.length] };
    return true;
  }
  const forks: number[] = [];
  for (let count = pattern.least; count < pattern.most; count += 1) {
    forks.push(steps.push(JUMP_LATER) - 1);
    if (!emit(pattern.of, steps)) return false;
  }
  for (const fork of forks) steps[fork] = { kind: "split", to: [fork + 1, steps.length] };
  return true;
}

function simulate(steps: readonly Step[], text: string): boolean {
  const letters = [...text];
  let current = new Set<number>();
  for (let at = 0; at <= letters.length; at += 1) {
    // Unanchored: a new attempt begins at every character.
    const edge = { first: at === 0, last: at === letters.length };
    const reached = close([...current, 0], steps, edge);
    if (reached.matched) return true;
    const codePoint = letters[at]?.codePointAt(0);
    current = new Set();
    if (codePoint === undefined) continue;
    for (const { step, index } of reached.waiting) if (step.has(codePoint)) current.add(index + 1);
  }
  return false;
}

interface Reached {
  readonly matched: boolean;
  readonly waiting: readonly {
    readonly step: Extract<Step, { kind: "set" }>;
    readonly index: number;
  }[];
}

/** Follows every step that consumes no character, visiting each once. */
function close(
  from: readonly number[],
  steps: readonly Step[],
  edge: { readonly first: boolean; readonly last: boolean },
): Reached {
  const seen = new Set<number>();
  const open = [...from];
  const waiting: { readonly step: Extract<Step, { kind: "set" }>; readonly index: number }[] = [];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    const step = steps[index];
    if (step === undefined || seen.has(index)) continue;
    seen.add(index);
    if (step.kind === "match") return { matched: true, waiting };
    if (step.kind === "set") waiting.push({ step, index });
    else open.push(...stepsAfter(step, index, edge));
  }
  return { matched: false, waiting };
}

/** Targets of a step that consumes nothing. */
function stepsAfter(
  step: Exclude<Step, { kind: "set" | "match" }>,
  index: number,
  edge: { readonly first: boolean; readonly last: boolean },
): readonly number[] {
  if (step.kind === "split") return step.to;
  const holds = step.kind === "start" ? edge.first : edge.last;
  return holds ? [index + 1] : [];
}
