import { z } from "zod";
import { type Digest, digestOfValue } from "./digest.ts";
import { isVisible } from "./text/hidden-text.ts";

/** A single visible line: contracts are read by people and parsed back, so no field may span lines or hide anything (threats IN-02). */
const Line = z
  .string()
  .min(1)
  .max(500)
  .refine(isVisible, "must be one line in which every character is visible")
  .refine((text) => text.trim() === text, "must not begin or end with blanks");
const Lines = z.array(Line).max(30);

/**
 * Proof that a criterion needs; its writers name the tests and checks (`evidence/naming.ts`). `changes`: a named test
 * failed without the change and passes with it. `keeps`: the named tests pass without and with it. `gone`: the named
 * tests and symbols no longer exist, and nothing else fails. `command`: the named checks pass. `judgement`: the reviewer
 * or a person decides, and no machine proves it.
 */
export const KINDS = ["changes", "keeps", "gone", "command", "judgement"] as const;

/** `test` occurs in contracts and scripts older than the kinds. It does not say which way, so nothing proves it. */
export const CriterionKind = z.enum([...KINDS, "test"]);
export type CriterionKind = z.infer<typeof CriterionKind>;

export const Criterion = z.strictObject({
  id: z.string().regex(/^AC[1-9][0-9]?$/, "expected AC1 … AC99"),
  /** Given/when/then in one line, or a sentence that can be checked. */
  statement: Line,
  kind: CriterionKind,
  /** The interface is left open, so nobody can write its tests before the change exists. */
  shape: z.literal("open").optional(),
});
export type Criterion = z.infer<typeof Criterion>;

/**
 * The contract between the person who asked and everyone who works on it. It can only narrow the config: whatever
 * exceeds the config does not count.
 */
export const Contract = z.strictObject({
  goal: Line,
  acceptance: z
    .array(Criterion)
    .min(1)
    .max(15)
    .refine(
      (list) => new Set(list.map(({ id }) => id)).size === list.length,
      "criterion ids must differ",
    ),
  nonGoals: Lines,
  context: z.strictObject({
    files: Lines,
    tests: Lines,
    docs: Lines,
    decisions: Lines,
    notFound: Lines,
  }),
  tools: z.strictObject({ mcp: Lines, readOnly: Lines, mutating: Lines, denied: Lines }),
  boundaries: z.strictObject({ paths: Lines, commands: Lines, network: Lines, secrets: Lines }),
  /** Names of checks of the config that must pass. */
  checks: Lines,
  /** When to stop and ask. */
  stop: Lines,
  /** Work that belongs in separate issues. */
  split: Lines,
  /** What the reviewer should look at first; empty if nothing. */
  reviewNote: z.union([Line, z.literal("")]),
});
export type Contract = z.infer<typeof Contract>;

/** Whether only named tests can prove a criterion of this kind. */
export function asksForTests(kind: CriterionKind): boolean {
  return kind !== "command" && kind !== "judgement";
}

/** An empty contract. The schema refuses it until it has a goal and a criterion. */
export function emptyContract(): Contract {
  return {
    goal: "",
    acceptance: [],
    nonGoals: [],
    context: { files: [], tests: [], docs: [], decisions: [], notFound: [] },
    tools: { mcp: [], readOnly: [], mutating: [], denied: [] },
    boundaries: { paths: [], commands: [], network: [], secrets: [] },
    checks: [],
    stop: [],
    split: [],
    reviewNote: "",
  };
}

/** The digest an approval binds to. */
export function digestOfContract(contract: Contract): Digest {
  return digestOfValue(contract);
}
