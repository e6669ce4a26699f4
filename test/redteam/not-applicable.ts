/** Ids of the catalogue of threats that no attack plays, each with what holds it instead, or why nothing can. */
export const NOT_APPLICABLE: Readonly<Record<string, string>> = {
  "AG-10":
    "About our own release, which no run of the line makes: the workflow rules look at its permissions, and CI compares actions/*/dist byte by byte.",
  "AG-11":
    "About tags of actions that move: the workflow rules refuse every `uses:` that is not pinned to a commit (test/repository/workflow-rules).",
  "AG-24":
    "There is nothing to play yet: callers run the tag that they name, and no version is blocked.",
};
