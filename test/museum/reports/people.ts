import { reports } from "../report.ts";

export const PEOPLE = reports({
  "fullsend-ai/fullsend#1686": {
    kind: "strangers",
    what: "three of the slash commands checked no permission, so everybody who could comment could start an agent",
    here: "the factory obeys each command only for people with write access",
  },
  "LunarClient/ServerMappings#5019": {
    kind: "forks",
    what: "a workflow with secrets checked out the code of a fork and ran it",
    here: "pull_request_target starts no workflow and no template. workflow_run starts one, which checks nothing out and runs no command",
  },
  "silvertakana/worldwideview#13": {
    kind: "forks",
    what: "a review failed for forks, and the fix gave forks the secrets",
    here: "the factory ignores a pull request from a fork, and the summary says why GitHub gives it neither secrets nor rights",
  },
  "github/gh-aw#20514": {
    kind: "permissions",
    what: "a change that touched the agents' own instructions could not even be proposed",
    here: "the factory proposes such a change. A person merges files that steer agents, whatever trust the config gives",
  },
});
