/**
 * Events that start a workflow on a branch or a pull request, each with the expressions by which a job's condition names the head
 * branch, the usual one first. Source: docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
 */
export const HEAD_BRANCH = {
  push: ["github.ref_name"],
  pull_request: ["github.head_ref", "github.event.pull_request.head.ref"],
  pull_request_target: ["github.head_ref", "github.event.pull_request.head.ref"],
  pull_request_review: ["github.event.pull_request.head.ref"],
  pull_request_review_comment: ["github.event.pull_request.head.ref"],
  workflow_run: ["github.event.workflow_run.head_branch"],
  check_run: ["github.event.check_run.check_suite.head_branch"],
  check_suite: ["github.event.check_suite.head_branch"],
} as const;
export type BranchEvent = keyof typeof HEAD_BRANCH;

export const BRANCH_EVENTS = Object.keys(HEAD_BRANCH).filter(isBranchEvent);

export function isBranchEvent(event: string): event is BranchEvent {
  return Object.hasOwn(HEAD_BRANCH, event);
}
