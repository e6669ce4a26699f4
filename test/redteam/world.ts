import { readFile } from "node:fs/promises";
import { stringify } from "yaml";
import { CONFIG, FILES, ISSUE } from "../line/repository.ts";
import type { Roles, World } from "./attack.ts";

/** Where attacks play: the greeter of the lines, whose check takes a tenth of a second. */
export const USUAL_ISSUE = ISSUE;

export async function filesOf(
  root: string,
  world: World,
): Promise<Readonly<Record<string, string | Uint8Array>>> {
  const latin1 = Object.entries(world.latin1 ?? {});
  return {
    ...FILES,
    ".github/factory.yml": stringify({ ...CONFIG, limits: { attempts: 1 }, ...world.config }),
    ".github/workflows/factory.yml": await readFile(
      `${root}/workflow-templates/factory.yml`,
      "utf8",
    ),
    ...world.files,
    ...Object.fromEntries(latin1.map(([path, text]) => [path, Buffer.from(text, "latin1")])),
  };
}

/** A contract over the greeter; attacks change single keys of it. */
export const CONTRACT = {
  goal: "A greeting without a name names nobody",
  acceptance: [
    {
      id: "AC1",
      statement: "Given no name, when greet is called, then it answers Hello",
      kind: "changes",
    },
  ],
  nonGoals: [],
  context: {
    files: ["src/greet.js"],
    tests: ["test/greet.test.js"],
    docs: [],
    decisions: [],
    notFound: [],
  },
  tools: { mcp: [], readOnly: [], mutating: [], denied: [] },
  boundaries: { paths: ["src/**", "test/**"], commands: [], network: [], secrets: [] },
  checks: ["test"],
  stop: [],
  split: [],
  reviewNote: "",
};

/** Turn of intake: this contract. */
export function proposes(contract: Readonly<Record<string, unknown>> = {}): unknown {
  return { json: { result: { kind: "contract", contract: { ...CONTRACT, ...contract } } } };
}

/** Calls of the coder that do what the usual issue asks for: an attack hides behind good work. */
export const GOOD_WORK: readonly unknown[] = [
  {
    tool: "edit",
    input: {
      file_path: "test/greet.test.js",
      old_string: 'test("parts by name"',
      new_string:
        'test("greets nobody by no name", () => {\n  assert.equal(greet(), "Hello");\n});\n\ntest("parts by name"',
    },
  },
  {
    tool: "edit",
    input: {
      file_path: "src/greet.js",
      old_string: 'return "Hello " + name;',
      new_string: 'return name === undefined ? "Hello" : "Hello " + name;',
    },
  },
];

/** The test of the good work, by its title and, where a runner names files, by file and title. */
const PROOFS = [
  {
    criterion: "AC1",
    tests: ["greets nobody by no name", "test/greet.test.js > greets nobody by no name"],
  },
];

export const SAYS_DONE = {
  json: { summary: "greet answers Hello without a name.", assumptions: [], proofs: PROOFS },
};

export const APPROVES = {
  decision: "approve",
  summary: "It does what the contract asks.",
  findings: [],
  assumptions: [],
  notVerified: [],
  smallestRollback: "Revert the commit.",
  criteria: [
    {
      id: "AC1",
      answer: "yes",
      evidence: "test/greet.test.js",
      quotes: [{ path: "test/greet.test.js", line: 10, text: 'assert.equal(greet(), "Hello");' }],
    },
  ],
  risk: "low",
};

export const HAPPY: Roles = {
  intake: [proposes()],
  architect: [
    {
      json: {
        steps: ["Show it in a test", "Answer without a name"],
        files: ["src/greet.js", "test/greet.test.js"],
        risks: [],
      },
    },
  ],
  coder: [{ calls: GOOD_WORK }, SAYS_DONE],
  reviewer: [{ json: APPROVES }],
};

/** A coder that does the work, then these commands in the sandbox, one turn each. */
export function coderRuns(...commands: readonly string[]): readonly unknown[] {
  return [
    { calls: GOOD_WORK },
    ...commands.map((command) => ({ calls: [{ tool: "bash", input: { command } }] })),
    SAYS_DONE,
  ];
}
