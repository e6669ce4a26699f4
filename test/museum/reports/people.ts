import { reports } from "../report.ts";

export const PEOPLE = reports({
  "fullsend-ai/fullsend#1686": {
    kind: "strangers",
    what: "three of the slash commands asked nobody's permission: whoever could comment could start an agent",
    here: "every command of the table is obeyed for people who may write, and for nobody else",
  },
  "LunarClient/ServerMappings#5019": {
    kind: "forks",
    what: "a workflow with secrets checked out the code of a fork and ran it",
    here: "no workflow and no template is started by pull_request_target; one is by workflow_run, which checks nothing out and runs no command",
  },
  "silvertakana/worldwideview#13": {
    kind: "forks",
    what: "a review that fails for forks was mended by giving forks the secrets",
    here: "a pull request from a fork is left alone, and the summary says why GitHub gives it neither secret nor right",
  },
  "github/gh-aw#20514": {
    kind: "permissions",
    what: "a change that touched the agents' own instructions could not even be proposed",
    here: "it is proposed: a person merges what steers agents, whatever trust the config gives",
  },
});
