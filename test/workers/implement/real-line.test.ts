import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openRepository } from "../../../src/adapters/repository/repository.ts";
import { createSandbox } from "../../../src/adapters/sandbox/sandbox.ts";
import { Config } from "../../../src/domain/config/schema.ts";
import type { Order } from "../../../src/domain/order.ts";
import type { VerifyProposal } from "../../../src/domain/proposal.ts";
import { NO_USAGE } from "../../../src/domain/usage.ts";
import type { SandboxSession } from "../../../src/ports/sandbox.ts";
import { runImplement } from "../../../src/workers/implement/run.ts";
import { runReview } from "../../../src/workers/review/run.ts";
import { proposalHead } from "../../../src/workers/shared/proposal.ts";
import { createGitFixture, type GitFixture } from "../../adapters/repository/fixture.ts";
import { HAS_BUBBLEWRAP, PROMISES_BUBBLEWRAP } from "../../bubblewrap.ts";
import { proofOf } from "../../domain/proofs.ts";
import { createFakeClock } from "../../fakes/clock.ts";
import { fakeModel } from "../../fakes/model.ts";
import { lineOrder } from "../orders.ts";

/** A toolbox of one tool, which writes a file. */
const PROGRAM = `
import { writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
for await (const line of createInterface({ input: process.stdin })) {
  const { id, path, text } = JSON.parse(line);
  writeFileSync(path, text);
  console.log(JSON.stringify({ id, text: "written" }));
}`;

function tools(session: SandboxSession) {
  const run = async (input: unknown) => JSON.stringify(await session.request(input, 10_000));
  return [{ name: "write", description: "writes", inputSchema: { type: "object" }, run }];
}

const NAME = 'src/käse "x".txt';
const FILE = `"${NAME.replaceAll('"', '\\"')}"`;
/** One test fails on the base; another comes with the change and fails until the coder finds the right word. */
const TESTS = `
case "$(cat ${FILE})" in
  *zwei*) new='<testcase name="new"><failure/></testcase>' ;;
  *deux*) new='<testcase name="new"/>' ;;
esac
echo "<testsuite><testcase name='old'><failure/></testcase>$new</testsuite>" > junit.xml
test ! -e node_modules/marker`;
const cases = [
  { isolation: "none", skip: false },
  { isolation: "bubblewrap", skip: !HAS_BUBBLEWRAP && !PROMISES_BUBBLEWRAP },
] as const;

let fixture: GitFixture;
let scratch: string;
beforeEach(() => {
  fixture = createGitFixture();
  scratch = mkdtempSync(join(tmpdir(), "millwright-implement-"));
});
afterEach(() => {
  fixture.remove();
  rmSync(scratch, { recursive: true, force: true });
});

describe.each(cases)(
  "implement and review with real git and isolation $isolation",
  ({ isolation, skip }) => {
    test.skipIf(skip)(
      `make a verdict about the written bytes${skip ? " (bwrap is not installed)" : ""}`,
      async () => {
        const plain = (content: string) => ({ mode: "100644", content });
        const base = fixture.commit({
          ".gitignore": plain("node_modules\nreports/\n"),
          [NAME]: plain("one\ntwo\nthree\n"),
          "src/gone.txt": plain("old\n"),
        });
        const program = join(scratch, "toolbox.mjs");
        writeFileSync(program, PROGRAM);
        const repository = await openRepository(fixture.directory, { scratch });
        const sandbox = await createSandbox({ isolation, scratch });
        if ("refusal" in sandbox) throw new Error(JSON.stringify(sandbox.refusal));
        const before = readdirSync(scratch);
        const config = Config.parse({
          checks: {
            setup: "mkdir node_modules && echo ready > node_modules/marker && echo made > made.txt",
            lint: "rm -f src/gone.txt && mkdir -p reports && echo noise > reports/x",
            test: { run: TESTS, report: "junit.xml" },
          },
        });
        const order = lineOrder({ base, config });
        const write = (text: string) => ({ tool: "write", input: { path: NAME, text } });
        const model = fakeModel([
          { role: "architect", answer: { steps: ["translate"], files: [NAME], risks: [] } },
          {
            role: "tester",
            answer: {
              summary: "none",
              proofs: [],
              open: [{ criterion: "all", because: "nothing to see before it is there" }],
            },
          },
          {
            role: "coder",
            calls: [write("one\nzwei\nthree\n")],
            answer: { summary: "translated", assumptions: [] },
          },
          {
            role: "coder",
            calls: [write("one\ndeux\nthree\n"), { tool: "run_check", input: { name: "test" } }],
            answer: { summary: "in French", assumptions: [] },
          },
          {
            role: "reviewer",
            calls: [{ tool: "read_file", input: { path: NAME } }],
            answer: {
              decision: "approve",
              summary: "fine",
              findings: [2, 40].map((line) => ({
                severity: "minor",
                path: NAME,
                line,
                claim: "an accent is missing",
                howItFails: "it reads oddly",
              })),
              assumptions: [],
              notVerified: [],
              smallestRollback: "revert",
              criteria: ["AC1", "AC2"].map((id) => ({ id, met: true, evidence: "seen" })),
              risk: "low",
            },
          },
        ]);
        try {
          const clock = createFakeClock();
          const ports = { model, repository, clock };
          const implement = await runImplement(order, {
            ...ports,
            sandbox,
            toolbox: { program, tools },
          });
          if (implement.worker === "failed") throw new Error(JSON.stringify(implement.refusal));
          expect(implement.changeSet.files).toEqual([
            { path: NAME, mode: "100644", encoding: "utf-8", content: "one\ndeux\nthree\n" },
          ]);
          expect(implement).toMatchObject({
            ran: [
              "run_check test",
              expect.stringMatching(/^check lint passed/),
              expect.stringMatching(/^check test failed .*, as on the base \(1 test\)$/),
            ],
            baseline: [
              { name: "lint", status: "passed" },
              { name: "test", status: "failed", failing: ["old"] },
            ],
          });
          expect(model.tasks[3]?.prompt).toContain("did not fail on the base: new");
          expect(readdirSync(scratch)).toEqual(before);
          const verify = verifyOf(order, await repository.treeWith(implement.changeSet));
          const review = await runReview(order, { implement, verify }, ports);
          expect(review).toMatchObject({
            worker: "review",
            verdict: {
              decision: "approve",
              findings: [{ path: NAME, line: 2 }],
              notVerified: ["1 finding named no line of the diff and was dropped"],
            },
          });
          expect(model.results.at(-1)).toContain("deux");
        } finally {
          await repository.close();
        }
      },
    );
  },
);

function verifyOf(order: Order, tree: string): VerifyProposal {
  const subject = { base: order.base, tree };
  return {
    ...proposalHead(order, { usage: NO_USAGE, durationMs: 1 }),
    worker: "verify",
    subject,
    changedLines: 3,
    commands: { count: 2, durationMs: 900 },
    evidence: [proofOf(subject, "AC1", { test: "test" })],
  };
}
