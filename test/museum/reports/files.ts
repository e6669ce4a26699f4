import { reports } from "../report.ts";

export const FILES = reports({
  "SchneiderDaniel/cheasee-pi#1476": {
    kind: "dependency files",
    what: "models make up names of packages, the same ones again and again, and somebody registers them",
    here: "a file that names dependencies changes only with its bytes approved by a person, in every ecosystem that is known, at any depth",
  },
  "microsoft/apm#1426": {
    kind: "dependency files",
    what: "the work was done and then refused because its changelog counted as protected, which nobody had been told",
    here: "a changelog is prose and lands; what needs a person is proposed to one and not thrown away",
  },
  "microsoft/vstest#15827": {
    kind: "workflow edits",
    what: "an agent kept proposing a change of its own workflow, which its token cannot push; each failed push became an issue that started it again",
    here: "a change of a workflow is refused before anything is published, and the refusal opens no issue and starts nothing",
  },
  "dotnet/msbuild#14369": {
    kind: "workflow edits",
    what: "the curation of instructions was refused by a rule on all of .github, and became an issue instead of a pull request",
    here: "only workflows are out of reach, because GitHub refuses them; other files below .github go to a person as a pull request",
  },
});
