import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import {
  APP,
  createNotes,
  createWorld,
  expectSuccess,
  jobOf,
  logOf,
  oneJob,
  until,
} from "../world.ts";

describe("steps", () => {
  test("hand outputs, variables and PATH on", async () => {
    await using world = await createWorld(
      oneJob(`
- id: first
  run: |
    echo "hello=wor ld" >> "$GITHUB_OUTPUT"
    printf 'many<<E\\na\\n=b\\nE\\n' >> "$GITHUB_OUTPUT"
    echo "LATER=yes" >> "$GITHUB_ENV"
    mkdir bin; printf '#!/bin/sh\\necho tool ran' > bin/my-tool; chmod +x bin/my-tool
    echo "$PWD/bin" >> "$GITHUB_PATH"
- run: my-tool; echo "later=$LATER again=\${{ env.LATER }} out=\${{ steps.first.outputs.hello }}"
- run: echo '\${{ toJSON(steps.first.outputs.many) }}'
`),
    );
    const run = await world.run("push");
    expectSuccess(run);
    expect(run).toMatchObject({ id: 1_000_001, attempt: 1, workflow: "One", event: "push" });
    expect(logOf(run)).toContain("tool ran\nlater=yes again=yes out=wor ld");
    expect(logOf(run)).toContain('"a\\n=b"');
    expect(jobOf(run)).toMatchObject({
      name: "job",
      path: "job",
      runsOn: "ubuntu-24.04",
      billedMinutes: 1,
    });
  });

  test.each([
    { name: "a plain step after a failure is skipped", condition: "", ran: false },
    { name: "success() too", condition: "if: success()", ran: false },
    {
      name: "an expression without a status function gets success()",
      condition: "if: github.ref != ''",
      ran: false,
    },
    { name: "failure() runs", condition: "if: failure()", ran: true },
    { name: "always() runs", condition: "if: always()", ran: true },
    { name: "!cancelled() runs", condition: `if: "!cancelled()"`, ran: true },
    { name: "cancelled() does not", condition: "if: cancelled()", ran: false },
    {
      name: "failure() with an outcome",
      condition: "if: failure() && steps.bad.outcome == 'failure'",
      ran: true,
    },
    { name: "an empty if is success()", condition: `if: ""`, ran: false },
  ])("after a failed step: $name", async ({ condition, ran }) => {
    await using world = await createWorld(
      oneJob(
        `- id: bad\n  run: exit 3\n- run: echo second ran\n  ${condition}`.replace(/\n {2}$/, ""),
      ),
    );
    const run = await world.run("push");
    expect(run.conclusion).toBe("failure");
    expect(jobOf(run).steps.map((step) => step.conclusion)).toEqual([
      "failure",
      ran ? "success" : "skipped",
    ]);
    expect(jobOf(run).annotations[0]).toMatchObject({
      level: "error",
      message: "Process completed with exit code 3.",
    });
  });

  test("continue-on-error keeps the outcome and changes the conclusion", async () => {
    await using world = await createWorld(
      oneJob(`
- id: soft
  continue-on-error: true
  run: exit 1
- run: echo "\${{ steps.soft.outcome }} \${{ steps.soft.conclusion }} \${{ job.status }}"
`),
    );
    const run = await world.run("push");
    expectSuccess(run);
    expect(jobOf(run).steps[0]).toMatchObject({ outcome: "failure", conclusion: "success" });
    expect(logOf(run)).toContain("failure success success");
  });

  test("read env on three levels, defaults, shells and working directories", async () => {
    await using world = await createWorld(
      oneJob(
        `
- run: echo "$A $B $C"
  env: { C: step, B: "\${{ env.A }}-step" }
- run: mkdir -p sub && echo "\${0##*.}"
  shell: bash
- run: pwd
  working-directory: sub
- run: print("py", 1 + 1)
  shell: /usr/bin/env python3 {0}
- run: false | true
- run: "false | true; echo not reached"
  shell: bash
`,
        "env: { A: workflow, B: workflow }\ndefaults: { run: { shell: bash } }\n",
      ),
    );
    const run = await world.run("push");
    expect(logOf(run)).toContain("workflow workflow-step step");
    expect(logOf(run)).toMatch(/app\/app\/sub\n/);
    expect(logOf(run)).toContain("py 2");
    // With `shell: bash` GitHub adds pipefail: the first of the two last steps fails already.
    expect(jobOf(run).steps.map((step) => step.conclusion)).toEqual([
      "success",
      "success",
      "success",
      "success",
      "failure",
      "skipped",
    ]);
  });

  test("without a shell a pipe that fails in the middle is no failure", async () => {
    await using world = await createWorld(oneJob(`- run: false | true`));
    expectSuccess(await world.run("push"));
  });

  test("a step over its time is ended and fails", async () => {
    await using world = await createWorld(
      oneJob(`- run: sleep 60\n  timeout-minutes: 1\n- run: echo cleaned up\n  if: failure()`),
      { minute: 200 },
    );
    const run = await world.run("push");
    expect(run.conclusion).toBe("failure");
    expect(jobOf(run).annotations[0]?.message).toBe(
      "The action 'Run sleep 60' has timed out after 1 minutes.",
    );
    expect(logOf(run)).toContain("cleaned up");
  });

  test("a job over its time is cancelled", async () => {
    await using world = await createWorld(
      {
        ".github/workflows/one.yml": `on: push
jobs:
  job:
    runs-on: x
    timeout-minutes: 1
    steps:
      - run: sleep 60
      - run: echo cleaned up
        if: cancelled()
      - run: echo no
`,
      },
      { minute: 200 },
    );
    const run = await world.run("push");
    expect(run.conclusion).toBe("cancelled");
    expect(jobOf(run).steps.map((step) => step.conclusion)).toEqual([
      "cancelled",
      "success",
      "skipped",
    ]);
    expect(jobOf(run).annotations[0]?.message).toContain("maximum execution time of 1 minutes");
  });

  test.each([
    ["an unknown shell", `- run: echo\n  shell: pwsh`, "shell 'pwsh' cannot run here"],
    ["a missing folder", `- run: echo\n  working-directory: no/such`, "does not exist"],
    ["an expression that fails", `- run: echo "\${{ fromJSON('{') }}"`, "is not JSON"],
    ["a broken output file", `- run: echo nothing >> "$GITHUB_OUTPUT"`, "Invalid format 'nothing'"],
    [
      "an endless heredoc",
      `- run: echo 'a<<E' >> "$GITHUB_OUTPUT"`,
      "Matching delimiter not found 'E'",
    ],
    ["NODE_OPTIONS", `- run: echo 'NODE_OPTIONS=x' >> "$GITHUB_ENV"`, "Can't store NODE_OPTIONS"],
    ["set-env", `- run: echo "::set-env name=A::b"`, "The `set-env` command is disabled"],
    ["add-path", `- run: echo "##[add-path]/x"`, "The `add-path` command is disabled"],
    [
      "stop-commands without a token",
      `- run: echo "::stop-commands::"`,
      "stop-commands needs a token",
    ],
  ])("%s fails the step with a sentence", async (_, step, sentence) => {
    await using world = await createWorld(oneJob(step));
    const run = await world.run("push");
    expect(run.conclusion).toBe("failure");
    expect(
      jobOf(run)
        .annotations.map((each) => each.message)
        .join("\n"),
    ).toContain(sentence);
  });
});

