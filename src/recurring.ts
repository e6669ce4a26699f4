import type { Station, Task } from "./station.ts";

/** Stations that repeatedly look at the whole repository, on schedules of their own: the end of the table in `line.ts`. */
export const RECURRING: readonly Station<Task>[] = [
  {
    kind: "control",
    task: "operational-review",
    workflow: "operational-review.yml",
    doing: "counts the week, writes its review",
    permissions: { actions: "read", contents: "read", issues: "write", "pull-requests": "read" },
    mayWrite: ["open-issue", "edit-issue"],
    purpose: "counts the ledgers of five weeks, writes the one issue of the operational review",
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
  {
    kind: "control",
    task: "loop-open",
    workflow: "loop.yml",
    doing: "looks which loop is due",
    permissions: {
      actions: "read",
      contents: "read",
      discussions: "read",
      issues: "read",
      "pull-requests": "read",
    },
    mayWrite: [],
    purpose: "reads the loop files at the head, pins the one that is due, makes the order",
  },
  {
    kind: "worker",
    worker: "run-loop",
    workflow: "loop.yml",
    doing: "gathers by code",
    holdsModelKey: false,
    runsRepositoryCode: true,
    needs: [],
    yields: "what was found, each with its evidence, and the measures",
  },
  {
    kind: "worker",
    worker: "judge",
    workflow: "loop.yml",
    doing: "judges what was found, where the loop says so",
    holdsModelKey: true,
    runsRepositoryCode: false,
    needs: ["run-loop"],
    yields: "a verdict on each item, and at most three proposals, each tied to what was found",
  },
  {
    kind: "control",
    task: "loop-settle",
    workflow: "loop.yml",
    doing: "files, keeps or closes what was found",
    permissions: { contents: "read", issues: "write", "pull-requests": "read" },
    mayWrite: ["open-issue", "edit-issue", "write-comment", "set-labels", "close-issue"],
    purpose:
      "files what was found within the loop's bounds, puts as many of its issues on the line as its file says, closes what is over, stops a loop whose guard worsened and undoes its last run",
  },
];
