import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PACKAGES_SIGNER } from "../../src/domain/dependencies/kept-packages.ts";
import { HAS_BUBBLEWRAP } from "../bubblewrap.ts";
import { makeSigningKeys } from "../fakes/signing-keys.ts";
import { CONFIG } from "./repository.ts";
import { PATIENCE_MS, REPOSITORY, ROOT, raise, SEAL_KEY, submit, type World } from "./rig.ts";

// Real runs: what is tested are the modes of the cache, the secret's way to the one job that has it, and both bundles.

const KEYS = makeSigningKeys();
const MADE = "mkdir -p node_modules/made && ls -A > node_modules/made/seen";

/** The template of the audit, with the line that the guide adds to it. */
async function audit(): Promise<string> {
  const text = await readFile(join(ROOT, "workflow-templates/factory-audit.yml"), "utf8");
  const seal = /^ +FACTORY_SEAL_KEY: .+\n/m.exec(text)?.[0] ?? "";
  return text.replace(seal, seal + seal.replaceAll("FACTORY_SEAL_KEY", "FACTORY_SETUP_CACHE_KEY"));
}

function raiseWith(privateKey: string): Promise<World> {
  return audit().then((text) =>
    raise({
      runner: "twin",
      files: {
        ".github/workflows/factory-audit.yml": text,
        [PACKAGES_SIGNER]: KEYS.publicKey,
      },
      config: { checks: { ...CONFIG.checks, setup: { run: MADE, from: ["package.json"] } } },
      secrets: (apiKey) => ({
        ...{ ANTHROPIC_API_KEY: apiKey, FACTORY_SEAL_KEY: SEAL_KEY },
        FACTORY_SETUP_CACHE_KEY: privateKey,
      }),
    }),
  );
}

/** What jobs of a name said of packages, in order. */
function said(world: World, name: RegExp): readonly string[] {
  return world.twin.runner
    .runs()
    .filter(({ repository }) => repository === REPOSITORY)
    .flatMap(({ jobs }) => jobs)
    .filter((job) => name.test(job.name))
    .flatMap(({ log }) => log.flatMap((line) => /Packages of .*/.exec(line)?.[0] ?? []));
}

async function night(world: World): Promise<void> {
  await world.send("POST", "/actions/workflows/factory-audit.yml/dispatches", { ref: "main" });
  await world.idle();
}

test.skipIf(!HAS_BUBBLEWRAP)(
  "the night keeps what setup brings, and the jobs of a line take it from there",
  async () => {
    await using world = await raiseWith(KEYS.privateKey);
    await night(world);
    expect(said(world, /measure/)).toEqual([expect.stringContaining("are kept for later runs")]);
    await submit(world);
    const used = said(world, /implement|verify/);
    expect(used.length).toBeGreaterThan(1);
    for (const line of used) expect(line).toContain("Packages of an earlier setup are used");
  },
  PATIENCE_MS,
);

test.skipIf(!HAS_BUBBLEWRAP)(
  "with a private key that is not the other half the night keeps nothing, and says so",
  async () => {
    await using world = await raiseWith(makeSigningKeys().privateKey);
    await night(world);
    expect(said(world, /measure/)).toEqual([expect.stringContaining("are not kept: ")]);
    await submit(world);
    expect(said(world, /implement|verify/)).toEqual([]);
  },
  PATIENCE_MS,
);
