import { afterEach, describe, expect, test } from "vitest";
import { createClock } from "../../../src/adapters/clock/clock.ts";
import { openRepository } from "../../../src/adapters/repository/repository.ts";
import { readPackaged } from "../../../src/adapters/syntax/grammar-files.ts";
import { createSyntax } from "../../../src/adapters/syntax/syntax.ts";
import type { ChangedFile } from "../../../src/domain/change-set.ts";
import { Config } from "../../../src/domain/config/schema.ts";
import type { Evidence } from "../../../src/domain/evidence.ts";
import { Proposal } from "../../../src/domain/proposal.ts";
import { runVerify } from "../../../src/workers/verify/run.ts";
import { createGitFixture, type GitFixture } from "../../adapters/repository/fixture.ts";
import { describeInside, useSandboxes } from "../../adapters/sandbox/sandboxes.ts";
import { HAS_BUBBLEWRAP, PROMISES_BUBBLEWRAP } from "../../bubblewrap.ts";
import { createFakeWeb } from "../../fakes/web.ts";
import { lineOrder, nightlyOrder } from "../orders.ts";

const syntax = createSyntax(readPackaged(import.meta.url));

const OLD_TESTS = `import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { quote } from "../src/quote.mjs";
describe("quote", () => {
  it("prices Sweden", () => assert.equal(quote("SE"), 900));
});
`;
const FILES = {
  "src/quote.mjs": "export const quote = (country) => (country === 'SE' ? 900 : 1200);\n",
  "test/quote.test.mjs": OLD_TESTS,
};
/** One process for all files of tests: another for each would take as long again. */
const REPORTING =
  "node --test --test-isolation=none --test-reporter=junit --test-reporter-destination=reports/junit.xml";
const COVERING =
  "--experimental-test-coverage --test-reporter=lcov --test-reporter-destination=reports/lcov.info";
const ALL = "'test/**/*.test.mjs'";
const CHECKS = {
  setup: "mkdir -p reports && echo prepared > prepared.txt",
  lint: "test -f prepared.txt",
  test: { run: `${REPORTING} ${ALL}`, report: "reports/junit.xml" },
};
const COVERED = { ...CHECKS, test: { ...CHECKS.test, run: `${REPORTING} ${COVERING} ${ALL}` } };
/** For what is not about a runner of tests: each file is one test. */
const PLAIN = `for file in test/*.sh; do [ ! -e "$file" ] || sh "$file" || exit 1; done; echo '<testsuite><testcase name="is about quotes"/></testsuite>' > reports/junit.xml`;

function file(path: string, content: string) {
  return { path, mode: "100644", encoding: "utf-8", content } as const;
}
const SOURCE = file(
  "src/quote.mjs",
  "const ZONES = { SE: 900, NO: 1140 };\nexport const quote = (country) => ZONES[country] ?? 1200;\n",
);
const TESTS = file(
  "test/quote.test.mjs",
  OLD_TESTS.replace(
    "});\n",
    '});\nit("prices Norway as zone 2", () => assert.equal(quote("NO"), 1140));\n',
  ),
);

function only<Kind extends Evidence["kind"]>(evidence: readonly Evidence[], kind: Kind) {
  return evidence.filter(
    (piece): piece is Extract<Evidence, { kind: Kind }> => piece.kind === kind,
  );
}

