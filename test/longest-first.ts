import { BaseSequencer, type TestSpecification } from "vitest/node";

/** What takes over ten seconds where nothing else runs: begun last, each would keep the others waiting for it alone. */
const LONGEST = [
  "cli/demo/demo",
  "cli/demo/printed",
  "workers/verify/sandboxed",
  "adapters/sandbox/sandbox",
  "cli/rehearse/usage",
  "adapters/sandbox/isolation",
  "line/criteria",
  "line/ordinary-changes/ordinary-changes",
  "line/checks",
].map((place) => `/test/${place}.test.ts`);

/** The longest files of each group first: a fresh clone has no record of its runs, by which Vitest itself would order them. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const group = ({ project }: TestSpecification) => project.config.sequence.groupOrder;
    const place = ({ moduleId }: TestSpecification) => {
      const at = LONGEST.findIndex((name) => moduleId.endsWith(name));
      return at === -1 ? LONGEST.length : at;
    };
    return sorted.toSorted((a, b) => group(a) - group(b) || place(a) - place(b));
  }
}
