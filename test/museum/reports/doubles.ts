import { reports } from "../report.ts";

export const DOUBLES = reports({
  "Factory-AI/droid-action#117": {
    kind: "duplicates",
    what: "one review posted the same inline comment 335 times, three seconds apart, until somebody canceled the run",
    here: "each text has a key and one place. If it is written five times, it exists once and is edited in place",
  },
  "microsoft/vstest#15787": {
    kind: "duplicates",
    what: "scheduled runs did not see that an issue was being worked on: four pull requests for one issue",
    here: "the attempt's branch is the claim, made before any model call. A second run is refused, so there is one pull request",
  },
  "github/gh-aw#33060": {
    kind: "noise",
    what: "failures were filed by the workflow's title alone: one issue took 68 comments on seven unrelated branches",
    here: "the cause identifies an incident: the merge that failed. Another cause is another incident, and the same one is not filed twice",
  },
  "Azure/azure-dev#10120": {
    kind: "noise",
    what: "each run that failed for a temporary reason opened another issue",
    here: "a failed attempt opens no issue. It is a line in the ledger of its issue",
  },
  "fullsend-ai/fullsend#3638": {
    kind: "noise",
    what: "two thirds of the issues that a retrospective agent filed were noise",
    here: "no model files issues. The nightly audit files areas that computed figures put below the bar, once each, and nothing while its last proposal waits",
    unread:
      "the issue that asked for this page named it; it could not be found where the others were read",
  },
});
