import { reports } from "../report.ts";

export const PROOFS = reports({
  "anthropics/claude-code#54349": {
    kind: "false proof",
    what: "the agent reported results of tests that it had never run",
    here: "an agent's statement about its work is no evidence. Without runs of exactly these bytes, nothing is published",
  },
  "amd/gaia#3730": {
    kind: "false proof",
    what: "the form of the command decided whether tests had run, so tests that ran and passed counted as not run",
    here: "the report of the runner says which tests ran. A report that cannot be read is a failure with a message, never a pass",
  },
  "golang/go#81599": {
    kind: "false proof",
    what: "a passing test that prints without a line end loses its result in the report",
    here: "a test without a result in a package that passed did not fail",
  },
  "Alex1990/tiny-oss#75": {
    kind: "tests gamed",
    what: "nothing forbade the cheapest way to pass: to rewrite an assertion, or to delete or skip a test",
    here: "a test that passed has to pass. If the change makes an old test fail in its old form, a person decides",
  },
  "QwenLM/qwen-code#7231": {
    kind: "flaky tests",
    what: "tests that looked flaky ran again until they passed, and nobody repaired them",
    here: "a test that failed once and passed once on the same bytes is flaky. It proves nothing, the ledger names it, and a person merges. A test that nobody named and that failed on the base by chance can still count as one that now passes",
    holds: "in part",
  },
});
