import { reports } from "../report.ts";

export const SILENCE = reports({
  "anthropics/claude-code-action#1061": {
    kind: "silent green",
    what: "the run ended with success and its tokens spent, and no comment was ever posted",
    here: "a station that returned nothing although its job succeeded is a failure with a reason, and a person is asked on the issue",
  },
  "anthropics/claude-code-action#1495": {
    kind: "silent green",
    what: "the result was an error, but the step was green, so a review that never ran looked like one without findings",
    here: "if the reviewer could not be asked, that is a veto. The job fails, nothing is published, and the issue shows the reason",
  },
  "anthropics/claude-code-action#1243": {
    kind: "silent green",
    what: "the model returned empty turns one after the other, and they counted as work",
    here: "an empty reply is no answer. The worker asks three times at most, and then fails with that reason",
  },
  "amd/gaia#4138": {
    kind: "silent green",
    what: "the account's quota was used up; one kind of job turned red and all others reported green without having run",
    here: "every worker that reaches the model fails loudly, intake as well as the line",
  },
  "anthropics/claude-code-action#865": {
    kind: "never ends",
    what: "the process stayed alive after its work was done, until the job's six hours were over",
    here: "every job of every workflow has its own limit, at most two hours",
    unread: "read through #1084 of the same repository, which fixes it",
  },
  "anthropics/claude-code-action#1339": {
    kind: "never ends",
    what: "the stream of the agent did not close after its result. The job was canceled, and nothing recorded its cost",
    here: "the factory finds a run that ends without a result, charges its share of the budget, and tells a person",
  },
  "github/copilot-cli#2364": {
    kind: "orphaned",
    what: "the runner of a session was lost, and the session showed as working for two weeks",
    here: "a claim holds as long as its run. The heartbeat starts a run after two hours, the issue asks a person, and a retry continues",
  },
  "github/copilot-cli#3600": {
    kind: "orphaned",
    what: "an orphaned session could be neither stopped nor archived, two months later",
    here: "a person's stop ends an attempt whose run is gone, and the attempt is charged",
  },
});
