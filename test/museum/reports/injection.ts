import { reports } from "../report.ts";

export const INJECTION = reports({
  "google/adk-python#6228": {
    kind: "prompt injection",
    what: "title and body of any issue went into the prompt of an agent that held a token with write access",
    here: "foreign text is in an envelope with a random fence, which it cannot close. The instructions of the role stay outside",
  },
  "HereLiesAz/IDEaz#571": {
    kind: "prompt injection",
    what: "an agent with tools that write to GitHub was started by any new issue, its text in the prompt",
    here: "no worker may write, and no workflow puts issue text into a script",
  },
  "mattpocock/sandcastle#870": {
    kind: "prompt injection",
    what: "a stranger comments between the label and the run, the agent obeys, and the comment is deleted",
    here: "a worker reads what existed when the label was set, from people with write access. No order holds a stranger's comment",
  },
  "HackTricks-wiki/hacktricks-cloud#301": {
    kind: "prompt injection",
    what: "every actor whose name ended in [bot] was trusted, and anybody can make an app that opens issues",
    here: "a bot starts nothing. Neither its label nor its comment leads to a model call",
  },
  "max-sixty/tend#598": {
    kind: "secrets in logs",
    what: "a list of variable names printed live tokens, because one variable held them over several lines, and the log was uploaded",
    here: "the worker searches its result for the job's own secrets, in any form, and does not write a result that holds one",
  },
  "Factory-AI/droid-action#126": {
    kind: "secrets in logs",
    what: "a token that was made during the run was never masked, and the log of each later step showed it",
    here: "the worker knows every input and variable whose name says that it is a secret, and withholds a whole text that holds its value",
  },
  "github/gh-aw#25103": {
    kind: "secrets in logs",
    what: "a token without a known prefix was read by the agent and written into a log that anybody on the machine could read",
    here: "the worker knows the values of this job's secrets, whatever they look like. A text that looks like a secret does not reach a branch",
  },
  "OpenHands/software-agent-sdk#2629": {
    kind: "secrets in logs",
    what: "the payload with which a sandbox was started was logged, its environment of keys included",
    here: "a sandboxed command gets an environment that is built from an empty one, so it holds no key to log",
  },
});
