import type { Addition } from "./addition.ts";

export const GATE_RULE: Addition = {
  what: "a gate rule",
  edits: [
    {
      file: "src/control/gate/review-rules.ts",
      find: `export const REVIEW_RULES: readonly GateRule[] = [`,
      replace: `export const REVIEW_RULES: readonly GateRule[] = [
  {
    name: "few findings",
    check: ({ review: { verdict } }) =>
      verdict.findings.length <= 10
        ? undefined
        : { code: "review-rework", subject: \`\${verdict.findings.length} findings\` },
  },`,
    },
    {
      file: "src/wording/checks/gate-sentences.ts",
      find: `  "criteria met": "The reviewer says yes to every criterion.",`,
      replace: `  "criteria met": "The reviewer says yes to every criterion.",
  "few findings": "The reviewer found no more than ten things.",`,
    },
  ],
  proof: `
    import { weigh } from "./src/control/gate/gate.ts";
    import { sayOutcome } from "./src/wording/checks/gate-sentences.ts";
    import { CONTRACT, green, newLine, toBuilding } from "./test/control/line.ts";
    const line = newLine();
    const { order } = await toBuilding(line);
    const gate = { order, contract: CONTRACT, ...green(line.github, order), approvedDependencies: [], sealed: true };
    const { outcomes } = weigh(gate);
    export const shown = outcomes.map(sayOutcome).filter(({ name }) => name === "few findings");
  `,
  expected: [
    { name: "few findings", ok: true, sentence: "The reviewer found no more than ten things." },
  ],
};
