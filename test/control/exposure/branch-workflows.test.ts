import { describe, expect, test } from "vitest";
import {
  exposedWorkflows,
  refuseExposures,
} from "../../../src/control/exposure/branch-workflows.ts";
import { runControl } from "../../../src/control/loop/run.ts";
import type { ControlResult } from "../../../src/control/observed/situation.ts";
import { LINE } from "../../../src/line.ts";
import type { Task } from "../../../src/station.ts";
import { calledIn } from "../../../src/wording/issue/ask-comment.ts";
import { sayRefusal } from "../../../src/wording/refusals.ts";
import { createFakeClock } from "../../fakes/clock.ts";
import {
  approve,
  CONFIG,
  controlInput,
  deliver,
  doorbell,
  green,
  newLine,
  stageShown,
  type TaskInput,
  type TestLine,
  toBuilding,
  toProposed,
} from "../line.ts";

const PLACE = { defaultBranch: "main", own: "factory.yml" };
const SECRET = "    env: { KEY: '${{ secrets.DEPLOY_KEY }}' }";
const READS = "permissions: { contents: read }";

function workflow(on: string, job: string = SECRET, top: string = READS): string {
  return `name: CI\non: ${on}\n${top}\njobs:\n  one:\n    runs-on: ubuntu-24.04\n${job}\n    steps: []\n`;
}

function exposed(text: string, path = ".github/workflows/ci.yml") {
  return exposedWorkflows([{ path, text }], PLACE).map(({ event, startedBy, holds }) => ({
    event,
    startedBy,
    holds,
  }));
}

describe("events that run on a branch or pull request of the factory", () => {
  test.each<readonly [string, readonly string[]]>([
    ["push", ["push by factory"]],
    ["[push, pull_request]", ["push by factory", "pull_request by factory"]],
    ["{ push: { branches: ['**'] } }", ["push by factory"]],
    ["{ push: { branches: [main] } }", []],
    ["{ push: { branches: ['factory/[0-9]*'] } }", ["push by factory"]],
    ["{ push: { branches: ['factory/quality-*'] } }", ["push by factory"]],
    ["{ push: { branches: ['**', '!factory/**'] } }", []],
    ["{ push: { branches: ['!factory/**', '**'] } }", ["push by factory"]],
    ["{ push: { branches-ignore: ['factory/**'] } }", []],
    ["{ push: { branches-ignore: ['factory/*'] } }", []],
    ["{ push: { branches-ignore: ['factory/?-?'] } }", ["push by factory"]],
    ["{ push: { tags: ['v*'] } }", []],
    ["{ push: { tags: ['v*'], branches: ['**'] } }", ["push by factory"]],
    ["{ push: { paths: ['docs/**'] } }", ["push by factory"]],
    ["pull_request_target", ["pull_request_target by factory"]],
    ["{ pull_request: { branches: [main] } }", ["pull_request by factory"]],
    ["{ pull_request: { branches: [release] } }", []],
    ["{ pull_request: { branches-ignore: ['factory/**'] } }", ["pull_request by factory"]],
    ["{ pull_request: { types: [labeled] } }", ["pull_request by person"]],
    ["{ pull_request: { types: [labeled, opened] } }", ["pull_request by factory"]],
    ["pull_request_review", ["pull_request_review by person"]],
    ["pull_request_review_comment", ["pull_request_review_comment by person"]],
    ["check_run", ["check_run by factory"]],
    ["check_suite", ["check_suite by factory"]],
    ["{ workflow_run: { workflows: [Other] } }", []],
    ["{ push: { tags-ignore: ['v*'] } }", []],
    ["{ pull_request: { types: null } }", ["pull_request by factory"]],
    ["{ push: { tags: ['v*'], branches-ignore: [main] } }", ["push by factory"]],
    ["{ pull_request: { types: [synchronize] } }", ["pull_request by factory"]],
    ["{ pull_request: { types: [reopened] } }", ["pull_request by factory"]],
    ["{ schedule: [{ cron: '0 3 * * *' }], workflow_dispatch: null, issues: null }", []],
    ["workflow_call", []],
  ])("%s", (on, expected) => {
    expect(exposed(workflow(on)).map(({ event, startedBy }) => `${event} by ${startedBy}`)).toEqual(
      expected,
    );
  });

  test("what runs after one of them runs too, whether that one has secrets or not", () => {
    const files = [
      ["last", "name: Last\non: { workflow_run: { workflows: [After] } }"],
      ["after", "name: After\non: { workflow_run: { workflows: [Tests] } }"],
      ["elsewhere", "name: Elsewhere\non: { workflow_run: { workflows: [Nightly] } }"],
      ["kept", "on: { workflow_run: { workflows: [Tests], branches-ignore: ['factory/**'] } }"],
      ["unnamed", "on: { workflow_run: { workflows: [.github/workflows/plain.yml] } }"],
    ].map(([name, head]) => ({
      path: `.github/workflows/${name}.yml`,
      text: `${head}\npermissions: write-all\njobs: { one: { steps: [] } }\n`,
    }));
    const harmless = [
      ["tests", "name: Tests\non: pull_request"],
      ["plain", "on: push"],
      ["nightly", "name: Nightly\non: { schedule: [{ cron: '0 3 * * *' }] }"],
    ].map(([name, head]) => ({
      path: `.github/workflows/${name}.yml`,
      text: `${head}\n${READS}\njobs: { one: { steps: [] } }\n`,
    }));
    const found = exposedWorkflows([...files, ...harmless], PLACE);
    expect(found.map(({ path }) => path.slice(18, -4)).sort()).toEqual([
      "after",
      "last",
      "unnamed",
    ]);
    expect(found.every(({ startedBy }) => startedBy === "factory")).toBe(true);
  });

  test("the factory's own file may hear of closed pull requests and of checks, and of nothing else", () => {
    const own = ".github/workflows/factory.yml";
    expect(exposed(workflow("check_suite"), own)).toEqual([]);
    const ci = { path: ".github/workflows/ci.yml", text: "name: CI\non: push\njobs: {}\n" };
    const hears = workflow("{ workflow_run: { workflows: [CI] } }");
    expect(exposedWorkflows([ci, { path: own, text: hears }], PLACE)).toEqual([]);
    expect(exposedWorkflows([ci, { path: `${own}.yml`, text: hears }], PLACE)).toHaveLength(1);
    expect(exposed(workflow("{ pull_request: { types: [closed] } }"), own)).toEqual([]);
    expect(exposed(workflow("push"), own)).toHaveLength(1);
  });
});

