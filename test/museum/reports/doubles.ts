import { reports } from "../report.ts";

export const DOUBLES = reports({
  "Factory-AI/droid-action#117": {
    kind: "duplicates",
    what: "one review posted the same inline comment 335 times, three seconds apart, until somebody cancelled the run",
    here: "a text has a key and one place: said five times over it stands once, edited where it stands",
  },
  "microsoft/vstest#15787": {
    kind: "duplicates",
    what: "scheduled runs did not see that an issue was being worked on: four pull requests for one issue",
    here: "the attempt's branch is the claim, made before any model call; whoever comes second is refused, and one pull request stands",
  },
  "github/gh-aw#33060": {
    kind: "noise",
    what: "failures were filed by the workflow's title alone: one issue took 68 comments on seven unrelated branches",
    here: "an incident is known by its cause, the merge that failed: another cause is another incident, the same one is not filed twice",
  },
  "Azure/azure-dev#10120": {
    kind: "noise",
    what: "each run that failed for a passing reason opened an issue of its own",
    here: "a failed attempt opens no issue: it is a line in the ledger of the issue that it belongs to",
  },
  "fullsend-ai/fullsend#3638": {
    kind: "noise",
    what: "two thirds of the issues that a retrospective agent filed were noise",
    here: "no model files issues: the night files what computed figures put below the bar, once each, and nothing while its last proposal waits",
    unread:
      "as named by the issue that asked for this page; it could not be found where the others were read",
  },
});
