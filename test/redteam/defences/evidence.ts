import type { Defence } from "../defence.ts";

/** What must have been seen to be true of the very bytes, and by whom. */
export const OF_EVIDENCE: readonly Defence[] = [
  {
    id: "no-test-lost",
    what: "a test that passed on the base has to pass on the change",
    edits: [
      {
        file: "src/control/gate/evidence-rules.ts",
        find: "].find(({ tests }) => tests.length > 0);",
        replace: "].find(({ tests }) => tests.length < 0);",
      },
    ],
    attacks: ["QA-01b"],
  },
  {
    id: "old-tests",
    what: "a person merges what makes an old test fail as it stood on the base",
    edits: [
      {
        file: "src/control/gate/merge-authority.ts",
        find: "protectedPaths.length + doubts.length === 0",
        replace: "protectedPaths.length === 0",
      },
    ],
    attacks: ["QA-01e"],
  },
  {
    id: "fresh-bytes",
    what: "each check runs on the verified bytes, whatever the one before it left",
    edits: [
      {
        file: "src/workers/checks/workbench.ts",
        find: "if (used) await workspace.restore();",
        replace: "if (used && workspace.restore === undefined) return;",
      },
    ],
    attacks: ["QA-02b", "QA-02c"],
  },
  {
    id: "told-apart",
    what: "several results of one name excuse nothing",
    layers: "the comparison with the base, which asks the same",
    edits: [
      {
        file: "src/workers/proof/compare/compare-tests.ts",
        find: 'if (base.passed + withTests.passed > 0) return "passToFail";',
        replace:
          'if (base.passed + withTests.passed > 0 && base.failed === 0) return "passToFail";',
      },
      {
        file: "src/domain/evidence/tally.ts",
        find: "return several && before.passed > 0 && now.failed > 0;",
        replace: "return several && before.passed < 0 && now.failed > 0;",
      },
    ],
    attacks: ["QA-03e"],
  },
  {
    id: "checks-passed",
    what: "every check of the config passes on the change",
    edits: [
      {
        file: "src/control/gate/evidence-rules.ts",
        find: "if (failed === undefined) return undefined;",
        replace: "if (failed === undefined || failed.name.length > 0) return undefined;",
      },
    ],
    attacks: ["QA-09b"],
  },
  {
    id: "tests-prove",
    what: "a test failed before and passes now",
    layers: "what nothing proves is asked of a person",
    edits: [
      {
        file: "src/control/gate/evidence-rules.ts",
        find: 'source === "exit-code" || failToPass.length',
        replace: 'source === "exit-code" || 1 + failToPass.length',
      },
      {
        file: "src/control/gate/doubts.ts",
        find: "if (open.length > 0) doubts.push",
        replace: "if (open.length < 0) doubts.push",
      },
    ],
    attacks: ["QA-01n"],
  },
  {
    id: "criteria-judged",
    what: "an approval counts where every criterion was judged and met, asked twice",
    edits: [
      {
        file: "src/workers/review/verdict.ts",
        find: 'criteria.some((judged) => judged.answer !== "yes");',
        replace: "criteria.length < 0;",
      },
      {
        file: "src/control/gate/review-rules.ts",
        find: 'return judgements.length > 0 && judgements.every(({ answer }) => answer === "yes");',
        replace: "return judgements.length >= 0;",
      },
    ],
    attacks: ["AG-22b"],
  },
  {
    id: "line-order",
    what: "a line that is shown otherwise than it runs is a blocker, whatever the reviewer says",
    edits: [
      {
        file: "src/workers/review/verdict.ts",
        find: "const line = added.find(({ text }) => characters.test(text))?.line;",
        replace:
          'const line = added.find(({ text }) => characters.test(text) && text === "")?.line;',
      },
    ],
    attacks: ["IN-03a"],
  },
];
