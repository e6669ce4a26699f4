import { reports } from "../report.ts";

export const VERDICTS = reports({
  "fullsend-ai/fullsend#369": {
    kind: "approved with red checks",
    what: "the review agent approved a pull request with failing checks, because it never read them",
    here: "a verdict can only veto. With an approval and a failed check, the gate stays closed",
  },
  "gabrielkoerich/orch#1187": {
    kind: "approved with red checks",
    what: "the review read an informational check that waits for the review as failed, so neither could ever pass",
    here: "the gate reads the evidence of this run for the checks that the config names. It does not read check runs, which only show results",
  },
  "fullsend-ai/fullsend#681": {
    kind: "severity that drifts",
    what: "a second review rated findings higher than the first although their lines had not changed",
    here: "nothing ties a second review to the severities of the first. The number of attempts is limited, and then a person is asked",
    holds: "in part",
  },
  "devops-thiago/ThrillhouseBot#570": {
    kind: "severity that drifts",
    what: "the same defect was critical in one file and medium in another, and drifted from round to round",
    here: "code computes risk from the tree. A reviewer may raise it and can never lower it",
  },
  "anthropics/claude-code-action#1819": {
    kind: "huge input",
    what: "three million characters of hunks went into one prompt, and each request ended before the model was asked",
    here: "for a diff beyond the limit, no model is asked. A person has to read it, and the issue says so",
  },
  "Gentleman-Programming/gentleman-guardian-angel#108": {
    kind: "huge input",
    what: "the prompt held all files of a large change, which was more than the tool accepts",
    here: "a prompt shows a limited part of each file, and says how much it left out",
  },
  "devops-thiago/ThrillhouseBot#462": {
    kind: "huge input",
    what: "GitHub refused a comment that was too long, and the tool ignored the error. So the longest comments never appeared",
    here: "a body that is too long is cut at the end of a line, and says so",
  },
  "pascalgn/automerge-action#147": {
    kind: "stale approval",
    what: "a commit pushed after the label was merged with it, unseen",
    here: "a merge names the commit and the tree that were verified. If the head moved, the merge is refused",
  },
  "jenkins-x/jx#2209": {
    kind: "stale approval",
    what: "an approved pull request was merged with later commits that nobody had reviewed",
    here: "an approval holds for the version at the time of the comment. A contract that is edited later is not built",
  },
  "monarch-initiative/dismech#2739": {
    kind: "stale approval",
    what: "an old approval merged a change while its newer review was still running",
    here: "an approval that is edited or removed before the end no longer counts, and nothing is merged",
  },
  "DefinitelyTyped/dt-mergebot#198": {
    kind: "stale approval",
    what: "the approval of somebody who was neither owner nor maintainer let a bot's change merge itself",
    here: "an approval counts if a person with write access gave it. From readers, triage and bots, it starts nothing",
  },
});
