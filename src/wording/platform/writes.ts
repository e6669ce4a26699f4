import type { Facts } from "../../domain/platform/fact.ts";
import { LINKS } from "./links.ts";

/** Commits, pull requests and merges over REST. */
export const WRITES: Facts = {
  "6.1": {
    says: "A reference that is there already is answered 422 with `Reference already exists`; other messages of that status do not mean a name that is taken.",
    by: "reported",
    from: [LINKS.refs, "https://github.com/release-plz/action/issues/518"],
  },
  "6.2": {
    says: "Trees keep the executable bit, an empty file and a deletion: the id of a tree is the one that git computes.",
    by: "documentation",
    from: [LINKS.trees],
  },
  "6.3": {
    says: "A commit through the git routes without author, committer and signature is signed by GitHub and shown as verified.",
    by: "reported",
    from: [LINKS.signatures, "https://github.com/canonical/authd/issues/1889"],
  },
  "6.4": {
    says: "A merge that names another head than the branch has is answered 409.",
    by: "documentation",
    from: [LINKS.pulls],
  },
  "6.5": {
    says: "A merge seconds after opening may be answered 405 with `Base branch was modified`, although nobody moved it.",
    by: "reported",
    from: [LINKS.pulls],
  },
  "6.6": {
    says: "`mergeable` is null until GitHub has tried the merge; it merges nothing before.",
    by: "documentation",
    from: [LINKS.pulls],
  },
  "6.7": {
    says: "A check run, a label, a comment and its edits are there once they were answered.",
    by: "unknown",
    from: [],
  },
  "6.8": {
    says: "`createCommitOnBranch` writes each file as 100644, so that the executable bit and links are lost.",
    by: "reported",
    from: ["https://github.com/github/gh-aw/issues/26257"],
  },
};

/** What comes late, twice or again. */
export const TIMES: Facts = {
  "7.1": {
    says: "A list of pull requests leaves out one that was just opened.",
    by: "reported",
    from: [],
  },
  "7.2": { says: "Comments that were just written stand in their list.", by: "unknown", from: [] },
  "7.3": {
    says: "Check runs that were just made stand in the list of their commit.",
    by: "unknown",
    from: [],
  },
  "7.4": {
    says: "A run that was dispatched stands in the list of runs late.",
    by: "unknown",
    from: [],
  },
  "7.5": {
    says: "A request is answered 5xx and was not done.",
    by: "reported",
    from: [LINKS.retry],
  },
  "7.6": {
    says: "A request is answered 5xx although it was done.",
    by: "reported",
    from: [LINKS.retry],
  },
  "7.7": {
    says: "A run that is run again keeps its number, its event and its commit and counts its attempts; *failed jobs* keeps the results of jobs that succeeded, and runs those behind a failed one.",
    by: "documentation",
    from: [LINKS.rerun],
  },
  "7.8": {
    says: "Webhooks arrive late, more than once and out of order.",
    by: "documentation",
    from: [LINKS.webhooks],
  },
};

/** Tags and releases. */
export const RELEASES: Facts = {
  "8.1": {
    says: "A release whose target commit changes a workflow file needs `workflows: write` unless a branch or tag already holds that commit.",
    by: "documentation",
    from: [LINKS.releases, "https://github.com/cli/cli/issues/9514"],
  },
  "8.2": {
    says: "With immutable releases on, the tag of a published release and its files cannot change.",
    by: "documentation",
    from: [LINKS.releases],
  },
};
