import { reports } from "../report.ts";

export const MERGES = reports({
  "dimileeh/agent-workspace-fabric#353": {
    kind: "refused with a wrong reason",
    what: "the tool asked for a squash on a branch that allows merge commits only. It took the permanent refusal for a temporary one, and tried again every few minutes",
    here: "the question to a person quotes GitHub's answer and names the setting, and nothing is retried automatically",
  },
  "github/gh-aw: merge-pull-request": {
    kind: "refused with a wrong reason",
    what: "a rule refuses merges into the default branch, so its gates guard every branch except the one that people ship",
    here: "the gate guards the default branch. It merges a verified tree there, with the verified head and parent",
    link: "https://github.com/github/gh-aw/blob/007e68345e093a2b21997c58f6468fb2651782b4/docs/src/content/docs/reference/safe-outputs-pull-requests.md",
  },
  "github/gh-aw#20106": {
    kind: "refused with a wrong reason",
    what: "GitHub refused a push because the workflows permission was missing, and people only read that a push had failed",
    here: "a refused write keeps GitHub's error message",
  },
  "JSv4/Docxodus#338": {
    kind: "permissions",
    what: "a job without a permission advised people to add a line that the workflow already had",
    here: "the advice follows from GitHub's answer, which is shown. No permission is guessed",
  },
  "lhpaul/ai-dev-framework-template#536": {
    kind: "wrong branch or base",
    what: "an agent opened its pull request against another branch than the one that it had started from",
    here: "no agent names a base. A pull request goes into the default branch, and is not merged if somebody changed its base",
  },
  "github/gh-aw#18991": {
    kind: "wrong branch or base",
    what: "a patch made on one commit was applied to a branch that had moved, and failed or mixed both",
    here: "the tree is rebuilt on the commit that it was verified on. If the branch moved, it is verified again",
  },
  "DragonGC-Team/claude-agent-template#33": {
    kind: "closes what it should not",
    what: "the agent took the issue's number from the text and closed nothing, or another one",
    here: "no text closes anything. The API closes the one issue of the order, after its change was seen live",
  },
  "kamp-us/phoenix#1259": {
    kind: "closes what it should not",
    what: "a sentence about a sibling issue held a closing word, and the merge closed the sibling",
    here: "a model's text is written so that it closes nothing, in the pull request and in the commit",
  },
  "JasonEtco/create-an-issue#128": {
    kind: "rate limit",
    what: "creating an issue met GitHub's secondary limit, the run failed, and the next one failed again",
    here: "the refusal quotes GitHub, and a later run does the write once. No job waits for the time that GitHub named",
    holds: "in part",
  },
  "anthropics/claude-code-action#1178": {
    kind: "token expiry",
    what: "after an hour of work the token had expired: no branch, no commit, no comment, and the work was lost",
    here: "no long job holds a token that can write. A worker returns a file, and each job that writes has a new token and at most ten minutes",
  },
  "The01Geek/prflow#487": {
    kind: "token expiry",
    what: "an agent spent about sixty dollars fighting a push credential that had expired and that it could not renew",
    here: "no checkout leaves its token behind, so an agent has no credential to try",
  },
});
