import type { Facts } from "../../domain/platform/fact.ts";
import { LINKS } from "./links.ts";

/** What a job's token may, and what its writes set off. */
export const AUTHORITY: Facts = {
  "1.1": {
    says: "A job gets a token of its own, for its repository alone, which dies with the job.",
    by: "documentation",
    from: [LINKS.token],
  },
  "1.2": {
    says: "What that token writes starts no run of its own accord. Pull requests that it opens or moves make runs which wait for a person's approval.",
    by: "documentation",
    from: [LINKS.token, LINKS.botRuns],
  },
  "1.3": {
    says: "The two dispatches are the exception: a run starts at once from the file on the default branch, and needs `actions: write` or `contents: write`.",
    by: "documentation",
    from: [LINKS.dispatchEvent],
  },
  "1.4": {
    says: "The inputs of a dispatch hold 65,535 characters in all, in at most 25 keys.",
    by: "documentation",
    from: [LINKS.dispatchEvent],
  },
  "1.5": {
    says: "That token cannot write a workflow file: there is no permission by which a job could ask for it.",
    by: "reported",
    from: ["https://github.com/github/docs/issues/41140"],
  },
  "1.6": {
    says: "It opens pull requests if a setting of the repository or its organization allows that. Otherwise it gets a 403.",
    by: "documentation",
    from: [LINKS.token],
  },
  "1.7": {
    says: "All workflows of a repository write as one account, so a comment or a check run does not tell which of them wrote it.",
    by: "unknown",
    from: [],
  },
  "1.8": {
    says: "A policy may forbid an event or an actor; the run then fails at its start and says so.",
    by: "documentation",
    from: [LINKS.policies],
  },
  "1.9": {
    says: "Runs of a bot's pull request that nobody approved hold a merge back although the required checks are green.",
    by: "reported",
    from: [],
  },
};

/** Switches that hold whatever a job does. */
export const SWITCHES: Facts = {
  "5.1": {
    says: "A job with `cache-mode: none` sees that mode in its environment.",
    by: "source",
    from: [LINKS.cacheMode, LINKS.runner],
  },
  "5.2": {
    says: "The cache service refuses a save from a job with `cache-mode: none`.",
    by: "documentation",
    from: [LINKS.cacheMode],
  },
  "5.3": {
    says: "Rules that stand over branches of the factory's names are listed for whoever can read the repository.",
    by: "documentation",
    from: [LINKS.rules],
  },
  "5.4": {
    says: "Rules over the default branch name the checks that it requires, and whether merges pass a queue.",
    by: "documentation",
    from: [LINKS.rules],
  },
  "5.5": {
    says: "Which kinds of merge are allowed is a setting of the repository; others are answered 405.",
    by: "documentation",
    from: [LINKS.pulls],
  },
};
