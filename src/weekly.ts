import type { Station, Task } from "./station.ts";

/** The stations that a schedule of a week starts: the end of the table in `line.ts`. */
export const WEEKLY: readonly Station<Task>[] = [
  {
    kind: "control",
    task: "operational-review",
    workflow: "operational-review.yml",
    doing: "counts the week, writes its review",
    permissions: { actions: "read", contents: "read", issues: "write", "pull-requests": "read" },
    mayWrite: ["open-issue", "edit-issue"],
    purpose: "counts the ledgers of four weeks, writes the one issue of the operational review",
  },
  {
    kind: "control",
    task: "learn",
    workflow: "learn.yml",
    doing: "proposes what mistakes teach",
    permissions: { contents: "write", issues: "write", "pull-requests": "write" },
    mayWrite: ["claim-branch", "publish-commit", "open-pull-request", "open-issue"],
    purpose:
      "finds the same mistake in the ledgers of four weeks, proposes at most three lessons in pull requests, takes back what did not help",
  },
];
