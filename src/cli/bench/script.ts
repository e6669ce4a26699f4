/** A change that everybody agrees on: what is asked, in one checkable sentence, and the files that do it. */
export interface AgreedChange {
  readonly goal: string;
  readonly statement: string;
  /** Whole files by path. */
  readonly files: Readonly<Record<string, string>>;
  /** The test that shows it, as its runner names it. Left out, nothing is named, and a person is asked. */
  readonly test?: string;
}

/** A script (docs/script-format.md) in which the coder writes the files and all other roles agree. YAML reads JSON. */
export function scriptOf({ goal, statement, files, test }: AgreedChange): string {
  const paths = Object.keys(files);
  const contract = {
    goal,
    acceptance: [{ id: "AC1", statement, kind: "changes" }],
    nonGoals: [],
    context: { files: [], tests: [], docs: [], decisions: [], notFound: [] },
    tools: { mcp: [], readOnly: [], mutating: [], denied: [] },
    boundaries: { paths, commands: [], network: [], secrets: [] },
    checks: ["test"],
    stop: [],
    split: [],
    reviewNote: "Nothing else changes",
  };
  const verdict = {
    decision: "approve",
    summary: "It does what was asked",
    findings: [],
    assumptions: [],
    notVerified: [],
    smallestRollback: "Revert the merge commit",
    criteria: [{ id: "AC1", answer: "yes", evidence: "the new test" }],
    risk: "low",
  };
  const proofs = test === undefined ? {} : { proofs: [{ criterion: "AC1", tests: [test] }] };
  const calls = Object.entries(files).map(([path, content]) => ({
    tool: "write",
    input: { file_path: path, content },
  }));
  return JSON.stringify({
    version: 1,
    roles: {
      intake: [{ json: { result: { kind: "contract", contract } } }],
      architect: [{ json: { steps: ["Test it, then write it"], files: paths, risks: [] } }],
      coder: [{ calls }, { json: { summary: goal, assumptions: [], ...proofs } }],
      reviewer: [{ json: verdict }],
    },
  });
}
