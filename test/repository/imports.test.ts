import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { cruise, type ICruiseOptions, type IFlattenedRuleSet } from "dependency-cruiser";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

interface Configuration {
  readonly forbidden: readonly { readonly name: string }[];
  readonly options: ICruiseOptions;
}

const root = new URL("../..", import.meta.url).pathname;

async function configuration(): Promise<Configuration> {
  const path = join(root, ".dependency-cruiser.mjs");
  return ((await import(path)) as { default: Configuration }).default;
}

/** The violations of the project's own rules below a folder that has a `src`, and how many of its modules were looked at. */
async function violationsIn(baseDir: string) {
  const { forbidden, options } = await configuration();
  const before = process.cwd();
  process.chdir(baseDir);
  try {
    const { output } = await cruise(["src"], {
      ...options,
      baseDir,
      tsConfig: { fileName: join(root, "tsconfig.json") },
      ruleSet: { forbidden } as unknown as IFlattenedRuleSet,
      validate: true,
    });
    if (typeof output === "string") throw new Error("expected a result object");
    const ours = output.modules.filter(({ source }) => source.startsWith("src/"));
    return { violations: output.summary.violations, modules: ours.length };
  } finally {
    process.chdir(before);
  }
}

/** Control's rooms from top to bottom, and for each room but the first a module that looks up. */
const CONTROL = [
  "loop",
  "tasks",
  "gate",
  "vetoes",
  "outcome",
  "guard",
  "schedule",
  "three-way",
  "observed",
  "exposure",
];

function upwardSeeds(): Readonly<Record<string, Readonly<Record<string, string>>>> {
  return Object.fromEntries(
    CONTROL.map((room, index) => {
      // Nothing lies above the first room: what it may not see is the door itself, which has no room.
      const above = index === 0 ? "../via.ts" : "../loop/top.ts";
      return [
        `control-${room}-runs-downward`,
        {
          "src/control/loop/top.ts": "export const z = 1;",
          [`src/control/${room}/upward.ts`]: `export { z } from "${above}";`,
        },
      ];
    }),
  );
}

