import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Evidence } from "../../../src/domain/evidence.ts";
import type { Verdict } from "../../../src/domain/verdict.ts";
import { foldMarkup } from "../../../src/wording/fold.ts";
import {
  EVIDENCE_FOLD,
  type PullRequestText,
  renderCommitMessage,
  renderPullRequest,
} from "../../../src/wording/pull-request/body.ts";
import { cases } from "../../cases.ts";
import { anyContract, CONTRACT } from "../../domain/contracts.ts";
import { judgementOf, proofOf } from "../../domain/proofs.ts";
import { hostileText } from "../hostile-text.ts";
import { harmOf, parseMarkdown } from "../markdown-tree.ts";

const SHA = "0123456789abcdef0123456789abcdef01234567";
const SUBJECT = { base: SHA, tree: SHA };
const RUN_URL = "https://github.com/OWNER/millwright/actions/runs/12";

const EVIDENCE: readonly Evidence[] = [
  {
    kind: "check",
    name: "lint",
    on: "change",
    subject: SUBJECT,
    command: "npm run lint",
    status: "passed",
    exitCode: 0,
    durationMs: 800,
    tail: "",
    outputBytes: 0,
  },
  {
    kind: "check",
    name: "test",
    on: "change",
    subject: SUBJECT,
    command: "npm test",
    status: "passed",
    exitCode: 0,
    durationMs: 2_300,
    tail: "",
    outputBytes: 0,
  },
  {
    kind: "test-comparison",
    subject: SUBJECT,
    source: "per-test",
    failToPass: ["notes lists archived ones"],
    passToPass: ["a", "b", "c"],
    passToFail: [],
    failToFail: [],
  },
  proofOf(SUBJECT, "AC1", { test: "notes lists archived ones" }),
  proofOf(SUBJECT, "AC2", { as: "command", checks: ["lint"] }),
  proofOf(SUBJECT, "AC3", { status: "for-review" }),
];

const VERDICT: Verdict = {
  subject: SUBJECT,
  decision: "approve",
  summary: "Small and tested.",
  findings: [],
  assumptions: ["Archived notes keep their order"],
  notVerified: ["Very long lists"],
  smallestRollback: "revert the merge commit",
  criteria: [
    judgementOf("AC1"),
    judgementOf("AC2", { quotes: [] }),
    judgementOf("AC3", { quotes: [], evidence: "README names the parameter" }),
  ],
  risk: "low",
};

const TEXT: PullRequestText = {
  issue: 3,
  contract: CONTRACT,
  summary: "The list takes a parameter and shows archived notes.",
  assumptions: ["Nobody relies on the old order"],
  evidence: EVIDENCE,
  verdict: VERDICT,
  risk: { risk: "medium", reasons: ["source files among 2 changed"] },
  runUrl: RUN_URL,
  standing: { by: "person", reason: "Trust in these paths is `open-pr`." },
};

