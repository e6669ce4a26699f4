import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { Config } from "../../src/domain/config/schema.ts";
import { LINE } from "../../src/line.ts";
import { TASKS } from "../../src/station.ts";
import { readActionFile } from "../../src/twin/runner/actions/action-file.ts";
import { createExpressions } from "../../src/twin/runner/workflow/expressions.ts";
import { loadGitHubLanguage } from "../../src/twin/runner/workflow/language.ts";
import { useControl } from "../actions/control-job.ts";
import {
  implemented,
  LINE_FILES,
  verified,
  zoneNight,
  zoneOrder,
} from "../actions/line-fixture.ts";
import type { ActionRun } from "../actions/rig.ts";
import { useWorkerJobs, type WorkerJob } from "../actions/worker-job.ts";
import { intake } from "../control/line.ts";
import { foundBy, intakeOrder, loopOrder, releaseOrder } from "../workers/orders.ts";
import { BUNDLED, root } from "./bundles.ts";
import { reusableWorkflows } from "./workflow-files.ts";

interface ActionFile {
  readonly name: string;
  readonly description: string;
  readonly branding: { readonly icon: string; readonly color: string };
  readonly inputs?: Readonly<Record<string, ActionInput>>;
  readonly outputs?: Readonly<Record<string, { readonly description: string }>>;
  readonly runs: { readonly using: string; readonly main?: string };
}
interface ActionInput {
  readonly description: string;
  readonly required: boolean;
  readonly default?: string;
}

const names = readdirSync(join(root, "actions")).sort();

function textOf(name: string): string {
  return readFileSync(join(root, "actions", name, "action.yml"), "utf8");
}

function action(name: string): ActionFile {
  return parse(textOf(name)) as ActionFile;
}

/** Icons that these actions use, each on GitHub's list; GitHub left some of Feather's out (coffee and brands among them). */
const ICONS = "activity award box check-square edit-3 eye inbox refresh-cw sliders".split(" ");
/** Source: docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax#brandingcolor */
const COLORS = "white black yellow blue green orange red purple gray-dark".split(" ");

describe("the actions", () => {
  test("are the stations of the line, control, the sandbox's setup, and what proves and measures alone", () => {
    const workers = LINE.flatMap((station) => (station.kind === "worker" ? [station.worker] : []));
    expect(names).toEqual(
      [
        ...new Set(workers),
        ...["control", "conformance", "probe-sandbox", "prove", "setup-sandbox"],
      ].sort(),
    );
    expect(names.filter((name) => name !== "setup-sandbox")).toEqual([...BUNDLED]);
  });

  test.each(names)("%s has a README, a brand and words for everything", (name) => {
    const file = action(name);
    expect(existsSync(join(root, "actions", name, "README.md"))).toBe(true);
    expect(file.name).toBe(`Millwright ${name}`);
    expect(ICONS).toContain(file.branding.icon);
    expect(COLORS).toContain(file.branding.color);
    const parts = [...Object.values(file.inputs ?? {}), ...Object.values(file.outputs ?? {})];
    for (const { description } of [file, ...parts]) expect(description.length).toBeGreaterThan(10);
  });

  test.each(names)("%s is read by GitHub's own parser", async (name) => {
    const language = await loadGitHubLanguage();
    const reader = { language, expressions: createExpressions(language) };
    const read = readActionFile({ name: `${name}/action.yml`, content: textOf(name) }, reader);
    expect([...read.inputs.keys()]).toEqual(Object.keys(action(name).inputs ?? {}));
    if (read.kind === "node24") expect(read.main).toBe("dist/index.js");
  });

  test.each(names)("%s asks for an input, or says what holds without it", (name) => {
    for (const [input, { required, default: preset }] of Object.entries(
      action(name).inputs ?? {},
    )) {
      expect(typeof required, input).toBe("boolean");
      expect(preset === undefined, input).toBe(required);
    }
  });

  test("control's task is one of the table's", () => {
    const { description = "" } = action("control").inputs?.task ?? {};
    expect([...description.matchAll(/`([a-z-]+)`/g)].map(([, task]) => task)).toEqual([...TASKS]);
  });
});

const twin = { RUNNER_ENVIRONMENT: "millwright-twin", MILLWRIGHT_ISOLATION: "none" };