/** Real git objects, real processes; what a repository's own runner writes is read back. */
function useVerify(isolation: "bubblewrap" | "none") {
  const { create } = useSandboxes();
  const fixtures: GitFixture[] = [];
  afterEach(() => {
    for (const fixture of fixtures.splice(0)) fixture.remove();
  });

  async function verify(
    files: readonly ChangedFile[] | undefined,
    checks: unknown = CHECKS,
    test = "test/quote.test.mjs > prices Norway as zone 2",
    noticeMinutes = 0,
  ) {
    const named = { criterion: "AC1", tests: [test], symbols: [], checks: [] };
    const fixture = createGitFixture();
    fixtures.push(fixture);
    const entries = Object.entries(FILES).map(([path, content]) => [
      path,
      { mode: "100644", content },
    ]);
    const base = fixture.commit(Object.fromEntries(entries));
    const repository = await openRepository(fixture.directory);
    try {
      const sandbox = await create({ isolation });
      const pinned = { base, config: Config.parse({ verify: { noticeMinutes }, checks }) };
      const order = files === undefined ? nightlyOrder(pinned) : lineOrder(pinned);
      const input =
        files === undefined ? {} : { changeSet: { base, files: [...files] }, namings: [named] };
      const ports = { repository, sandbox, clock: createClock(), web: createFakeWeb(), syntax };
      const proposal = Proposal.parse(await runVerify(order, input, ports));
      if (proposal.worker !== "verify") throw new Error(JSON.stringify(proposal));
      return proposal;
    } finally {
      await repository.close();
    }
  }
  return verify;
}

/** How one run is kept from the next depends on what isolates. */
function keepsRunsApart(isolation: "bubblewrap" | "none") {
  const verify = useVerify(isolation);

  test("runs every check on the verified bytes, whatever the tests did to them", async () => {
    const evil = file(
      "test/evil.sh",
      'for place in tools/judge.sh "$npm_config_cache/judge.sh"; do echo "exit 0" > "$place" || exit 1; done\n',
    );
    const forbidden = file("src/quote.mjs", `${SOURCE.content}// FORBIDDEN\n`);
    const judge = "grep -q FORBIDDEN src/quote.mjs && exit 1 || exit 0";
    const checks = {
      ...CHECKS,
      test: { run: PLAIN, report: "reports/junit.xml" },
      setup: `mkdir -p reports tools $npm_config_cache && echo prepared > prepared.txt && echo '${judge}' | tee tools/judge.sh > $npm_config_cache/judge.sh`,
      build: "sh tools/judge.sh",
      migrations: "sh $npm_config_cache/judge.sh",
    };
    const { evidence } = await verify([forbidden, TESTS, evil], checks);
    const runs = only(evidence, "check").filter(({ on }) => on === "change");
    expect(runs.map(({ name, status }) => [name, status])).toEqual([
      ["setup", "passed"],
      ["lint", "passed"],
      ["test", "passed"],
      ["build", "failed"],
      ["migrations", "failed"],
    ]);
  });
}

