import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { faultsOfSchedule } from "../../src/cli/loop/fit-schedule.ts";
import { workflowsIn } from "../../src/cli/source/workflows-in.ts";
import { readConfigText } from "../../src/control/observed/config-text.ts";
import { readLoopText } from "../../src/control/observed/loops/loop-text.ts";
import { SHIPPED_GATHERERS } from "../../src/domain/loop/loop.ts";
import { root } from "./bundles.ts";

const read = (path: string) => readFileSync(join(root, path), "utf8");
const LOOPS = ".github/factory/loops";
const loops = readdirSync(join(root, LOOPS)).map((name) => `${LOOPS}/${name}`);
const workflows = workflowsIn(root);

test("its config can be read, and a person merges everything", () => {
  const reading = readConfigText(read(".github/factory.yml"));
  expect(reading).toMatchObject({ config: { approve: "always" } });
});

const readings = loops.map((path) => readLoopText(path, read(path)));
const found = readings.flatMap((one) => ("read" in one ? [one.read] : []));

test("each of its loops can be read, and its workflow starts it", () => {
  expect(found.map(({ name }) => name)).toEqual(["automation", "documentation"]);
  expect(found).toHaveLength(readings.length);
  expect(faultsOfSchedule(found, workflows)).toEqual([]);
});

const TEMPLATES = "workflow-templates/loops";
const templates = readdirSync(join(root, TEMPLATES)).map((name) => `${TEMPLATES}/${name}`);

test("each loop that is ready to copy can be read, and each gatherer has one", () => {
  const all = templates.map((path) => readLoopText(path, read(path)));
  const ready = all.flatMap((one) => ("read" in one ? [one.read] : []));
  expect(all).toHaveLength(ready.length);
  expect(ready.map(({ loop }) => loop.gather.use).sort()).toEqual([...SHIPPED_GATHERERS].sort());
  const judged = ready.filter(({ loop }) => loop.roles.judge !== undefined);
  expect(judged.map(({ name }) => name)).toEqual(["feedback", "planner"]);
  for (const { loop } of judged) expect(loop.budget?.usd).toBeLessThanOrEqual(1);
  const crons = ready.map(({ loop }) => loop.on.schedule);
  expect(new Set(crons).size).toBe(ready.length);
});

test("canary: without the workflow that calls them no loop runs", () => {
  const others = workflows.filter(({ path }) => !path.endsWith("own-loops.yml"));
  expect(faultsOfSchedule(found, others).join()).toContain("no workflow calls loop.yml");
});

test.each(["own-factory.yml", "own-loops.yml"])(
  "%s grants what its template grants, and calls this commit",
  (name) => {
    const own = parse(read(`.github/workflows/${name}`));
    const template = parse(
      read(`workflow-templates/${name.replace("own-loops", "factory-loops").replace("own-", "")}`),
    );
    const [job] = Object.values(own.jobs) as Record<string, unknown>[];
    const [shown] = Object.values(template.jobs) as Record<string, unknown>[];
    expect(job?.permissions).toEqual(shown?.permissions);
    expect(job?.secrets).toEqual(shown?.secrets);
    expect(job?.uses).toMatch(/^\$\/\.github\/workflows\/[a-z]+\.yml$/);
  },
);