describe("what a job sees", () => {
  test("whose machine it is says the twin's own caller, never a workflow", async () => {
    const workflow = oneJob(
      '- run: echo "on $RUNNER_ENVIRONMENT"\n  env: { RUNNER_ENVIRONMENT: mine }',
    );
    const environment = { RUNNER_ENVIRONMENT: "millwright-twin" };
    await using world = await createWorld(workflow, { environment });
    expect(logOf(await world.run("push"))).toContain("on millwright-twin");
  });

  test("is GitHub's environment and nothing of the twin's own", async () => {
    vi.stubEnv("TWIN_PARENT_SECRET", "must-not-be-seen");
    onTestFinished(() => void vi.unstubAllEnvs());
    await using world = await createWorld(
      oneJob(`- run: env -0 | tr '\\0' '\\n'; cat "$GITHUB_EVENT_PATH"; ls -A`),
      {
        environment: { MODEL_BASE_URL: "http://127.0.0.1:1" },
      },
    );
    const run = await world.run("push", { payload: { marker: "payload-marker" } });
    const log = logOf(run);
    for (const line of [
      "CI=true",
      "GITHUB_ACTIONS=true",
      "GITHUB_REPOSITORY=acme/app",
      "GITHUB_REPOSITORY_ID=42",
      "GITHUB_REPOSITORY_OWNER=acme",
      "GITHUB_RUN_ID=1000001",
      "GITHUB_RUN_ATTEMPT=1",
      "GITHUB_EVENT_NAME=push",
      `GITHUB_SHA=${run.sha}`,
      "GITHUB_REF=refs/heads/main",
      "GITHUB_REF_NAME=main",
      "GITHUB_WORKFLOW_REF=acme/app/.github/workflows/one.yml@refs/heads/main",
      "GITHUB_ACTOR=owner",
      "GITHUB_ACTOR_ID=7",
      "GITHUB_SERVER_URL=http://127.0.0.1:9",
      "GITHUB_API_URL=http://127.0.0.1:9",
      "GITHUB_JOB=job",
      "RUNNER_ENVIRONMENT=github-hosted",
      "MODEL_BASE_URL=http://127.0.0.1:1",
    ]) {
      expect(log.split("\n")).toContain(line);
    }
    expect(log).toContain("payload-marker");
    expect(log).not.toContain("must-not-be-seen");
    // The runner's own token belongs to JavaScript actions only.
    expect(log).not.toContain("ACTIONS_RUNTIME_TOKEN");
    const names = log.split("\n").flatMap((line) => /^([A-Z_]+)=/.exec(line)?.[1] ?? []);
    const own = names.filter((name) => !/^(GITHUB|RUNNER)_/.test(name)).sort();
    expect(own).toEqual(
      ["CI", "HOME", "LANG", "MODEL_BASE_URL", "OLDPWD", "PATH", "PWD", "SHLVL", "_"].filter(
        (name) => own.includes(name),
      ),
    );
    expect(log).toMatch(/HOME=.*scratch\/jobs\/\d+\/home/);
  });

  test("cannot be changed by a workflow's own GITHUB_ and RUNNER_ variables", async () => {
    await using world = await createWorld(
      oneJob(
        `- run: echo "$GITHUB_REPOSITORY $RUNNER_OS"\n  env: { GITHUB_REPOSITORY: evil/other, RUNNER_OS: none }`,
      ),
    );
    expect(logOf(await world.run("push"))).toContain("acme/app Linux");
  });

  test("has contexts for secrets, vars, runner, hashFiles and the token", async () => {
    await using world = await createWorld(
      oneJob(`
- run: echo "$S" | tr a-z A-Z; echo "\${{ vars.COLOR }} \${{ runner.environment }} \${{ vars.MISSING }}."
  env: { S: "\${{ secrets.MODEL_KEY }}" }
- run: echo a > a.txt
- run: test -n "\${{ hashFiles('*.txt') }}" && test -z "\${{ hashFiles('*.none') }}"
- run: test "\${{ github.token }}" = "\${{ secrets.GITHUB_TOKEN }}" && echo "token \${{ github.token }}"
`),
      {
        secrets: { [APP]: { MODEL_KEY: "sk-very-secret" } },
        variables: { [APP]: { COLOR: "green" } },
      },
    );
    const run = await world.run("push");
    expectSuccess(run);
    expect(logOf(run)).toContain("SK-VERY-SECRET\ngreen github-hosted .");
    expect(logOf(run)).toContain("token ***");
  });

  test("is a fresh folder, gone afterwards, and the token is revoked", async () => {
    await using world = await createWorld(
      oneJob(`- run: ls -A; touch left; touch "$RUNNER_TEMP/left" "$HOME/left"`),
    );
    const [first, second] = [await world.run("push"), await world.run("push")];
    expect(logOf(second).replaceAll("5000002", "5000001")).toBe(logOf(first));
    expect(readdirSync(join(world.scratch, "jobs"))).toEqual([]);
    expect(world.grants).toMatchObject([
      { repository: APP, runId: 1_000_001, jobId: "5000001" },
      { repository: APP, runId: 1_000_002, jobId: "5000002" },
    ]);
    expect(world.revoked).toEqual(["ghs_token_of_job_5000001", "ghs_token_of_job_5000002"]);
  });

  test.each([
    ["much more than that is free", 1, ["5000001"]],
    ["less than that is free", 2 ** 60, []],
  ])("keeps its folder until the runner closes where %s", async (_title, above, kept) => {
    await using world = await createWorld(oneJob("- run: touch left"), { keepJobsAbove: above });
    expectSuccess(await world.run("push"));
    expect(readdirSync(join(world.scratch, "jobs"))).toEqual(kept);
    await world.runner.close();
    expect(existsSync(join(world.scratch, "jobs"))).toBe(false);
  });
});

