import { reports } from "../report.ts";

export const FILES = reports({
  "SchneiderDaniel/cheasee-pi#1476": {
    kind: "dependency files",
    what: "models make up names of packages, the same ones again and again, and somebody registers them",
    here: "a file that names dependencies changes only after a person approved its bytes, in every known ecosystem, at any depth",
  },
  "microsoft/apm#1426": {
    kind: "dependency files",
    what: "the work was done and then refused because its changelog counted as protected, which nobody had been told",
    here: "a changelog is prose and can be merged. A change that needs a person becomes a proposal and is not thrown away",
  },
  "microsoft/vstest#15827": {
    kind: "workflow edits",
    what: "an agent kept proposing a change of its own workflow, which its token cannot push; each failed push became an issue that started it again",
    here: "the factory refuses a change of a workflow before it publishes anything. The refusal opens no issue and starts nothing",
  },
  "dotnet/msbuild#14369": {
    kind: "workflow edits",
    what: "the curation of instructions was refused by a rule on all of .github, and became an issue instead of a pull request",
    here: "only workflows cannot be changed, because GitHub refuses that. Changes to other files below .github become a pull request for a person",
  },
});
