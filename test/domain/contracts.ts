import fc from "fast-check";
import { Contract, CriterionKind } from "../../src/domain/contract.ts";
import { HOSTILE } from "../wording/hostile-text.ts";

/** A small contract of a real-looking issue. */
export const CONTRACT: Contract = {
  goal: "The list shows archived notes when asked",
  acceptance: [
    {
      id: "AC1",
      statement: "Given an archived note, GET /notes?archived=1 lists it",
      kind: "changes",
    },
    { id: "AC2", statement: "npm run lint passes", kind: "command" },
    { id: "AC3", statement: "The README says how", kind: "judgement" },
  ],
  nonGoals: ["No change of the database"],
  context: {
    files: ["src/notes.ts"],
    tests: ["test/notes.test.ts"],
    docs: [],
    decisions: [],
    notFound: ["an API description"],
  },
  tools: { mcp: [], readOnly: ["grep"], mutating: ["edit"], denied: [] },
  boundaries: { paths: ["src/**", "test/**"], commands: ["npm test"], network: [], secrets: [] },
  checks: ["lint", "test"],
  stop: ["The route exists already"],
  split: [],
  reviewNote: "Look at paging first",
};

function isLine(text: string): boolean {
  return Contract.shape.goal.safeParse(text).success;
}

/** Any line that a contract may hold, dense in what its Markdown could trip over. */
function line(): fc.Arbitrary<string> {
  return fc
    .oneof(
      fc.constantFrom(
        ...HOSTILE,
        "`",
        "`` ` ``",
        "#### Acceptance",
        "**Goal** ` x `",
        "- ` x `",
        "---",
        "$& $1 $`",
      ),
      fc.string({ unit: fc.constantFrom(..."` *#-_a1|\\<é漢🙂".split(/(?:)/u)), maxLength: 20 }),
      fc.string({ unit: "grapheme", maxLength: 40 }),
    )
    .map((text) => text.trim())
    .filter(isLine);
}

export function anyContract(): fc.Arbitrary<Contract> {
  const lines = fc.array(line(), { maxLength: 3 });
  return fc.record({
    goal: line(),
    acceptance: fc.uniqueArray(
      fc.record({
        id: fc.integer({ min: 1, max: 99 }).map((number) => `AC${number}`),
        statement: line(),
        kind: fc.constantFrom(...CriterionKind.options),
      }),
      { minLength: 1, maxLength: 15, selector: ({ id }) => id },
    ),
    nonGoals: lines,
    context: fc.record({
      files: lines,
      tests: lines,
      docs: lines,
      decisions: lines,
      notFound: lines,
    }),
    tools: fc.record({ mcp: lines, readOnly: lines, mutating: lines, denied: lines }),
    boundaries: fc.record({ paths: lines, commands: lines, network: lines, secrets: lines }),
    checks: lines,
    stop: lines,
    split: lines,
    reviewNote: fc.oneof(fc.constant(""), line()),
  });
}
