import type { Facts } from "../../domain/platform/fact.ts";
import { LINKS } from "./links.ts";

/** How jobs and workflows follow each other. */
export const COMPOSITION: Facts = {
  "2.1": {
    says: "`uses: $/path` is the called workflow's own repository at the commit that runs, without a checkout.",
    by: "source",
    from: [LINKS.self, LINKS.runner],
  },
  "2.2": {
    says: "A called workflow that asks for more than its caller grants stops the run before any job, even behind an `if` that is false.",
    by: "reported",
    from: ["https://github.com/actions/runner/issues/4151"],
  },
  "2.3": {
    says: "Ten levels of called workflows and fifty of them under one file are allowed on github.com.",
    by: "documentation",
    from: [LINKS.reusing],
  },
  "2.4": {
    says: "In a called workflow `github.workflow` and its kin are the caller's.",
    by: "documentation",
    from: [LINKS.reusing],
  },
  "2.5": {
    says: "Whether a job of a called workflow without a condition of its own is skipped when its caller waited for a skipped job is seen both ways.",
    by: "reported",
    from: [LINKS.skips, "https://github.com/orgs/community/discussions/189172"],
  },
  "2.6": {
    says: "`!cancelled()` in its condition makes such a job run by either reading.",
    by: "reported",
    from: [LINKS.skips],
  },
  "2.7": {
    says: "A called workflow in which a job was skipped and the rest succeeded is a success for its caller.",
    by: "reported",
    from: [LINKS.skips],
  },
  "2.8": {
    says: "Outputs are evaluated when a job ends, whatever its result: those of a job that failed reach the jobs behind it.",
    by: "source",
    from: [LINKS.runner],
  },
  "2.9": {
    says: "A group with `queue: max` keeps up to 100 that wait; without it the newest takes the place of one that waits.",
    by: "documentation",
    from: [LINKS.queues, LINKS.concurrency],
  },
};

/** How much of something there may be, and what artifacts are. */
export const LIMITS: Facts = {
  "3.1": {
    says: "The tokens of a repository's jobs share 1,000 REST requests an hour.",
    by: "documentation",
    from: [LINKS.limits],
  },
  "3.2": {
    says: "Writes that follow each other too fast are answered 403 or 429, with the seconds to wait in `retry-after`.",
    by: "documentation",
    from: [LINKS.restLimits],
  },
  "3.3": {
    says: "A comment or the body of an issue holds 65,536 characters.",
    by: "unknown",
    from: [],
  },
  "3.4": {
    says: "An output that holds a secret of the job is dropped, with a warning in the log.",
    by: "source",
    from: [LINKS.runner],
  },
  "3.5": {
    says: "The outputs of a job hold 1 MB, those of a run 50 MB.",
    by: "documentation",
    from: [LINKS.limits],
  },
  "3.6": {
    says: "An output of 300,000 characters arrives whole.",
    by: "documentation",
    from: [LINKS.limits],
  },
  "3.7": {
    says: "A job's summary holds 1 MiB for each step; more fails to upload while the job goes on.",
    by: "documentation",
    from: [LINKS.limits],
  },
  "3.8": {
    says: "One download takes several artifacts by their ids.",
    by: "source",
    from: [LINKS.download],
  },
  "3.9": {
    says: "A second artifact of one name in one attempt is refused.",
    by: "source",
    from: [LINKS.upload],
  },
  "3.10": {
    says: "An upload answers with the SHA-256 of what it stored.",
    by: "source",
    from: [LINKS.upload],
  },
  "3.11": {
    says: "Names of artifacts are taken for one attempt of a run: the next attempt may use them again. A download by id looks at the newest of each name alone, and ids of a later attempt can be lower.",
    by: "reported",
    from: [LINKS.download],
  },
};

/** The machines. */
export const RUNNERS: Facts = {
  "4.1": {
    says: "`ubuntu-24.04` is a virtual machine with sudo that asks for no password; its image lists no bubblewrap.",
    by: "source",
    from: [LINKS.images],
  },
  "4.2": {
    says: "`ubuntu-slim` is a container without privileges, whose jobs end after 15 minutes.",
    by: "source",
    from: [LINKS.images],
  },
  "4.3": {
    says: "After `setup-sandbox` bubblewrap makes namespaces on `ubuntu-24.04`.",
    by: "source",
    from: [LINKS.images],
  },
  "4.4": { says: "On `ubuntu-slim` it cannot.", by: "unknown", from: [] },
  "4.5": {
    says: "`apt-get update` fails on hosted runners whenever the list of one vendor answers 403. An install may still work.",
    by: "reported",
    from: ["https://github.com/wailsapp/wails/issues/6040"],
  },
  "4.6": {
    says: "A hosted runner may be lost in the middle of a job: the job fails, and none of its later steps runs.",
    by: "reported",
    from: [LINKS.runner],
  },
  "4.7": {
    says: "Each job is billed in whole minutes, rounded up.",
    by: "documentation",
    from: [LINKS.limits],
  },
  "4.8": {
    says: "Clocks of runners and of GitHub differ, by seconds as a rule.",
    by: "unknown",
    from: [],
  },
  "4.9": {
    says: "After `setup-sandbox` the sandbox of the workers passes its own self-test on `ubuntu-24.04`.",
    by: "unknown",
    from: [],
  },
  "4.10": {
    says: "On `ubuntu-slim` it does not, so that no worker starts there.",
    by: "unknown",
    from: [],
  },
};
