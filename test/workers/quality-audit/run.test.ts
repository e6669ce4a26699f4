import { describe, expect, test } from "vitest";
import type { CheckRun } from "../../../src/domain/evidence.ts";
import type { VerifyProposal } from "../../../src/domain/proposal.ts";
import { NO_USAGE } from "../../../src/domain/usage.ts";
import { runQualityAudit } from "../../../src/workers/quality-audit/run.ts";
import { createFakeClock } from "../../fakes/clock.ts";
import { fakeModel } from "../../fakes/model.ts";
import { syntax } from "../syntax.ts";
import {
  areaOf,
  audited,
  CONFIG,
  check,
  FILES,
  figure,
  goodEvidence,
  LINES,
  MUTATION,
  mutation,
  type Night,
  named,
  night,
} from "./night.ts";

describe("runQualityAudit", () => {
  test("measures each area and the repository, every figure with its source", async () => {
    const { proposal, repository, base } = await audited({
      churn: { "src/quote.ts": 5, "src/zones.ts": 1, "README.md": 9 },
      audit: {
        openDefects: [
          { number: 9, title: "src/zones.ts forgets Svalbard", labels: ["bug"] },
          { number: 4, title: "slow", labels: ["pricing"] },
          { number: 5, title: "typo", labels: [] },
        ],
      },
    });
    const { measures, owner, grade, because } = areaOf(proposal, "pricing");
    expect(figure(measures, "files")).toEqual([2, "source files in the tree"]);
    expect(figure(measures, "lines")[0]).toBe(100);
    expect(figure(measures, "tests")).toEqual([20, "run by `npm test`, counted in its report"]);
    expect(figure(measures, "test-failures")[0]).toBe(0);
    expect(named(measures, "coverage")).toEqual({
      name: "coverage",
      value: 90,
      source: "reports/lcov.info",
      counted: "90 of 100 lines, 2 of 2 files",
      where: ["src/zones.ts"],
    });
    expect(named(measures, "mutation")).toEqual({
      name: "mutation",
      value: 90,
      source: MUTATION,
      counted: "9 of 10 mutants",
      where: ["src/quote.ts:10"],
    });
    expect(figure(measures, "lint-findings")).toEqual([0, "`npm run lint`, exit code 0"]);
    expect(figure(measures, "type-findings")).toEqual([0, "`tsc`, exit code 0"]);
    expect(figure(measures, "churn")[0]).toBe(3);
    expect(figure(measures, "open-defects")).toEqual([2, "issues 4, 9"]);
    expect({ owner, grade, because }).toEqual({
      owner: "@team/pricing",
      grade: "C",
      because: "2 defects are open (B asks for 1 or fewer)",
    });
    expect(figure(proposal.report.repository, "lines")[0]).toBe(150);
    expect(named(proposal.report.repository, "tests")?.counted).toBe("3 tests on 150 lines");
    expect(figure(proposal.report.repository, "open-defects")).toEqual([3, "issues 4, 5, 9"]);
    expect(named(proposal.report.repository, "churn")?.counted).toBe("6 changes of 3 files");
    const markdown = {
      path: "quality.md",
      mode: "100644",
      encoding: "utf-8",
      content: proposal.markdown,
    } as const;
    expect(proposal.tree).toBe(await repository.treeWith({ base, files: [markdown] }));
    expect(proposal.markdown).toContain("reports/lcov.info");
    expect(proposal.markdown).toContain("| Figure | A | B | C | not measured |");
    expect(proposal.markdown).not.toContain("\n\n\n");
    expect(proposal.runs.map(({ name, tests }) => [name, tests])).toEqual([
      ["lint", undefined],
      ["types", undefined],
      ["test", undefined],
    ]);
  });

  test("names what is below its bar, the widest gap first, with a fingerprint that stays", async () => {
    const { proposal } = await audited();
    expect(proposal.report.gaps).toEqual([
      {
        fingerprint: "service/coverage",
        area: "service",
        title: "service: 40 % of the lines are covered by tests, 70 % or more wanted",
        detail: [
          "Grade D, bar B: 40 % of the lines are covered by tests (C asks for 50 % or more)",
          "Counted from reports/lcov.info (20 of 50 lines, 1 of 1 files)",
          "Look first at `src/server.ts`",
          "Files: `src/server.ts`",
        ].join("\n"),
      },
    ]);
  });

  test("lists at most three gaps", async () => {
    const files = Object.fromEntries(
      ["a", "b", "c", "d"].map((name, index) => [`src/${name}/x.ts`, LINES(index + 1)]),
    );
    const { proposal } = await audited({ files, config: {} });
    expect(proposal.report.areas).toHaveLength(4);
    expect(proposal.report.gaps.map(({ area }) => area)).toEqual(["src/d", "src/c", "src/b"]);
  });

  test("tells areas by their names, and of gaps alike too", async () => {
    const names = ["b", "d", "a", "c"];
    const areas = names.map((name) => ({ name, paths: [`src/${name}.ts`] }));
    const files = Object.fromEntries(names.map((name) => [`src/${name}.ts`, LINES(5)]));
    const { proposal } = await audited({ files, config: { quality: { areas } } });
    expect(proposal.report.areas.map(({ area }) => area)).toEqual(["a", "b", "c", "d"]);
    expect(proposal.report.gaps.map(({ area }) => area)).toEqual(["a", "b", "c"]);
  });

  test("files nothing for areas whose tests nobody could run", async () => {
    const { proposal } = await audited({ withoutVerify: true });
    expect(proposal.report.gaps).toEqual([]);
  });

  test("stays within the bound of the file with many areas and long commands", async () => {
    const names = Array.from({ length: 40 }, (_, index) => `area-${index}`);
    const areas = names.map((name) => ({ name, paths: [`src/${name}/**`] }));
    const files = Object.fromEntries(names.map((name) => [`src/${name}/x.ts`, LINES(3)]));
    const { proposal } = await audited({
      files,
      config: { quality: { areas } },
      evidence: (subject) => [
        check(subject, { command: "x".repeat(900) }),
        check(subject, { name: "types", command: "y".repeat(900) }),
        check(subject, {
          name: "test",
          command: "z".repeat(900),
          tests: names.map((name) => ({ name: `src/${name}/x.test.ts`, status: "passed" })),
        }),
      ],
    });
    expect(proposal.markdown).toContain("<summary>How grades are computed</summary>");
    expect(proposal.markdown).toContain("<code>area-39</code>");
    expect(proposal.markdown).not.toContain("\n\n\n");
    expect(proposal.markdown.length).toBeLessThan(58_000);
    const { measures } = areaOf(proposal, "area-39");
    expect(figure(measures, "tests")[1]).toMatch(/^run by `z{300,}/);
  });

  test("tells a long command whole where there is room", async () => {
    const command = "lint ".repeat(30).trim();
    const { proposal } = await audited({ evidence: (subject) => [check(subject, { command })] });
    expect(proposal.markdown).toContain(command);
  });

  test("says why a figure is missing, and grades no better than C without verify", async () => {
    const { proposal } = await audited({ withoutVerify: true, churn: null });
    const { measures, grade, because } = areaOf(proposal, "pricing");
    expect(figure(measures, "tests")).toEqual([
      20,
      "written in test files; no report says how many ran",
    ]);
    expect(figure(measures, "test-failures")).toEqual([null, "the tests were not run"]);
    expect(figure(measures, "coverage")[0]).toBeNull();
    expect(figure(measures, "lint-findings")[0]).toBeNull();
    expect(figure(measures, "churn")).toEqual([null, expect.stringContaining("fetch-depth: 0")]);
    expect([grade, because]).toEqual(["C", "failing tests: not measured (C at best)"]);
    expect(proposal.runs).toEqual([]);
  });

  test("counts a failing command without a report as a failure", async () => {
    const { proposal } = await audited({
      evidence: (subject) => [
        check(subject, {
          name: "test",
          command: "npm test",
          status: "failed",
          exitCode: 1,
          note: "the report is empty",
        }),
      ],
    });
    expect(figure(proposal.report.repository, "test-failures")).toEqual([
      1,
      "`npm test`, at least one: the report is empty",
    ]);
    expect(areaOf(proposal, "pricing").grade).toBe("C");
  });

  test("tells the exit code of a run without a report, and of which part nothing is known", async () => {
    const exited = (parts: Partial<CheckRun>) =>
      audited({
        evidence: (subject) => [check(subject, { name: "test", command: "npm test", ...parts })],
      });
    const failed = (await exited({ status: "failed", exitCode: 3 })).proposal;
    expect(figure(failed.report.repository, "test-failures")).toEqual([
      1,
      "`npm test`, at least one: exit code 3",
    ]);
    expect(figure(areaOf(failed, "pricing").measures, "test-failures")).toEqual([
      null,
      "`npm test`: exit code 3; no report names tests",
    ]);
    expect(areaOf(failed, "pricing").because).toBe("failing tests: not measured (C at best)");
    const passed = (await exited({})).proposal;
    expect(figure(areaOf(passed, "pricing").measures, "test-failures")).toEqual([
      0,
      "`npm test`, exit code 0",
    ]);
    expect(areaOf(passed, "pricing").because).toBe("coverage: not measured (B at best)");
  });

  test("lets an area keep its grade when only the tests of another fail, and counts none that was skipped", async () => {
    const { proposal } = await audited({
      evidence: (subject) => [
        check(subject, {
          name: "test",
          command: "npm test",
          status: "failed",
          exitCode: 1,
          tests: [
            { name: "test/quote.test.ts > a", status: "passed" },
            { name: "test/quote.test.ts > b", status: "skipped" },
            { name: "test/server.test.ts > c", status: "failed" },
          ],
        }),
      ],
    });
    expect(areaOf(proposal, "service").grade).toBe("D");
    expect(areaOf(proposal, "pricing").grade).toBe("B");
    expect(figure(areaOf(proposal, "pricing").measures, "tests")[0]).toBe(10);
  });

  test("tells the findings of a run by the area of their places, and takes no run but that of the base", async () => {
    const { proposal } = await audited({
      evidence: (subject) => [
        check(subject, { on: "change", status: "failed", exitCode: 1 }),
        check(subject, {
          status: "failed",
          exitCode: 1,
          tail: "src/quote.ts:1:2 x\nsrc/server.ts:1:2 x\nsrc/server.ts:2:2 x\n",
        }),
        {
          kind: "coverage",
          subject,
          source: "lcov.info",
          files: [{ path: "src/quote.ts", covered: 1, total: 3 }],
        },
      ],
    });
    expect(figure(areaOf(proposal, "pricing").measures, "lint-findings")).toEqual([
      10,
      "`npm run lint`, lines that name a place",
    ]);
    expect(named(areaOf(proposal, "pricing").measures, "coverage")).toMatchObject({
      value: expect.closeTo(33.33, 2),
      counted: "1 of 3 lines, 1 of 2 files",
    });
    expect(figure(areaOf(proposal, "service").measures, "coverage")).toEqual([
      null,
      "lcov.info names none of its files",
    ]);
    expect(figure(proposal.report.repository, "lint-findings")[0]).toBe(20);
    expect(figure(proposal.report.repository, "open-defects")).toEqual([0, "no defect is open"]);
    expect(figure(areaOf(proposal, "service").measures, "open-defects")).toEqual([
      0,
      "no open defect names it",
    ]);
  });

  test("measures no file that is too large to be written by people", async () => {
    const files = { ...FILES, "src/zones.ts": "\n".repeat(1_000_001) };
    const { measures } = areaOf((await audited({ files })).proposal, "pricing");
    expect([figure(measures, "files")[0], figure(measures, "lines")[0]]).toEqual([1, 60]);
  });

  test("hands over no more runs than a proposal holds", async () => {
    const { proposal } = await audited({
      evidence: (subject) => Array.from({ length: 21 }, () => check(subject, {})),
    });
    expect(proposal.runs).toHaveLength(20);
  });

  test("counts a failing test as a D", async () => {
    const { proposal } = await audited({
      evidence: (subject) =>
        goodEvidence(subject).map((piece) =>
          piece.kind === "check" && piece.tests
            ? {
                ...piece,
                status: "failed" as const,
                exitCode: 1,
                tests: [{ name: "test/quote.test.ts > a", status: "failed" as const }],
              }
            : piece,
        ),
    });
    expect(areaOf(proposal, "pricing")).toMatchObject({
      grade: "D",
      because: "1 test fails (A asks for none)",
    });
  });

  test.each([
    ["bytes", { tree: "0".repeat(40) }],
    ["commits", { base: "0".repeat(40) }],
  ])("refuses evidence for other %s", async (_what, changes) => {
    const { order, repository } = await night();
    const tree = await repository.treeOf(order.base);
    const subject = { base: order.base, tree, ...changes };
    const verify = { subject, evidence: [] } as unknown as VerifyProposal;
    const ports = { model: fakeModel(), repository, clock: createFakeClock(), syntax };
    expect(await runQualityAudit(order, verify, ports)).toMatchObject({
      worker: "failed",
      of: "quality-audit",
      refusal: {
        code: "tree-mismatch",
        subject: "evidence of verify",
        found: subject.tree,
        accepted: tree,
      },
    });
  });
});

describe("the auditor's notes", () => {
  const note = (parts: object) => ({
    area: "pricing",
    text: "Zones repeat.",
    path: "src/zones.ts",
    line: 3,
    ...parts,
  });

  test("keeps one an area, and only with a line that exists", async () => {
    const notes = [
      note({ line: 41 }),
      note({ path: "src/nowhere.ts" }),
      note({ text: " Zones\n  repeat. " }),
      note({ text: "A second one." }),
      note({ area: "service", line: 400 }),
      note({ area: "nowhere" }),
    ];
    const { proposal, model } = await audited({ model: [{ role: "auditor", answer: { notes } }] });
    expect(areaOf(proposal, "pricing").note).toEqual({
      text: "Zones repeat.",
      path: "src/zones.ts",
      line: 3,
    });
    expect(areaOf(proposal, "service").note).toBeNull();
    expect(proposal.markdown).toContain("Zones repeat");
    expect(proposal.usage.requests).toBe(1);
    expect(model.tasks[0]?.prompt).toMatch(/- service: D [\s\S]*- pricing: A /);
  });

  test.each([
    [40, "  last", true],
    [40, "  ", false],
    [39, "last", true],
  ])("at line %i, with %j at the end: %j", async (line, last, kept) => {
    const files = { ...FILES, "src/zones.ts": `${LINES(39)}${last}` };
    const { proposal } = await audited({
      files,
      model: [{ role: "auditor", answer: { notes: [note({ line })] } }],
    });
    expect(areaOf(proposal, "pricing").note?.line).toBe(kept ? line : undefined);
  });

  test("changes no grade", async () => {
    const with_ = await audited({ model: [{ role: "auditor", answer: { notes: [note({})] } }] });
    const without = await audited();
    const grades = ({ proposal }: typeof without) =>
      proposal.report.areas.map(({ grade, because }) => [grade, because]);
    expect(grades(with_)).toEqual(grades(without));
    expect(with_.proposal.report.gaps).toEqual(without.proposal.report.gaps);
  });

  test("are missing with the reason when the model fails; the figures stand", async () => {
    const refusal = { code: "secret-missing", subject: "ANTHROPIC_API_KEY" } as const;
    const { proposal } = await audited({ model: [{ role: "auditor", refusal }] });
    expect(proposal.withoutNotes).toEqual(refusal);
    expect(proposal.report.areas.every(({ note }) => note === null)).toBe(true);
    expect(proposal.markdown).toContain("pricing");
  });

  test("are not asked for on a night when no figure changed: the committed file stays as it is", async () => {
    const first = await audited({ model: [{ role: "auditor", answer: { notes: [note({})] } }] });
    const files = { ...FILES, "quality.md": first.proposal.markdown };
    const second = await audited({ files, model: [] });
    expect(second.proposal.markdown).toBe(first.proposal.markdown);
    expect(second.proposal.tree).toBe(await second.repository.treeOf(second.base));
    expect(second.proposal.usage).toEqual(NO_USAGE);
  });

  test("nor when figures moved and no letter did; a letter, a bar or an owner changes the page, and so does a grade by hand", async () => {
    const first = await audited();
    const committed = { "quality.md": first.proposal.markdown };
    const moved = { ...FILES, ...committed, "src/zones.ts": LINES(50) };
    expect((await audited({ files: moved, model: [] })).proposal.markdown).toBe(
      first.proposal.markdown,
    );
    const others: readonly Night[] = [
      { files: { ...moved, [MUTATION]: mutation({ "src/quote.ts": [7, 3] }) } },
      { files: { ...moved, CODEOWNERS: "* @team/others\n" } },
      { files: moved, config: { ...CONFIG, quality: {} } },
      { files: { ...moved, "quality.md": first.proposal.markdown.replace("| D |", "| A |") } },
    ];
    for (const parts of others) {
      expect((await audited(parts)).proposal.markdown).not.toBe(first.proposal.markdown);
    }
  });
});