describe("renderPullRequest", () => {
  test("is read in a minute", () => {
    const { title, body } = renderPullRequest(TEXT);
    expect(title).toBe("The list shows archived notes when asked");
    expect(body).toMatchInlineSnapshot(`
      "> **Not merged yet:** a person merges this. Trust in these paths is \`open-pr\`.
      > **Next:** read it and press “Merge pull request”; or comment \`/factory rework: …\` and what should be different. After \`/factory status\` the issue tells how it stands.

      The list takes a parameter and shows archived notes.

      Part of #3, which stays open until the change is live.

      **Criteria:** 2 of 3 criteria proven; AC3: a matter of judgement, to which the reviewer says yes.

      | Criterion | Shown by |
      |---|---|
      | ✅ **AC1** Given an archived note, GET /notes?archived=1 lists it | 1 test: failed → passed |
      | ✅ **AC2** npm run lint passes | the check lint |
      | ☑️ **AC3** The README says how | reviewer: yes: README names the parameter |

      - **Checks** ✅ lint 800 ms · ✅ test 2.3 s
      - **Assumed** Nobody relies on the old order; Archived notes keep their order
      - **Not verified** Very long lists
      - **Risk** medium: source files among 2 changed
      - **Smallest rollback** revert the merge commit

      <details><summary>How each criterion is shown, and what else was measured</summary>

      - **AC1** (changes): notes lists archived ones · failed → passed · reviewer: yes, at \`test/greet.test.ts:1\`
      - **AC2** (command): the check lint · reviewer: yes: seen
      - **AC3** (judgement): nothing is named for it · reviewer: yes: README names the parameter
      - **Tests** 1 fail on the base and pass now, 3 pass on both, 0 broken, 0 failing on both

      </details>

      [The run](https://github.com/OWNER/millwright/actions/runs/12) holds the evidence for exactly these bytes.
      "
    `);
  });

  test("its first line says who is next, where the factory merges, too", () => {
    const { body } = renderPullRequest({ ...TEXT, standing: { by: "factory" } });
    expect(body.split("\n")[0]).toMatch(/^> \*\*Next:\*\* the factory merges this by itself/);
    expect(body).not.toContain("Not merged yet");
  });

  test("what is not proven stands first and is marked", () => {
    const evidence = EVIDENCE.filter(
      (piece) => piece.kind !== "criterion" || piece.criterion !== "AC2",
    );
    const rows = renderPullRequest({ ...TEXT, evidence })
      .body.split("\n")
      .filter((line) => /^\| \S+ \*\*AC/.test(line));
    expect(rows[0]).toMatch(/^\| ❌ \*\*AC2\*\* .* \| not proven: nobody looked \|$/);
    expect(rows).toHaveLength(3);
  });

  test("a failure that is known from the base is shown as one, a new one as failed", () => {
    const run = (on: "base" | "change", names: readonly string[]): Evidence => ({
      kind: "check",
      name: "test",
      on,
      subject: SUBJECT,
      command: "npm test",
      status: "failed",
      exitCode: 1,
      durationMs: 2_300,
      tail: "",
      outputBytes: 0,
      tests: [
        ...names.map((name) => ({ name, status: "failed" as const })),
        { name: "other", status: "passed" },
      ],
    });
    const checksOf = (evidence: readonly Evidence[]) =>
      /\*\*Checks\*\* (.*)/.exec(renderPullRequest({ ...TEXT, evidence }).body)?.[1];
    expect(checksOf([run("base", ["a", "b"]), run("change", ["a", "b"])])).toBe(
      "✅ test 2.3 s, passes but for known failures: 2 tests (a; b) fail on the base too, and nothing else",
    );
    expect(checksOf([run("base", ["a"]), run("change", ["a", "b"])])).toBe("❌ test 2.3 s");
    expect(checksOf([run("change", ["a"])])).toBe("❌ test 2.3 s");
  });

  test("says so when nothing ran", () => {
    const { body } = renderPullRequest({ ...TEXT, evidence: [], summary: "" });
    expect(body).toContain("**Checks** none ran");
    expect(body).toContain("**Tests** were not compared with the base");
    expect(body).toContain("No summary was given.");
  });

  test("at most 40 lines, one reference, which closes nothing, our links only, whatever a model writes", () => {
    fc.assert(
      fc.property(
        anyContract(),
        fc.array(hostileText(), { minLength: 6, maxLength: 6 }),
        (contract, words) => {
          const [one = "", two = "", three = "", four = "", five = "", six = ""] = words;
          const evidence: Evidence[] = contract.acceptance.map(({ id, kind }) =>
            proofOf(SUBJECT, id, {
              as: kind,
              tests: [{ name: six || "x", base: "not-built", change: "passed", because: six }],
              reasons: [{ code: "flaky", about: six }],
              status: "unproven",
            }),
          );
          const { title, body } = renderPullRequest({
            ...TEXT,
            contract,
            summary: one,
            assumptions: [two],
            evidence: [...EVIDENCE, ...evidence],
            verdict: {
              ...VERDICT,
              assumptions: [three],
              notVerified: [four],
              smallestRollback: five,
            },
          });
          expect(body.trimEnd().split("\n").length).toBeLessThanOrEqual(40);
          const harm = harmOf(body);
          const ours = "Part of #3, which stays open until the change is live.";
          expect(harm).toEqual({
            ...{ images: 0, html: foldMarkup(EVIDENCE_FOLD) },
            ...{ links: [RUN_URL], live: [ours] },
          });
          expect(parseMarkdown(body).children.map(({ type }) => type)).toEqual([
            "blockquote",
            "paragraph",
            "paragraph",
            "paragraph",
            "table",
            "list",
            "html",
            "list",
            "html",
            "paragraph",
          ]);
          expect(title).not.toMatch(/@|#\d|\n/);
          expect([...title].length).toBeLessThanOrEqual(100);
        },
      ),
      cases(120),
    );
  });
});

describe("renderCommitMessage", () => {
  test("first line of at most 72 characters, no live reference but ours", () => {
    fc.assert(
      fc.property(hostileText(), (goal) => {
        const message = renderCommitMessage({ issue: 3, attempt: 2, goal, tree: SHA });
        const [subject = "", blank, ...trailers] = message.split("\n");
        expect([...subject].length).toBeLessThanOrEqual(72);
        expect(subject).not.toMatch(/@|#\s?\d|gh-\d|:\/\//i);
        expect(blank).toBe("");
        expect(trailers).toEqual(["Issue: #3", "Attempt: 2", `Verified-Tree: ${SHA}`]);
      }),
      cases(200),
    );
  });
});
