import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { createSandbox } from "../../../../src/adapters/sandbox/sandbox.ts";
import { readArchive, writeLabel } from "../../../../src/adapters/sandbox/store/archive.ts";
import type { PackageStoreOptions } from "../../../../src/adapters/sandbox/store/package-store.ts";
import {
  labelPackages,
  PACKAGES_SIGNER,
} from "../../../../src/domain/dependencies/kept-packages.ts";
import type { Shelf } from "../../../../src/ports/shelf.ts";
import { makeSigningKeys } from "../../../fakes/signing-keys.ts";
import { useSandboxes } from "../sandboxes.ts";

const OWN = makeSigningKeys();
const OTHER = makeSigningKeys();

const { folder } = useSandboxes();

/** A shelf in a folder: whoever can write there can write anything. */
function folderShelf(place: string): Shelf {
  return {
    bring: async (key, { file }) => {
      if (!existsSync(join(place, key))) return "nothing";
      copyFileSync(join(place, key), file);
      return "brought";
    },
    put: async (key, file) => {
      copyFileSync(file, join(place, key));
      return "kept";
    },
  };
}

const SETUP =
  'if [ -f "$npm_config_cache/a" ]; then echo found; else mkdir -p "$npm_config_cache" && echo one > "$npm_config_cache/a"; fi';
const BASE = { "package-lock.json": "{}", [PACKAGES_SIGNER]: OWN.publicKey };

function world() {
  const [scratch, place] = [folder(), folder()];
  const told: string[] = [];
  const run = async (
    files: Readonly<Record<string, string>>,
    options: Partial<PackageStoreOptions> = {},
    command = SETUP,
  ) => {
    const sandbox = await createSandbox({
      isolation: "none",
      scratch,
      packages: {
        shelf: folderShelf(place),
        command: SETUP,
        machine: ["here"],
        tell: (line) => void told.push(line),
        ...options,
      },
    });
    if ("refusal" in sandbox) throw new Error(sandbox.refusal.code);
    const workspace = await sandbox.workspace(async (directory) => {
      for (const [path, content] of Object.entries(files)) {
        mkdirSync(dirname(join(directory, path)), { recursive: true });
        writeFileSync(join(directory, path), content);
      }
    });
    try {
      return await workspace.run({ command, timeoutMs: 20_000, network: true });
    } finally {
      await workspace.close();
    }
  };
  return { run, told, place };
}

describe("packages of setup between runs", () => {
  test("are kept by a job that has the key, and found by one that has none", async () => {
    const { run, told } = world();
    const first = await run(BASE, { key: OWN.privateKey });
    expect(first.output).not.toContain("found");
    const second = await run({ ...BASE, "src/a.ts": "changed" });
    expect(second.output).toContain("found");
    expect(second.broughtBefore).toMatchObject({ setupMs: Math.round(first.durationMs) });
    expect(told).toEqual([
      expect.stringMatching(/^Packages of setup are kept for later runs: \d+ bytes\.$/),
      expect.stringMatching(/^Packages of an earlier setup are used: \d+ bytes\.$/),
    ]);
  });

  test.each([
    ["the lockfile is another one", { ...BASE, "package-lock.json": "{ }" }, {}],
    ["the image is another one", BASE, { machine: ["elsewhere"] }],
    ["the command is another one", BASE, { command: "npm ci" }],
    ["the base names no signer", { "package-lock.json": "{}" }, {}],
  ])("are not found where %s", async (_, files, options) => {
    const { run } = world();
    await run(BASE, { key: OWN.privateKey });
    const result = await run(files, options);
    expect(result.output).not.toContain("found");
    expect(result.broughtBefore).toBeUndefined();
  });

  test("of a job without the key are not kept", async () => {
    const { run, told } = world();
    await run(BASE);
    expect((await run(BASE)).output).not.toContain("found");
    expect(told).toEqual([]);
  });

  test("of a setup that failed are not kept", async () => {
    const { run, told } = world();
    await run(BASE, { key: OWN.privateKey }, `${SETUP}; exit 1`);
    expect((await run(BASE)).output).not.toContain("found");
    expect(told).toEqual([]);
  });

  test.each([
    ["that another key signed", (file: string) => swap(file, OTHER.privateKey)],
    ["of which a byte is another one", (file: string) => flip(file, -1)],
    ["whose label is another one", (file: string) => flip(file, 12)],
    ["that is empty", (file: string) => writeFileSync(file, "")],
    ["that is no archive", (file: string) => writeFileSync(file, "x".repeat(5_000))],
  ])("an entry %s is not opened, and setup does its work", async (_, poison) => {
    const { run, told, place } = world();
    await run(BASE, { key: OWN.privateKey });
    const [name = ""] = readdirSync(place);
    await poison(join(place, name));
    const result = await run(BASE);
    expect(result.exitCode).toBe(0);
    expect(result.output).not.toContain("found");
    expect(told.at(-1)).toMatch(/^Packages of an earlier setup are not used: /);
  });

  test("a private key that is not the other half of the base's is told where it is used", async () => {
    const { run, told } = world();
    await run(BASE, { key: OTHER.privateKey });
    await run(BASE, { key: "no key" });
    expect(told[0]).toContain("not signed by the key of .github/factory/setup-cache.pub");
    expect(told[1]).toMatch(/^Packages of setup are not kept: /);
  });
});

function flip(file: string, at: number): void {
  const bytes = readFileSync(file);
  const place = at < 0 ? bytes.length + at : at;
  bytes[place] = (bytes[place] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

/** A whole archive of somebody else, for the same key: what another workflow of the default branch could have saved. */
async function swap(file: string, key: string): Promise<void> {
  const { label, digest } = await readArchive(file);
  const { version: _, ...facts } = JSON.parse(label).facts;
  await writeLabel(file, labelPackages({ ...facts, digest }, key));
}
