import { reports } from "../report.ts";

export const VERDICTS = reports({
  "fullsend-ai/fullsend#369": {
    kind: "approved with red checks",
    what: "the review agent approved a pull request whose checks were failing, for it never looked at them",
    here: "a verdict can only veto: with an approval and a failed check the gate stays closed",
  },
  "gabrielkoerich/orch#1187": {
    kind: "approved with red checks",
    what: "an informational check that waits for the review was read as red by the review: neither could ever pass",
    here: "the gate reads the evidence of this run for the checks that the config names; check runs on the page are display and are not read",
  },
  "fullsend-ai/fullsend#681": {
    kind: "severity that drifts",
    what: "a second review rated findings higher than the first although their lines had not changed",
    here: "nothing ties a second review to the severities of the first; what holds is the bound: attempts end, then a person is asked",
    holds: "in part",
  },
  "devops-thiago/ThrillhouseBot#570": {
    kind: "severity that drifts",
    what: "the same defect was critical in one file and medium in another, and drifted from round to round",
    here: "risk is computed from the tree: a reviewer may raise it and can never lower it",
  },
  "anthropics/claude-code-action#1819": {
    kind: "huge input",
    what: "three million characters of hunks went into one prompt, and each request ended before the model was asked",
    here: "a diff beyond the bound asks no model: nobody read it, so a person has to, and is told so",
  },
  "Gentleman-Programming/gentleman-guardian-angel#108": {
    kind: "huge input",
    what: "the files of a large change went into the prompt whole and were more than the tool takes",
    here: "what a prompt shows of a repository is bounded file by file, and says how much it left out",
  },
  "devops-thiago/ThrillhouseBot#462": {
    kind: "huge input",
    what: "a comment longer than GitHub takes was refused and the error swallowed: the more there was to say, the less was heard",
    here: "a body is cut at a line's end to what GitHub takes, and says that it was cut",
  },
  "pascalgn/automerge-action#147": {
    kind: "stale approval",
    what: "a commit pushed after the label was merged with it, unseen",
    here: "a merge names the commit and the tree that were verified; a head that moved is refused",
  },
  "jenkins-x/jx#2209": {
    kind: "stale approval",
    what: "an approved pull request was merged with later commits that nobody had reviewed",
    here: "an approval holds for the version that stood when it was written: a contract edited later is not built",
  },
  "monarch-initiative/dismech#2739": {
    kind: "stale approval",
    what: "an old approval merged a change while its newer review was still running",
    here: "an approval that is edited or taken away before the end no longer counts, and nothing is merged",
  },
  "DefinitelyTyped/dt-mergebot#198": {
    kind: "stale approval",
    what: "the approval of somebody who was neither owner nor maintainer let a bot's change merge itself",
    here: "an approval counts from a person who may write: from readers, triage and bots it starts nothing",
  },
});