describe("what a workflow has to lose", () => {
  const TOKEN = "a token that may write";
  test.each<readonly [string, string, string, readonly string[]]>([
    ["nothing", "", READS, []],
    [
      "only its own token, which may read",
      "    env: { T: '${{ secrets.GITHUB_TOKEN }}' }",
      READS,
      [],
    ],
    ["a named secret", SECRET, READS, ["the secret DEPLOY_KEY"]],
    ["one for all jobs", "", `${READS}\nenv: { A: '\${{ secrets.A }}' }`, ["the secret A"]],
    ["any secret", "    env: { A: '${{ secrets[github.ref] }}' }", READS, ["every secret"]],
    ["all of them", "    env: { A: '${{ toJSON(secrets) }}' }", READS, ["every secret"]],
    [
      "one in a list",
      "    strategy: { matrix: { key: ['${{ secrets.A }}'] } }",
      READS,
      ["the secret A"],
    ],
    [
      "one of a long name",
      `    env: { A: '\${{ secrets.${"A".repeat(70)} }}' }`,
      READS,
      [`the secret ${"A".repeat(60)}`],
    ],
    [
      "a token that writes much",
      `    permissions: { contents: write, issues: read, ${"p".repeat(50)}: write }`,
      READS,
      [`${TOKEN} contents, ${"p".repeat(40)}`],
    ],
    ["a token of nothing", "", "permissions: null", ["a token whose permissions nobody said"]],
    ["those of its caller", "    secrets: inherit", READS, ["every secret"]],
    ["a writing token", "    permissions: { contents: write }", READS, [`${TOKEN} contents`]],
    ["an identity", "    permissions: { id-token: write }", READS, [`${TOKEN} id-token`]],
    ["a token that writes all", "", "permissions: write-all", [TOKEN]],
    ["a job that reads alone", "    permissions: read-all", "permissions: write-all", []],
    ["findings of a scanner", "    permissions: { security-events: write }", READS, []],
    ["a token by the settings", "", "env: {}", ["a token whose permissions nobody said"]],
  ])("%s", (_what, job, top, expected) => {
    expect(exposed(workflow("push", job, top)).flatMap(({ holds }) => holds)).toEqual(expected);
  });

  const guard = "startsWith(github.head_ref, 'factory/')";
  test.each<readonly [string, boolean]>([
    [`\${{ !${guard} }}`, true],
    [`github.actor != 'x' && !${guard}`, true],
    [`\${{ ${guard} }}`, false],
    [`\${{ !${guard} || always() }}`, false],
    [`\${{ !(true && !${guard}) }}`, false],
    ["${{ !startsWith(github.ref_name, 'factory/') }}", false],
    ["always()", false],
    [` \${{ !${guard} }} `, true],
    [`true && \${{ !${guard} }}`, false],
    [`\${{ !${guard} }} && true`, false],
    [`!${guard} && github.actor != 'x' || always()`, false],
    [`true  &&\n !startsWith(  github.head_ref,  'factory/')`, true],
  ])("a job with the condition %s is kept from the branch: %s", (condition, kept) => {
    const job = `    if: ${JSON.stringify(condition)}\n${SECRET}`;
    expect(exposed(workflow("pull_request", job))).toHaveLength(kept ? 0 : 1);
  });

  test.each([
    ["broken", "on: [push\njobs: {"],
    ["empty, as GitHub shows what is too large", ""],
    ["doubled", "on: push\non: issues\njobs: {}"],
    ["a bomb of aliases", `a: &a [1]\nb: [${"*a, ".repeat(200)}]\n`],
  ])("a file that is %s is listed, because nobody knows", (_what, text) => {
    expect(exposed(text)).toEqual([
      {
        event: "unreadable",
        startedBy: "factory",
        holds: ["whatever it has, because the file cannot be read as YAML"],
      },
    ]);
  });

  test("so is one that is too large to be read, and not one character before that", () => {
    const small = "on: push\n#";
    expect(exposed(small.padEnd(512_000, "x"))).toEqual([]);
    expect(exposed(small.padEnd(512_001, "x"))).toHaveLength(1);
  });

  test("what follows what a person starts, too, is the factory's if it follows one of the factory's", () => {
    const after = (causes: string) => ({
      path: ".github/workflows/after.yml",
      text: `on: { workflow_run: { workflows: [${causes}] } }\npermissions: write-all\njobs: { one: {} }\n`,
    });
    const files = [
      ["mine", "pull_request"],
      ["yours", "pull_request_review"],
    ].map(([name, on]) => ({
      path: `.github/workflows/${name}.yml`,
      text: `name: ${name}\non: ${on}\n${READS}\njobs: { one: {} }\n`,
    }));
    const started = (causes: string) =>
      exposedWorkflows([...files, after(causes)], PLACE).map(({ startedBy }) => startedBy);
    expect(started("yours")).toEqual(["person"]);
    expect(started("mine, yours")).toEqual(["factory"]);
  });
});