/** For each worker a run that comes past everything it reads. None needs a model or bubblewrap: it may fail after that. */
const RUNS: Readonly<Record<string, (job: WorkerJob) => Promise<ActionRun>>> = {
  "intake-normalize": (job) => job.work("intake-normalize", intakeOrder({ base: job.base })),
  implement: (job) => job.work("implement", zoneOrder(job.base), { environment: twin }),
  verify: (job) => {
    const order = zoneOrder(job.base);
    const proposals = { implement: implemented(order) };
    return job.work("verify", order, { environment: twin, proposals });
  },
  review: (job) => {
    const order = zoneOrder(job.base);
    const proposals = { implement: implemented(order), verify: verified(order, job.base) };
    return job.work("review", order, { proposals });
  },
  "post-merge-smoke": (job) => job.work("post-merge-smoke", releaseOrder({ base: job.base })),
  prove: (job) => {
    const ends = { head: { sha: job.base }, base: { sha: job.base } };
    const payload = {
      pull_request: { number: 1, ...ends },
      repository: { full_name: "OWNER/app" },
    };
    return job.run({
      ...{ name: "prove", environment: twin },
      event: { name: "pull_request", payload },
    });
  },
  "probe-sandbox": (job) => job.run({ name: "probe-sandbox" }),
  conformance: async (job) => {
    const event = { name: "workflow_dispatch", payload: {} };
    const inputs = { pace: "1", gate: "false" };
    const asked = await job.run({
      name: "conformance",
      event,
      inputs: { ...inputs, task: "cache" },
    });
    const told = await job.run({
      name: "conformance",
      event,
      inputs: { ...inputs, task: "report" },
    });
    return { ...told, outputs: { ...asked.outputs, ...told.outputs } };
  },
  "quality-audit": (job) => {
    const order = zoneNight(job.base, Config.parse({}));
    return job.work("quality-audit", order, { proposals: {} });
  },
  "run-loop": (job) => job.work("run-loop", loopOrder({ base: job.base }), { environment: twin }),
  judge: (job) => {
    const order = loopOrder({ base: job.base });
    return job.work("judge", order, { proposals: { "run-loop": foundBy(order, []) } });
  },
};

describe("action.yml declares what its door reads and writes, and nothing else", () => {
  const { checkout } = useWorkerJobs();
  const start = useControl();
  const declared = (name: string) => ({
    inputs: Object.keys(action(name).inputs ?? {}).sort(),
    outputs: Object.keys(action(name).outputs ?? {}).sort(),
  });

  test("there is a run for each worker", () => {
    expect([...Object.keys(RUNS), "control"].sort()).toEqual([...BUNDLED]);
  });

  test.each(Object.entries(RUNS))("%s", async (name, run) => {
    const ran = await run(checkout(LINE_FILES));
    expect({ inputs: ran.asked, outputs: Object.keys(ran.outputs).sort() }).toEqual(declared(name));
  });

  test("control", async () => {
    const jobs = await start();
    const event = jobs.last("issues");
    const open = await jobs.run("open", { event });
    const { order } = open;
    if (order === undefined) throw new Error(open.commands.join());
    const proposals = { "intake-normalize": intake(order) };
    const inputs = { mode: "staged" };
    const propose = await jobs.run("propose", { event, order, proposals, inputs });
    expect(propose.asked).toEqual(declared("control").inputs);
    const outputs = new Set([...Object.keys(open.outputs), ...Object.keys(propose.outputs)]);
    expect([...outputs].sort()).toEqual(declared("control").outputs);
  });
});

describe("the workflows", () => {
  const files = reusableWorkflows();
  const jobs = files.flatMap(({ name, workflow }) =>
    Object.entries(workflow.jobs).map(([id, job]) => ({ place: `${name} ${id}`, job })),
  );
  const uses = jobs.flatMap(({ place, job }) =>
    (job.steps ?? []).flatMap((step) => {
      const [, name] = /^\$\/actions\/([a-z-]+)$/.exec(step.uses ?? "") ?? [];
      return name === undefined ? [] : [{ place, job, step, file: action(name) }];
    }),
  );

  test("use every action", () => {
    expect(new Set(uses.map(({ file }) => file.name)).size).toBe(names.length);
  });

  test.each(uses.map((use) => [`${use.place}: ${use.file.name}`, use] as const))(
    "%s gets declared inputs, all that it needs, and is asked for declared outputs",
    (_, { job, step, file }) => {
      const inputs = file.inputs ?? {};
      const given = Object.keys(step.with ?? {});
      expect(given.filter((name) => !(name in inputs))).toEqual([]);
      const needed = Object.keys(inputs).filter((name) => inputs[name]?.required);
      expect(needed.filter((name) => !given.includes(name))).toEqual([]);
      const outputs = new RegExp(`\\bsteps\\.${step.id}\\.outputs\\.([a-z-]+)`, "g");
      const asked = [...JSON.stringify(job).matchAll(outputs)].map(([, name = ""]) => name);
      expect(asked.filter((name) => !(name in (file.outputs ?? {})))).toEqual([]);
    },
  );

  test("ask only steps and jobs that exist", () => {
    for (const { place, job } of jobs) {
      const ids = (job.steps ?? []).flatMap(({ id }) => id ?? []);
      const asked = [...JSON.stringify(job).matchAll(/\bsteps\.([a-z_-]+)\./g)].map(([, id]) => id);
      expect(
        asked.filter((id) => !ids.includes(id ?? "")),
        place,
      ).toEqual([]);
    }
  });

  test("hand on each proposal together with its digest", () => {
    // A proof crosses to another run, where nobody could announce its digest.
    const uploads = uses.filter(
      ({ step }) => step.id === "work" && step.uses !== "$/actions/prove",
    );
    const workers = LINE.filter(({ kind }) => kind === "worker");
    expect(new Set(uploads.map(({ file }) => file.name)).size).toBe(workers.length);
    for (const { job, place } of uploads) {
      const text = JSON.stringify(job);
      expect(text, place).toContain("steps.work.outputs.proposal");
      expect(text, place).toContain("steps.work.outputs.digest");
    }
  });
});