/** For each rule a module that breaks it. A rule that nothing can break guards nothing. */
const SEEDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "no-circular": {
    "src/domain/one.ts": 'import { two } from "./two.ts";\nexport const one = () => two;',
    "src/domain/two.ts": 'import { one } from "./one.ts";\nexport const two = () => one;',
  },
  "domain-speaks-only-domain": { "src/domain/yaml.ts": 'export { parse } from "yaml";' },
  "ports-are-types-over-domain": { "src/ports/bad.ts": 'export { parse } from "yaml";' },
  "middle-sees-words-and-sockets": {
    "src/control/bad.ts": 'export { getOctokit } from "@actions/github";',
  },
  "middle-takes-ports-as-types": {
    "src/ports/value.ts": "export const value = 1;",
    "src/workers/review/value.ts": 'export { value } from "../../ports/value.ts";',
  },
  "control-never-thinks": {
    "src/control/thinking.ts": 'export { z as thought } from "./via.ts";',
    "src/control/via.ts":
      'import { prompt } from "../agent/prompt/sections.ts";\nexport const z = prompt;',
    "src/agent/prompt/sections.ts": 'export const prompt = "";',
  },
  "agent-and-wording-stand-alone": {
    "src/wording/bad.ts": 'export { z } from "../control/via.ts";',
  },
  "wording-knows-no-agent": {
    "src/wording/thinking.ts": 'export { prompt } from "../agent/prompt/sections.ts";',
  },
  "control-never-meets-a-worker": {
    "src/control/meets.ts": 'export { run } from "../workers/verify/run.ts";',
    "src/workers/verify/run.ts": "export const run = 1;",
  },
  "a-worker-never-meets-control": {
    "src/workers/verify/meets.ts": 'export { z } from "../../control/via.ts";',
  },
  "one-worker-knows-no-other": {
    "src/workers/implement/borrows.ts": 'export { run } from "../verify/run.ts";',
  },
  "the-workshop-knows-no-worker": {
    "src/workers/checks/upward.ts": 'export { run } from "../verify/run.ts";',
  },
  "shared-knows-no-checks": {
    "src/workers/checks/check.ts": "export const check = 1;",
    "src/workers/shared/upward.ts": 'export { check } from "../checks/check.ts";',
  },
  ...upwardSeeds(),
  "adapters-never-see-the-line": {
    "src/adapters/web/bad.ts": 'export { z } from "../../control/via.ts";',
  },
  "one-adapter-knows-no-other": {
    "src/adapters/clock/ok.ts": "export const ok = 1;",
    "src/adapters/web/other.ts": 'export { ok } from "../clock/ok.ts";',
  },
  "what-models-share-knows-no-provider": {
    "src/adapters/model/shared/vendor.ts":
      'export { BaseAnthropic } from "@anthropic-ai/sdk/client";',
  },
  "one-provider-knows-no-other": {
    "src/adapters/model/one/model.ts": "export const one = 1;",
    "src/adapters/model/other/model.ts": 'export { one } from "../one/model.ts";',
  },
  "the-toolbox-meets-a-vendor-in-one-file": {
    "src/adapters/toolbox/vendor.ts": 'export { BaseAnthropic } from "@anthropic-ai/sdk/client";',
  },
  "only-the-rim-touches-the-world": {
    "src/workers/world.ts": 'export { readFileSync } from "node:fs";',
  },
  "only-the-report-draws": {
    "src/wording/draw.ts": 'export { scaleLinear } from "d3-scale";',
  },
  "only-pages-and-gatherers-read-markdown": {
    "src/wording/read.ts": 'export { gfm } from "micromark-extension-gfm";',
  },
  "only-doors-and-twin-plug-adapters": {
    "src/wording/plug.ts": 'export { ok } from "../adapters/clock/ok.ts";',
  },
  "one-action-knows-no-other": {
    "src/actions/verify.ts": "export const verify = 1;",
    "src/actions/review.ts": 'export { verify } from "./verify.ts";',
  },
  "the-hand-that-writes-cannot-think": {
    "src/adapters/model/model.ts": "export const model = 1;",
    "src/actions/control.ts": 'export { model } from "../adapters/model/model.ts";',
  },
  "the-mind-that-thinks-cannot-write": {
    "src/adapters/github/github.ts": "export const github = 1;",
    "src/actions/implement.ts": 'export { github } from "../adapters/github/github.ts";',
  },
  "actions-ship-no-twin": {
    "src/twin/twin.ts": "export const twin = 1;",
    "src/actions/intake-normalize.ts": 'export { twin } from "../twin/twin.ts";',
  },
  "src-never-imports-test": {
    "test/fake.ts": "export const fake = 1;",
    "src/cli/bad.ts": 'export { fake } from "../../test/fake.ts";',
  },
  "no-orphans": { "src/domain/alone.ts": "export const alone = 1;" },
};

describe("the import rules", () => {
  test("hold in this repository, and were asked of all of it", async () => {
    const { violations, modules } = await violationsIn(root);
    expect(violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
    expect(modules).toBeGreaterThan(100);
  });

  describe("canary", () => {
    let folder: string;
    let broken: ReadonlySet<string>;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "millwright-imports-"));
      await symlink(join(root, "node_modules"), join(folder, "node_modules"));
      for (const [path, text] of Object.values(SEEDS).flatMap((files) => Object.entries(files))) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), text);
      }
      const { violations } = await violationsIn(folder);
      broken = new Set(violations.map(({ rule }) => rule.name));
    });

    afterAll(() => rm(folder, { recursive: true, force: true }));

    test("every rule has a seed", async () => {
      const { forbidden } = await configuration();
      expect(forbidden.map(({ name }) => name).sort()).toEqual(Object.keys(SEEDS).sort());
    });

    test.each(Object.keys(SEEDS))("%s fires", (rule) => {
      expect(broken).toContain(rule);
    });
  });
});