describe("what a job says", () => {
  test("secrets and masks never reach the log, the summary, annotations or outputs", async () => {
    await using world = await createWorld(
      {
        ".github/workflows/one.yml": `
on: push
jobs:
  job:
    runs-on: x
    outputs:
      open: \${{ steps.say.outputs.open }}
      leak: \${{ steps.say.outputs.leak }}
    steps:
      - id: say
        env: { KEY: "\${{ secrets.KEY }}" }
        run: |
          echo "plain $KEY and $(printf %s "$KEY" | base64)"
          echo "x $KEY" >> "$GITHUB_STEP_SUMMARY"
          echo "::warning title=T $KEY,file=a.ts,line=3::about $KEY"
          echo "::add-mask::griefing"
          echo "griefing"
          echo "open=fine" >> "$GITHUB_OUTPUT"
          echo "leak=$KEY" >> "$GITHUB_OUTPUT"
`,
      },
      { secrets: { [APP]: { KEY: "s3cr3t-value" } } },
    );
    const run = await world.run("push");
    expectSuccess(run);
    const job = jobOf(run);
    expect(JSON.stringify(run)).not.toContain("s3cr3t");
    expect(JSON.stringify(run)).not.toContain(Buffer.from("s3cr3t-value").toString("base64"));
    expect(logOf(run)).toContain("plain *** and ***");
    expect(logOf(run).split("\n")).toContain("***");
    expect(job.summary).toBe("x ***\n");
    expect(job.outputs).toEqual({ open: "fine" });
    expect(job.annotations).toEqual([
      {
        level: "warning",
        title: "T ***",
        file: "a.ts",
        line: 3,
        message: "about ***",
        step: job.steps[0]?.name,
      },
      {
        level: "warning",
        message: "Skip output 'leak' since it may contain secret.",
        step: "Complete job",
      },
    ]);
  });

  test("commands stop where they are told to, and lone carriage returns end lines", async () => {
    await using world = await createWorld(
      oneJob(`
- id: out
  run: |
    echo "::stop-commands::token-1"
    echo "::error::not an error"
    echo "::token-1::"
    printf 'progress 50%%\\r::notice::behind a return\\n'
    printf 'no end of line'
    echo " mid ##[warning]anywhere in a line"
    echo "  ::set-output name=old::value"
    echo "text ::error::not at the start"
- run: echo "\${{ steps.out.outputs.old }}"
`),
    );
    const run = await world.run("push");
    expectSuccess(run);
    expect(jobOf(run).annotations.map((each) => `${each.level} ${each.message}`)).toEqual([
      "notice behind a return",
      "warning anywhere in a line",
      "warning The 'set-output' command is deprecated. Write to $GITHUB_OUTPUT.",
    ]);
    expect(logOf(run)).toContain("::error::not an error");
    expect(logOf(run)).toContain("text ::error::not at the start");
  });

  test("a summary over 1 MiB is refused and the step goes on", async () => {
    await using world = await createWorld(
      oneJob(`- run: head -c 1100000 /dev/zero | tr '\\0' x > "$GITHUB_STEP_SUMMARY"`),
    );
    const run = await world.run("push");
    expectSuccess(run);
    expect(jobOf(run).summary).toBe("");
    expect(jobOf(run).annotations[0]?.message).toContain("upload aborted");
  });

  test("progress is told as it happens", async () => {
    await using world = await createWorld(oneJob(`- run: echo`));
    await world.run("push");
    expect(world.progress.map((event) => event.kind)).toEqual([
      "run-started",
      "job-started",
      "step-finished",
      "job-finished",
      "run-finished",
    ]);
    expect(world.progress[2]).toMatchObject({
      job: "job",
      step: "Run echo",
      conclusion: "success",
    });
  });
});

