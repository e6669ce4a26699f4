import { describe, expect, test } from "vitest";
import type { RatchetFinding } from "../../../src/domain/evidence/ratchet.ts";
import {
  annotationsOf,
  PROOF_MARKER,
  renderProof,
  sayUntrusted,
  titleOfProof,
} from "../../../src/wording/proof/comment.ts";
import { BODY_CHARACTERS } from "../../../src/wording/safe-text.ts";
import { changeProof, pullRequestProof, testsWith } from "../../domain/change-proofs.ts";

const URL = "https://github.com/OWNER/app/actions/runs/7";

describe("what is said of a pull request", () => {
  test.each([
    ["proven", {}, "✅ **Proven**: 1 test fails without this change and passes with it"],
    ["proven by several", { tests: testsWith({ failToPass: ["a", "b"] }) }, "2 tests fail without"],
    ["unproven", { tests: testsWith({}) }, "no test was seen failing without this change"],
    [
      "unproven by exit codes",
      { tests: testsWith({}, "exit-code") },
      "no report names a test that fails",
    ],
    ["broken", { tests: testsWith({ gone: ["old"] }) }, "❌ **Broken**"],
    [
      "not measured",
      {
        tests: null,
        refusal: { code: "evidence-missing", subject: "checks.test" },
      } as const,
      "Next: name the command that runs the tests as `checks.test`",
    ],
  ])("%s", (_, change, says) => {
    const body = renderProof(pullRequestProof(change), URL);
    expect(body.startsWith(`${PROOF_MARKER}\n`)).toBe(true);
    expect(body).toContain(says);
    expect(body).toContain("Of commit");
    expect(body).toContain(`](${URL})`);
  });

  test("where nothing was taken back it says so; else the share, and what no test notices, beside the lines", () => {
    expect(renderProof(pullRequestProof())).toContain("noticed lines: not measured");
    const lines = { changed: 12, byTests: 8, byCompiler: 1, unnoticed: 3, untried: 0 };
    const unnoticed = [{ path: "src/a.ts", from: 4, to: 6 }];
    const proof = pullRequestProof({ noticed: { lines, unnoticed, more: 0 } });
    const body = renderProof(proof);
    expect(body).toContain("tests notice 8 of 12 changed source lines, the compiler 1");
    expect(body).toContain("1 part of the source that no test notices");
    expect(body).toContain("src/a.ts:4-6");
    expect(annotationsOf(proof.proof)).toMatchObject([
      { path: "src/a.ts", line: 4, level: "notice" },
    ]);
  });

  test("what got worse stands first, and a failing check is named with its note", () => {
    const check = { name: "lint", on: "change", status: "failed", counts: false, durationMs: 5 };
    const proof = pullRequestProof({
      checks: [{ ...check, note: "it passes on the base" } as never],
    });
    const body = renderProof(proof);
    const at = (text: string) => body.indexOf(text);
    expect(at("the check lint fails on the change")).toBeGreaterThan(0);
    expect(at("the check lint fails on the change")).toBeLessThan(at("1 test fails without"));
    expect(body).toContain("| lint | ❌ failed |");
  });

  test("nothing that a stranger named mentions, links, closes, loads or commands", () => {
    const evil =
      "@everyone fixes #1 ![x](https://evil.example/x.png) <img src=x> [a](javascript:x) ```\n/merge";
    const lists = Object.fromEntries(
      ["failToPass", "passToFail", "altered", "flaky"].map((list) => [list, [evil]]),
    );
    const finding = { path: evil.slice(0, 300), line: 1, rule: "test-skipped" } as const;
    const proof = pullRequestProof({
      tests: testsWith(lists),
      ratchet: { findings: [{ ...finding, before: evil, after: evil }], more: 0 },
    });
    const body = renderProof(proof, URL);
    const outside = body.replaceAll(/(`+)(?!`).*?[^`]\1(?!`)/g, "");
    expect(outside).not.toMatch(/@everyone|#1\b|!\[|<img|javascript:|\n\/merge/);
    expect(titleOfProof(proof.proof)).not.toMatch(/[\n@]/);
    // What leads out of the tree is no place.
    expect(annotationsOf(proof.proof)).toEqual([]);
    const inside = { ...proof.proof.ratchet.findings[0], path: "a.ts" } as RatchetFinding;
    const ratchet = { findings: [inside], more: 0 };
    const [annotation] = annotationsOf({ ...proof.proof, ratchet });
    expect(annotation?.message).not.toMatch(/@everyone|:\/\//);
  });

  test("the longest proof that can be handed on fits a comment", () => {
    const names = Array.from({ length: 30 }, (_, index) => `${index}`.padEnd(300, "`x "));
    const lists = Object.fromEntries(Object.keys(testsWith({}).lists).map((list) => [list, names]));
    const body = renderProof(pullRequestProof({ tests: testsWith(lists) }), URL);
    expect(body.length).toBeLessThanOrEqual(BODY_CHARACTERS);
    expect(body).toContain("25 more");
  });

  test("a title fits a check run", () => {
    const refusal = { code: "check-failed", subject: "setup", found: "x ".repeat(900) } as const;
    const title = titleOfProof(changeProof({ tests: null, refusal }));
    expect(title.length).toBeLessThanOrEqual(250);
    expect(title).toMatch(/^Not measured: /);
  });

  test("a proof that is not shown says which workflow, and what to do", () => {
    const { title, body } = sayUntrusted(".github/workflows/factory-prove.yml");
    expect(title.length).toBeLessThanOrEqual(250);
    expect(body).toContain("`.github/workflows/factory-prove.yml`");
    expect(body).toContain("Next: update the branch");
  });
});