test("the refusal names the workflow, what it has, and what to type", () => {
  const path = ".github/workflows/ci.yml";
  const refusal = refuseExposures(exposedWorkflows([{ path, text: workflow("push") }], PLACE));
  if (refusal === undefined) throw new Error("a push with a secret is refused");
  const said = sayRefusal(refusal);
  expect(said).toContain("ci.yml` runs on push with the secret `DEPLOY_KEY`");
  expect(said).toContain("`branches-ignore: ['factory/**']` below push");
  const byPerson = exposedWorkflows([{ path, text: workflow("pull_request_review") }], PLACE);
  expect(byPerson).toHaveLength(1);
  expect(refuseExposures(byPerson)).toBeUndefined();
});

function writtenBy(line: TestLine): readonly string[] {
  return line.github.applied
    .filter(({ receipt }) => receipt.outcome === "done")
    .map(({ effect }) => effect.kind);
}

const APP = { id: 77_001, login: "factory-of-owner[bot]" };
const JOB_TOKEN = { id: 41_898_282, login: "github-actions[bot]" };

/** One task by an identity of its own, in a repository with that `ci.yml`; null where GitHub cut the listing. */
async function runAs(
  line: TestLine,
  task: Task,
  given: {
    readonly as: typeof APP;
    readonly ci: string | null;
    readonly input: TaskInput;
    readonly run: number;
  },
): Promise<{ readonly result: ControlResult; readonly asked: number }> {
  const { as, ci, input, run } = given;
  const { github, sealKey } = line;
  const station = LINE.find((one) => one.kind === "control" && one.task === task);
  github.allow(station?.kind === "control" ? station.mayWrite : []);
  let asked = 0;
  const result = await runControl(
    { ...controlInput(task, input, { github, run, sealKey }), identity: as },
    {
      clock: createFakeClock(),
      github: {
        apply: (effects) => github.apply(effects),
        saidOn: (pullRequest) => github.saidOn(pullRequest),
        textOf: (repository, path) => github.textOf(repository, path),
        checksOn: (asked) => github.checksOn(asked),
        pinningOf: (issue) => github.pinningOf(issue),
        discussionsWith: (label) => github.discussionsWith(label),
        changersOf: (commit, paths) => github.changersOf(commit, paths),
        observe: async (scope) => {
          const seen = await github.observe(scope);
          const issues = seen.issues.map((issue) => ({
            ...issue,
            comments: issue.comments.map((one) =>
              one.author.id === JOB_TOKEN.id ? { ...one, author: { ...one.author, ...as } } : one,
            ),
          }));
          const paths = ["src/greet.ts", "test/greet.test.ts", ".github/workflows/ci.yml"];
          return { ...seen, issues, paths: ci === null ? { unknown: "cut" } : { known: paths } };
        },
        treeAt: (commit) => github.treeAt(commit),
        bytesAt: async (_commit, paths) => {
          asked += paths.length;
          return paths.map(() => ({ known: new TextEncoder().encode(ci ?? "") }));
        },
      },
    },
  );
  return { result, asked };
}

