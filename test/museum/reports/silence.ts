import { reports } from "../report.ts";

export const SILENCE = reports({
  "anthropics/claude-code-action#1061": {
    kind: "silent green",
    what: "the run ended with success and its tokens spent, and no comment was ever posted",
    here: "a station that delivered nothing although its job succeeded is a failure with a reason, and a person is asked on the issue",
  },
  "anthropics/claude-code-action#1495": {
    kind: "silent green",
    what: "the result said that it is an error, and the step was green: a review that never ran looked like one without findings",
    here: "a reviewer that could not be asked vetoes: the job is red, nothing is published, and the reason stands on the issue",
  },
  "anthropics/claude-code-action#1243": {
    kind: "silent green",
    what: "turn after turn came back empty and was counted as work",
    here: "an empty reply is no answer: asked three times at most, then it is a failure by name",
  },
  "amd/gaia#4138": {
    kind: "silent green",
    what: "the account's quota was used up; one kind of job turned red and all others reported green without having run",
    here: "every worker that reaches the model fails loudly, intake as well as the line",
  },
  "anthropics/claude-code-action#865": {
    kind: "never ends",
    what: "the process stayed alive after its work was done, until the job's six hours were over",
    here: "every job of every workflow has minutes of its own, at most two hours",
    unread: "read through #1084 of the same repository, which mends it",
  },
  "anthropics/claude-code-action#1339": {
    kind: "never ends",
    what: "the stream of the agent did not close after its result; the job was cancelled and its cost was written nowhere",
    here: "a run that ends without a word is found, charged with its share of the budget, and told to a person",
  },
  "github/copilot-cli#2364": {
    kind: "orphaned",
    what: "the runner went away under a session, which has shown as working for two weeks",
    here: "a claim holds as long as its run: the heartbeat rings after two hours, the issue asks a person, and a retry goes on",
  },
  "github/copilot-cli#3600": {
    kind: "orphaned",
    what: "an orphaned session could be neither stopped nor archived, two months later",
    here: "a person's stop ends an attempt whose run is gone, and charges it",
  },
});
