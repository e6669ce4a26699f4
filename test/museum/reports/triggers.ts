import { reports } from "../report.ts";

export const TRIGGERS = reports({
  "fullsend-ai/fullsend#1611": {
    kind: "lost trigger",
    what: "five labels within seconds made five runs in one concurrency group; the run of the one label that mattered was dropped",
    here: "the labels of a burst may come in any order. The issue starts once, and the line comes to its end",
  },
  "fullsend-ai/fullsend#1752": {
    kind: "lost trigger",
    what: "a label was set and its event never arrived, and nothing looked at the issue again",
    here: "the factory reads labels, and does not rely on their events. The heartbeat finds a label without a run, and starts one",
  },
  "gyrinx-app/gyrinx#1689": {
    kind: "lost trigger",
    what: "commits pushed with the job's own token start no CI, so the bot's pull requests had no checks",
    here: "nothing waits for events that GitHub does not send. Evidence exists before the branch is published, and control dispatches the deploy by name",
  },
  "The-PR-Agent/pr-agent#2398": {
    kind: "answers itself",
    what: "the action ran again for each comment that it wrote, and read its own text as a command",
    here: "no text of the factory begins with a command, and the factory ignores comments of its own identity",
  },
  "anthropics/claude-code-action#1445": {
    kind: "answers itself",
    what: "comments of bots that held the trigger word started run after run, each of them billed",
    here: "a bot's comment is no command, whatever the bot may write. It leads to no order and no model call",
  },
});