describe("processes", () => {
  test("a background process lives through later steps and dies with the job", async () => {
    await using notes = await createNotes();
    await using world = await createWorld(
      oneJob(`
- run: |
    (trap '' TERM; while true; do sleep 0.05; echo beat >> beat; done) &
    echo $! > "$NOTES/loop"
    setsid sleep 300 &
    echo $! > "$NOTES/setsid"
- run: until test -s beat; do sleep 0.02; done; kill -0 $(cat "$NOTES/setsid") && echo still alive
`),
      { environment: { NOTES: notes.folder }, grace: 200 },
    );
    const run = await world.run("push");
    expectSuccess(run);
    expect(logOf(run)).toContain("still alive");
    for (const name of ["loop", "setsid"]) {
      expect(notes.isRunning(name), name).toBe(false);
    }
  });

  test("close() ends a run in the middle: no process, no folder, no step with always()", async () => {
    await using notes = await createNotes();
    await using world = await createWorld(
      oneJob(`
- run: echo $$ > "$NOTES/step"; trap '' TERM; sleep 300 & wait; sleep 300
- run: touch "$NOTES/always"
  if: always()
`),
      { environment: { NOTES: notes.folder }, grace: 100 },
    );
    world.runner.handle(world.event("push"));
    await until("the step to start", () => notes.has("step"));
    await world.runner.close();
    expect(notes.isRunning("step")).toBe(false);
    expect(notes.has("always")).toBe(false);
    expect(existsSync(join(world.scratch, "jobs"))).toBe(false);
    expect(world.runner.runs()[0]).toMatchObject({ status: "completed", conclusion: "cancelled" });
    world.runner.handle(world.event("push"));
    await world.runner.idle();
    expect(world.runner.runs()).toHaveLength(1);
  });
});
