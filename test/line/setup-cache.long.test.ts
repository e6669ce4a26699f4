import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pack, writeLabel } from "../../src/adapters/sandbox/store/archive.ts";
import { labelPackages, PACKAGES_SIGNER } from "../../src/domain/dependencies/kept-packages.ts";
import { describeInside } from "../adapters/sandbox/sandboxes.ts";
import { makeSigningKeys } from "../fakes/signing-keys.ts";
import { CONFIG } from "./repository.ts";
import { PATIENCE_MS, REPOSITORY, ROOT, raise, SEAL_KEY, submit, type World } from "./rig.ts";
import { standing } from "./standing.ts";

// Real runs: what is tested are the modes of the cache, the secret's way to the one job that has it, and both bundles.

const KEYS = makeSigningKeys();
const MADE = "mkdir -p node_modules/made && ls -A > node_modules/made/seen";

/** The template of the audit, with the line that the guide adds to it. */
async function audit(): Promise<string> {
  const text = await readFile(join(ROOT, "workflow-templates/factory-audit.yml"), "utf8");
  const seal = /^ +FACTORY_SEAL_KEY: .+\n/m.exec(text)?.[0] ?? "";
  return text.replace(seal, seal + seal.replaceAll("FACTORY_SEAL_KEY", "FACTORY_SETUP_CACHE_KEY"));
}

function raiseWith(
  privateKey: string,
  files: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<World> {
  return audit().then((text) =>
    raise({
      runner: "twin",
      files: {
        ...files,
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

async function start(world: World, name: string): Promise<void> {
  await world.send("POST", `/actions/workflows/${name}.yml/dispatches`, { ref: "main" });
  await world.idle();
}

let kept: string | undefined;

/** The key under which the night of such a repository keeps its packages on this machine: nothing of it is secret. */
async function keyOfNight(): Promise<string> {
  if (kept !== undefined) return kept;
  await using world = await raiseWith(KEYS.privateKey);
  await start(world, "factory-audit");
  return /millwright-setup-(\w{64})/.exec(said(world, /measure/).join())?.[1] ?? "";
}

describeInside("packages of setup between runs of a repository", () => {
  test(
    "the night keeps what setup brings, and the jobs of a line take it from there",
    async () => {
      await using world = await raiseWith(KEYS.privateKey);
      await start(world, "factory-audit");
      const [line = ""] = said(world, /measure/);
      expect(line).toContain("are kept for later runs");
      kept = /millwright-setup-(\w{64})/.exec(line)?.[1];
      await submit(world);
      const used = said(world, /implement|verify/);
      expect(used.length).toBeGreaterThan(1);
      for (const line of used) expect(line).toContain("Packages of an earlier setup are used");
    },
    PATIENCE_MS,
  );

  /** A workflow of the default branch that was made to save an entry: it holds what actions/cache would, and speaks as it does. */
  async function poisoner(key: string): Promise<Readonly<Record<string, string | Uint8Array>>> {
    const root = await mkdtemp(join(tmpdir(), "poison-"));
    const file = join(root, "archive");
    const names = ["cache", "temporary", "workspace"];
    try {
      for (const name of names)
        await mkdir(join(root, name, "node_modules/made"), { recursive: true });
      await writeFile(join(root, "workspace/node_modules/made/seen"), "poison");
      const packed = await pack({ root, names }, file);
      const { privateKey } = makeSigningKeys();
      await writeLabel(
        file,
        labelPackages({ madeFor: key, ...packed, setupMs: 60_000 }, privateKey),
      );
      return {
        ".github/workflows/other.yml":
          "on: workflow_dispatch\njobs: { other: { runs-on: ubuntu-24.04, steps: [{ uses: actions/checkout@v7 }, { uses: ./.github/other }] } }\n",
        ".github/other/action.yml":
          "name: other\ndescription: saves an entry\nruns: { using: node24, main: index.mjs }\n",
        ".github/other/index.mjs": SAVES.replace("KEY", `millwright-setup-${key}`),
        ".github/other/archive": await readFile(file),
      };
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  }

  const SAVES = `import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
const version = createHash("sha256").update("millwright packages of setup 1").digest("hex");
const body = readFileSync(new URL("archive", import.meta.url));
const ask = async (method, more) => {
  const answer = await fetch(process.env.ACTIONS_RESULTS_URL + "twirp/github.actions.results.api.v1.CacheService/" + method, {
    method: "POST",
    headers: { authorization: "Bearer " + process.env.ACTIONS_RUNTIME_TOKEN },
    body: JSON.stringify({ key: "KEY", version, ...more }),
  });
  return answer.json();
};
const { signed_upload_url } = await ask("CreateCacheEntry", {});
await fetch(signed_upload_url, { method: "PUT", headers: { "x-ms-blob-type": "BlockBlob" }, body });
const { ok } = await ask("FinalizeCacheEntryUpload", { size_bytes: String(body.length) });
console.log("poisoned: " + ok);
`;

  test(
    "what another workflow of the default branch saved under the very key is not opened, and the line merges as ever",
    async () => {
      const key = await keyOfNight();
      await using world = await raiseWith(KEYS.privateKey, await poisoner(key));
      await start(world, "other");
      const logs = world.twin.runner.runs().flatMap(({ jobs }) => jobs.flatMap(({ log }) => log));
      expect(logs.join("\n")).toContain("poisoned: true");
      const issue = await submit(world);
      const lines = said(world, /implement|verify/);
      expect(lines.length).toBeGreaterThan(1);
      for (const line of lines)
        expect(line).toContain("are not used: it is not signed by the key of");
      expect((await standing(world, issue)).state).toBe("closed");
      await start(world, "factory-audit");
      expect(said(world, /measure/)).toEqual([
        expect.stringContaining("are not used"),
        expect.stringContaining("are not kept: CreateCacheEntry answered 409"),
      ]);
    },
    PATIENCE_MS,
  );
});