describe("control, as an App", () => {
  const harmless = workflow("push", "");
  const dangerous = workflow("push");

  async function claimAs(as: typeof APP, ci: string | null) {
    const line = newLine();
    const issue = await toProposed(line);
    const event = approve(line, issue);
    const before = line.github.applied.length;
    const done = await runAs(line, "claim", { as, ci, input: { event, issue }, run: 5_000_000 });
    return { ...done, line, issue, kinds: writtenBy(line).slice(before) };
  }

  test("claims nothing while a workflow would run with secrets: the issue stays where it was", async () => {
    const { result, line, issue, kinds } = await claimAs(APP, dangerous);
    expect(result.refusals).toMatchObject([
      { code: "workflow-exposed", subject: ".github/workflows/ci.yml" },
    ]);
    expect(kinds).not.toContain("claim-branch");
    expect(stageShown(line.github, issue)).toEqual(["proposed"]);
  });

  test("calls a person once, and a ring that finds the same says nothing anew", async () => {
    const line = newLine({ config: CONFIG.replace("approve: always", "approve: never") });
    const issue = await toProposed(line);
    const ring = (run: number) => {
      const input = { event: doorbell(line.github, issue), issue };
      return runAs(line, "claim", { as: APP, ci: dangerous, input, run });
    };
    await ring(5_000_000);
    const asks = line.github.comments(issue).filter(({ body }) => calledIn(body) === "@ada");
    expect(asks).toHaveLength(1);
    expect(stageShown(line.github, issue)).toEqual(["ready"]);
    const before = line.github.applied.length;
    const { result } = await ring(5_000_001);
    expect(result.refusals).toMatchObject([{ code: "workflow-exposed" }]);
    expect(line.github.applied.slice(before)).toEqual([]);
  });

  test("claims nothing where nobody knows which workflows there are", async () => {
    const { result, kinds } = await claimAs(APP, null);
    expect(result.refusals).toMatchObject([{ code: "workflow-exposed" }]);
    expect(kinds).not.toContain("claim-branch");
  });

  test("claims beside workflows without secrets, with one request for each file", async () => {
    const { kinds, asked } = await claimAs(APP, harmless);
    expect(kinds).toContain("claim-branch");
    expect(asked).toBe(1);
  });

  test("the job's own token starts nothing by itself, so nothing is asked", async () => {
    const { kinds, asked } = await claimAs(JOB_TOKEN, dangerous);
    expect(kinds).toContain("claim-branch");
    expect(asked).toBe(0);
  });

  test.each([
    { what: "nothing beside a workflow that came meanwhile", ci: dangerous, published: false },
    { what: "what it should beside a harmless one", ci: harmless, published: true },
  ])("publishes $what", async ({ ci, published }) => {
    const line = newLine();
    const building = await toBuilding(line);
    const { implement, verify, review } = green(line.github, building.order);
    const before = line.github.applied.length;
    const { result } = await runAs(line, "settle", {
      as: APP,
      ci,
      run: building.order.runId,
      input: {
        ...building,
        proposals: [
          deliver("implement", implement),
          deliver("verify", verify),
          deliver("review", review),
        ],
      },
    });
    expect(writtenBy(line).slice(before).includes("publish-commit")).toBe(published);
    if (!published) expect(result.refusals).toMatchObject([{ code: "workflow-exposed" }]);
  });
});
