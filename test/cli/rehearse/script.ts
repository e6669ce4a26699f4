/** A script in which the coder writes these files and everybody else agrees. YAML reads JSON. */
export function scriptOf(change: Readonly<Record<string, string>>): string {
  const finish = (summary: string) => ({ json: { summary, assumptions: [] } });
  const contract = {
    goal: "A weight below 0 has no price",
    acceptance: [
      {
        id: "AC1",
        statement: "Given a weight of -1, when its price is asked for, then there is none",
        proof: "test",
      },
    ],
    nonGoals: [],
    context: { files: [], tests: [], docs: [], decisions: [], notFound: [] },
    tools: { mcp: [], readOnly: [], mutating: [], denied: [] },
    boundaries: { paths: Object.keys(change), commands: [], network: [], secrets: [] },
    checks: ["test"],
    stop: [],
    split: [],
    reviewNote: "The price of other weights stays",
  };
  const calls = Object.entries(change).map(([path, content]) => ({
    tool: "write",
    input: { file_path: path, content },
  }));
  return JSON.stringify({
    version: 1,
    roles: {
      intake: [{ json: { result: { kind: "contract", contract } } }],
      architect: [
        { json: { steps: ["Test it, then write it"], files: Object.keys(change), risks: [] } },
      ],
      coder: [{ calls }, finish("A weight below 0 has no price")],
      reviewer: [
        {
          json: {
            decision: "approve",
            summary: "It does what was asked",
            findings: [],
            assumptions: [],
            notVerified: [],
            smallestRollback: "Revert the merge commit",
            criteria: [{ id: "AC1", met: true, evidence: "the new test" }],
            risk: "low",
          },
        },
      ],
    },
  });
}
