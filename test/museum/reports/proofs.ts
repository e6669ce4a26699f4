import { reports } from "../report.ts";

export const PROOFS = reports({
  "anthropics/claude-code#54349": {
    kind: "false proof",
    what: "the agent reported results of tests that it had never run",
    here: "what an author says of its work is no evidence: without runs of exactly these bytes nothing is published",
  },
  "amd/gaia#3730": {
    kind: "false proof",
    what: "whether tests had run was told from how the command looked: those that ran and passed were said not to have run",
    here: "what ran is read from the report that the runner wrote: a report that nobody can read is a problem in words, never a pass",
  },
  "golang/go#81599": {
    kind: "false proof",
    what: "a passing test that prints without a line end loses its result in the report",
    here: "a test without a result in a package that passed did not fail",
  },
  "Alex1990/tiny-oss#75": {
    kind: "tests gamed",
    what: "nothing forbade the cheapest way to green: rewriting an assertion, deleting or skipping a test",
    here: "a test that passed has to pass; an old test that the change makes fail as it stood is a doubt that only a person settles",
  },
  "QwenLM/qwen-code#7231": {
    kind: "flaky tests",
    what: "failures that look flaky were run again until they were green, and nobody mended them",
    here: "what failed once and passed once on the same bytes is called flaky, proves nothing, stands in the ledger, and a person merges. A test that nobody named and that failed on the base by chance can still stand among those that turned",
    holds: "in part",
  },
});
