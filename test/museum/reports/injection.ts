import { reports } from "../report.ts";

export const INJECTION = reports({
  "google/adk-python#6228": {
    kind: "prompt injection",
    what: "title and body of any issue went into the prompt of an agent that held a token with write access",
    here: "text of others stands in an envelope with a random fence, which it cannot close, and the role's own words stay outside",
  },
  "HereLiesAz/IDEaz#571": {
    kind: "prompt injection",
    what: "an agent with tools that write to GitHub was started by any new issue, its text in the prompt",
    here: "no worker has a permission to write, and no workflow puts text of an issue into a script",
  },
  "mattpocock/sandcastle#870": {
    kind: "prompt injection",
    what: "a stranger comments between the label and the run, the agent obeys, and the comment is deleted",
    here: "a worker reads what was there when the label was set, from people who may write: a stranger's remark is in no order",
  },
  "HackTricks-wiki/hacktricks-cloud#301": {
    kind: "prompt injection",
    what: "every actor whose name ended in [bot] was trusted, and anybody can make an app that opens issues",
    here: "a bot starts nothing: neither its label nor its comment leads to a model call",
  },
  "max-sixty/tend#598": {
    kind: "secrets in logs",
    what: "a list of variable names printed live tokens, because one variable held them over several lines, and the log was uploaded",
    here: "what a worker hands over is looked through for the job's own secrets, in any form: it is not written",
  },
  "Factory-AI/droid-action#126": {
    kind: "secrets in logs",
    what: "a token that was made during the run was never masked, and stood in the log of each later step",
    here: "every input and variable that is a secret by its name is known, and a text with its value is withheld whole",
  },
  "github/gh-aw#25103": {
    kind: "secrets in logs",
    what: "a token without a known prefix was read by the agent and written into a log that anybody on the machine could read",
    here: "a value is known by being a secret of this job, not by its look; what merely looks like one does not reach a branch",
  },
  "OpenHands/software-agent-sdk#2629": {
    kind: "secrets in logs",
    what: "the payload with which a sandbox was started was logged, its environment of keys included",
    here: "a sandboxed command gets an environment that is made from nothing: there is no key in it to log",
  },
});
