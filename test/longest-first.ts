import { BaseSequencer, type TestSpecification } from "vitest/node";

const named = (places: readonly string[]) => places.map((place) => `/test/${place}.test.ts`);

/** What takes six seconds and more where nothing else runs, in its group: begun last, each would keep the others waiting for it alone. */
const LONGEST = named([
  "cli/rehearse/languages.long",
  "browser/pages.long",
  "line/conformance.long",
  "line/templates.long",
  "line/adoption.long",
  "cli/eval/eval.long",
  "cli/rehearse/own-clone.long",
  "workers/verify/sandboxed",
  "adapters/sandbox/sandbox",
  "cli/rehearse/usage",
  "cli/init/several-projects",
  "cli/init/init",
  "cli/init/hand-in/hand-in",
  "domain/github/tree-with",
  "adapters/sandbox/probes/probes",
  "adapters/sandbox/isolation",
  "cli/prove/prove",
  "workers/verify/dependencies",
  "adapters/sandbox/services/services",
  "cli/source/source",
  "workers/checks/caches",
  "widget/feedback",
  "cli/gather/documentation",
  "adapters/repository/repository",
  "adapters/apart/apart",
  "cli/any-node",
  "line/ordinary-changes/ordinary-changes",
  "line/checks",
  "line/in-process/conductor",
  "line/in-process/unblock",
  "line/release",
  "adapters/github/github-over-twin",
  "repository/documents/quality",
  "cli/chaos/chaos",
  "actions/prove/prove",
  "actions/post-merge-smoke/programs",
  "actions/post-merge-smoke/targets",
  "twin/github/git/git-http",
]);
/** What looks at the demo, which is begun before all of them: in front, each would keep a worker while it waits for it. */
const DEMO = named(["line/happy", "cli/demo/demo", "cli/demo/printed"]);

/**
 * The longest files of each group first: a fresh clone has no record of its runs, by which Vitest itself would order them.
 * What waits for the demo is last.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const group = ({ project }: TestSpecification) => project.config.sequence.groupOrder;
    const place = ({ moduleId }: TestSpecification) => {
      if (DEMO.some((name) => moduleId.endsWith(name))) return LONGEST.length + 1;
      const at = LONGEST.findIndex((name) => moduleId.endsWith(name));
      return at === -1 ? LONGEST.length : at;
    };
    // A process that serves many files ends when the next one is another project's, and the next has to load all again.
    const shared = ({ project }: TestSpecification) => (project.config.isolate ? "" : project.name);
    return sorted.toSorted(
      (a, b) => group(a) - group(b) || shared(a).localeCompare(shared(b)) || place(a) - place(b),
    );
  }
}
