import { reports } from "../report.ts";

export const TRIGGERS = reports({
  "fullsend-ai/fullsend#1611": {
    kind: "lost trigger",
    what: "five labels within seconds made five runs in one concurrency group; the run of the one label that mattered was dropped",
    here: "every label of a burst may come in any order: the issue is taken in once, and the line ends",
  },
  "fullsend-ai/fullsend#1752": {
    kind: "lost trigger",
    what: "a label was set and its event never arrived: nothing looked at the issue again",
    here: "labels are looked at, not only heard: the heartbeat finds a label that no run answered, and the doorbell takes the issue in",
  },
  "gyrinx-app/gyrinx#1689": {
    kind: "lost trigger",
    what: "commits pushed with the job's own token start no CI, so the bot's pull requests stood without checks",
    here: "nothing waits for events that GitHub does not send: evidence exists before the branch is published, and the deploy is dispatched by name",
  },
  "The-PR-Agent/pr-agent#2398": {
    kind: "answers itself",
    what: "the action ran again for each comment that it wrote and read its own words as a command",
    here: "no text of the factory begins with a command, and what its identity says is heard by nobody",
  },
  "anthropics/claude-code-action#1445": {
    kind: "answers itself",
    what: "comments of bots that held the trigger word started run after run, each of them billed",
    here: "a bot commands nothing, whatever it may write: no order, no model call",
  },
});