/** What does not: once, in what this machine has. */
function verifies(isolation: "bubblewrap" | "none") {
  const verify = useVerify(isolation);

  test("proves a change by tests that fail on the base and pass now", async () => {
    const { evidence, changedLines } = await verify([SOURCE, TESTS]);
    expect(only(evidence, "check").map(({ name, on, status }) => [name, on, status])).toEqual([
      ["setup", "change", "passed"],
      ["lint", "change", "passed"],
      ["test", "change", "passed"],
      ["setup", "base", "passed"],
      ["test", "base", "passed"],
      ["test", "base-with-changed-tests", "failed"],
      ["test", "change-with-base-tests", "passed"],
    ]);
    expect(only(evidence, "test-comparison")).toMatchObject([
      {
        source: "per-test",
        failToPass: ["test/quote.test.mjs > prices Norway as zone 2"],
        passToPass: ["test/quote.test.mjs > quote > prices Sweden"],
        passToFail: [],
        failToFail: [],
      },
    ]);
    expect(only(evidence, "criterion")[0]?.status).toBe("proven");
    expect(changedLines).toBe(4);
  });

  test("proves a change on a base whose tests fail, from what the command prints", async () => {
    const setup = `echo "import test from 'node:test'; test('old', () => { throw new Error('no'); });" > test/old.test.mjs`;
    const run = `node --test --test-isolation=none --test-reporter=tap ${ALL}`;
    const checks = { setup, test: { run, report: { format: "tap" } } };
    const { evidence } = await verify([SOURCE, TESTS], checks, "prices Norway as zone 2");
    expect(only(evidence, "test-comparison")).toMatchObject([
      {
        source: "per-test",
        failToPass: ["prices Norway as zone 2"],
        passToPass: ["quote > prices Sweden"],
        failToFail: ["old"],
      },
    ]);
    const change = only(evidence, "check").find(({ name }) => name === "test");
    expect(change).toMatchObject({
      on: "change",
      status: "failed",
      exitCode: 1,
      note: "1 test (old) fails on the base too, and nothing else",
    });
    expect(only(evidence, "criterion")[0]?.status).toBe("proven");
  });

  test("takes each part of the source back and sees who misses it", async () => {
    const files = [
      file(
        "src/quote.mjs",
        'import { ZONES } from "./zones.mjs";\nexport const quote = (country) => ZONES[country] ?? 1200;\n',
      ),
      file(
        "src/zones.mjs",
        "// Öre, by country.\nexport const ZONES = {\n  SE: 900,\n  NO: 1140,\n};\n",
      ),
      file("src/spare.mjs", "export const spare = 1;\n"),
      TESTS,
    ];
    const checks = { ...CHECKS, test: { ...CHECKS.test, only: `${REPORTING} "$@"` } };
    const { evidence } = await verify(files, checks, undefined, 5);
    expect(only(evidence, "noticed")).toMatchObject([
      {
        lines: { changed: 9, byTests: 3, byCompiler: 5, unnoticed: 1, untried: 0 },
        hunks: [
          { path: "src/zones.mjs", from: 1, to: 5, noticed: "by-compiler" },
          {
            path: "src/quote.mjs",
            from: 1,
            to: 2,
            noticed: "by-tests",
            tests: ["test/quote.test.mjs > prices Norway as zone 2"],
            criteria: ["AC1"],
          },
          { path: "src/spare.mjs", noticed: "unnoticed" },
        ],
        ran: "only",
        runs: 4,
      },
    ]);
  });

  test("sees a regression and a command that hangs", async () => {
    const broken = file("src/quote.mjs", "export const quote = () => 1140;\n");
    const checks = { ...CHECKS, build: { run: "sleep 60", timeoutSeconds: 1 } };
    const { evidence } = await verify([broken, TESTS], checks);
    expect(only(evidence, "test-comparison")).toMatchObject([
      { passToFail: ["test/quote.test.mjs > quote > prices Sweden"] },
    ]);
    const build = only(evidence, "check").filter(({ name }) => name === "build");
    expect(build.map(({ on, status }) => [on, status])).toEqual([
      ["change", "timed-out"],
      ["base", "timed-out"],
    ]);
  });

  test("is not fooled by a test file that ends the process with success", async () => {
    const forged = file("test/forged.test.mjs", "process.exit(0);\n");
    const { evidence } = await verify([SOURCE, forged]);
    expect(only(evidence, "criterion")[0]?.status).toBe("unproven");
  });

  test("checks the base at night, with coverage", async () => {
    const { evidence, changedLines } = await verify(undefined, COVERED);
    expect(only(evidence, "check").map(({ name, on, status }) => [name, on, status])).toEqual([
      ["setup", "base", "passed"],
      ["lint", "base", "passed"],
      ["test", "base", "passed"],
    ]);
    const [coverage] = only(evidence, "coverage");
    expect(coverage).toMatchObject({ source: "reports/lcov.info" });
    expect(coverage?.files.map(({ path }) => path)).toContain("src/quote.mjs");
    expect(changedLines).toBe(0);
  });
}

describeInside("the checks of verify in bubblewrap", () => keepsRunsApart("bubblewrap"));
describe("the checks of verify without isolation", () => keepsRunsApart("none"));
const HERE = HAS_BUBBLEWRAP || PROMISES_BUBBLEWRAP ? "bubblewrap" : "none";
describe(`verify, isolation ${HERE}`, () => verifies(HERE));
