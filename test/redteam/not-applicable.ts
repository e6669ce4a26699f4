/** Ids of the catalogue of threats that no attack plays, each with what holds it instead, or why nothing can. */
export const NOT_APPLICABLE: Readonly<Record<string, string>> = {
  "AG-10":
    "About our own release, which no run of the line makes: the workflow rules look at its permissions, and CI compares actions/*/dist byte by byte.",
  "AG-11":
    "About tags of actions that move: the workflow rules refuse every `uses:` that is not pinned to a commit (test/repository/workflow-rules).",
  "AG-24":
    "There is nothing to play yet: callers run the tag that they name, and no version is blocked.",
  "NET-08":
    "Timing and sizes: no gate promises anything there (threats §1.3); what is sent to the model and published is bounded.",
  "RT-13":
    "About a machine without a sandbox, which nobody in the line can bring about: test/adapters/sandbox/isolation.test.ts takes bubblewrap away, and probe.test.ts judges every weaker answer.",
  "WF-05":
    "Nobody but the jobs themselves can put an artifact into a run: test/control/observed/artifacts.test.ts and test/adapters/runner hold digests, sizes and forms against forgers.",
  "WF-09":
    "About what workflows use: the workflow rules refuse every `uses:` that is not pinned (test/repository/workflow-rules).",
  "WF-12": "No code asks for the runner's debug mode, and no transcript is ever written to a log.",
  "WF-13":
    "About the machine that an owner chooses by the `runner` input: nothing that the line reads or runs chooses it.",
};
