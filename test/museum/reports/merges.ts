import { reports } from "../report.ts";

export const MERGES = reports({
  "dimileeh/agent-workspace-fabric#353": {
    kind: "refused and told wrong",
    what: "a branch that allows merge commits only was asked for a squash; the lasting refusal was taken for a passing one and tried again every few minutes",
    here: "GitHub's own words stand in the ask, with the setting that they are about, and nothing is tried again by itself",
  },
  "github/gh-aw: merge-pull-request": {
    kind: "refused and told wrong",
    what: "merges into the default branch are refused by rule, so its gates guard everything but the branch that people ship",
    here: "the default branch is what the gate is for: a verified tree is merged there, with the head and the parent that were verified",
    link: "https://github.com/github/gh-aw/blob/007e68345e093a2b21997c58f6468fb2651782b4/docs/src/content/docs/reference/safe-outputs-pull-requests.md",
  },
  "github/gh-aw#20106": {
    kind: "refused and told wrong",
    what: "GitHub refused a push for want of the workflows permission, and people read that a push had failed",
    here: "a refused write keeps the words with which GitHub refused it",
  },
  "JSv4/Docxodus#338": {
    kind: "permissions",
    what: "a job without a permission advised to add a line that the workflow had all along",
    here: "what is advised follows from what GitHub answered: its words are shown, and no permission is guessed",
  },
  "lhpaul/ai-dev-framework-template#536": {
    kind: "wrong branch or base",
    what: "an agent opened its pull request against another branch than the one that it had started from",
    here: "no agent names a base: a pull request goes into the default branch, and one that was turned elsewhere is not merged",
  },
  "github/gh-aw#18991": {
    kind: "wrong branch or base",
    what: "a patch made on one commit was applied to whatever the branch had become, and failed or mixed",
    here: "the tree is rebuilt on the commit that it was verified on; when the branch moved on, it is verified anew",
  },
  "DragonGC-Team/claude-agent-template#33": {
    kind: "closes what it should not",
    what: "the agent took the issue's number from the text and closed nothing, or another one",
    here: "no words close anything: the one issue of the order is closed through the API, when its change was seen live",
  },
  "kamp-us/phoenix#1259": {
    kind: "closes what it should not",
    what: "a sentence about a sibling issue held a closing word, and the merge closed the sibling",
    here: "words of a model are shown so that they close nothing, in the pull request and in the commit",
  },
  "JasonEtco/create-an-issue#128": {
    kind: "rate limit",
    what: "creating an issue met GitHub's secondary limit, the run failed, and the next one failed again",
    here: "the refusal is told in GitHub's words and a later run does the write once; nobody waits for the time that GitHub named",
    holds: "in part",
  },
  "anthropics/claude-code-action#1178": {
    kind: "token expiry",
    what: "after an hour of work the token had expired: no branch, no commit, no comment, and the work was lost",
    here: "no long job holds a token that writes: a worker hands over a file, and each job that writes has a fresh token and at most ten minutes",
  },
  "The01Geek/prflow#487": {
    kind: "token expiry",
    what: "an agent spent about sixty dollars fighting a push credential that had expired and that it could not renew",
    here: "there is no credential to fight: no checkout leaves its token behind",
  },
});
