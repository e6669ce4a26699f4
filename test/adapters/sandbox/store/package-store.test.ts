import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { readArchive, writeLabel } from "../../../../src/adapters/sandbox/store/archive.ts";
import type { PackageStoreOptions } from "../../../../src/adapters/sandbox/store/package-store.ts";
import {
  LABEL_BYTES,
  labelPackages,
  PACKAGES_SIGNER,
} from "../../../../src/domain/dependencies/kept-packages.ts";
import type { Shelf } from "../../../../src/ports/shelf.ts";
import { makeSigningKeys } from "../../../fakes/signing-keys.ts";
import { describeInside, useSandboxes } from "../sandboxes.ts";

const OWN = makeSigningKeys();
const OTHER = makeSigningKeys();

const NO_ARCHIVE = Buffer.from("what no program unpacks");

const { folder, create, open } = useSandboxes();

/** What the test of now has: sandboxes that keep nothing serve all tests. */
let now: { readonly place: string; readonly told: string[] };

/** A shelf in a folder: whoever can write there can write anything. */
const SHELF: Shelf = {
  bring: async (key, { file }) => {
    if (!existsSync(join(now.place, key))) return "nothing";
    copyFileSync(join(now.place, key), file);
    return "brought";
  },
  put: async (key, file) => {
    copyFileSync(file, join(now.place, key));
    return "kept";
  },
};

const SETUP =
  '[ ! -f fail ] || exit 1; if [ -f "$npm_config_cache/a" ]; then echo found; else mkdir -p "$npm_config_cache" && echo one > "$npm_config_cache/a"; fi';
const BASE = { "package-lock.json": "{}", [PACKAGES_SIGNER]: OWN.publicKey };

function world() {
  const place = folder();
  const told: string[] = [];
  now = { place, told };
  const run = async (
    files: Readonly<Record<string, string>>,
    { command = SETUP, sees, shows, executable = [], ...options }: Given = {},
  ) => {
    const sandbox = await create({
      isolation: "bubblewrap",
      packages: {
        shelf: SHELF,
        machine: ["here"],
        tell: (line) => void now.told.push(line),
        ...options,
      },
      // One that has the key keeps a result once, so that each run has its own.
      ...(options.key === undefined ? {} : { scratch: folder() }),
    });
    const workspace = await sandbox.workspace(async (directory) => {
      for (const [path, content] of Object.entries(files)) {
        mkdirSync(dirname(join(directory, path)), { recursive: true });
        writeFileSync(join(directory, path), content, {
          mode: executable.includes(path) ? 0o755 : 0o644,
        });
      }
    });
    try {
      const result = await workspace.run({ command, sees, timeoutMs: 20_000, network: true });
      const shown = shows && (await workspace.run({ command: shows, timeoutMs: 20_000 }));
      return { ...result, shown: shown ? shown.output : undefined };
    } finally {
      await workspace.close();
    }
  };
  return { run, told, place };
}

type Given = Partial<PackageStoreOptions> & {
  readonly command?: string;
  readonly sees?: readonly string[];
  /** Files that are executable. */
  readonly executable?: readonly string[];
  /** Runs afterwards, and what it prints is returned. */
  readonly shows?: string;
};

describeInside("packages of setup between runs", () => {
  test("are kept by a job that has the key, and found by one that has none", async () => {
    const { run, told } = world();
    const first = await run(BASE, { key: OWN.privateKey });
    expect(first.output).not.toContain("found");
    const second = await run({ ...BASE, "src/a.ts": "changed" });
    expect(second.output).toContain("found");
    expect(second.broughtBefore).toMatchObject({ setupMs: Math.round(first.durationMs) });
    expect(told).toEqual([
      expect.stringMatching(
        /^Packages of setup are kept for later runs: \d+ bytes, as millwright-setup-\w{64}\.$/,
      ),
      expect.stringMatching(/^Packages of an earlier setup are used: \d+ bytes\.$/),
    ]);
  });

  test.each([
    ["the lockfile is another one", { ...BASE, "package-lock.json": "{ }" }, {}],
    ["the image is another one", BASE, { machine: ["elsewhere"] }],
    ["the command is another one", BASE, { command: `${SETUP} && true` }],
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
    await run({ ...BASE, fail: "" }, { key: OWN.privateKey });
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

describeInside("a setup that says which files it sees", () => {
  const SEES = ["package-lock.json", "tools/**"];
  const TREE = { ...BASE, "src/a.ts": "one", "tools/a/t": "tool", "tools/b": "", README: "" };
  const MAKES =
    'ls -A > seen; mkdir -p node_modules/x tools/made "$npm_config_cache"; echo m > node_modules/x/m; ln -s ../x node_modules/l; echo c > "$npm_config_cache/c"';
  const SHOWS =
    'cat seen | tr "\\n" " "; ls -A tools node_modules; cat src/a.ts node_modules/x/m "$npm_config_cache/c"; readlink node_modules/l';

  test("has no others around, and leaves its result beside the whole tree", async () => {
    const { run } = world();
    const result = await run(TREE, { command: MAKES, sees: SEES, shows: SHOWS });
    expect(result.exitCode).toBe(0);
    expect(result.shown?.split("\n")[0]).toBe("package-lock.json seen tools node_modules:");
    expect(result.shown).toContain("l\nx\n\ntools:\na\nb\nmade\n");
    expect(result.shown).toMatch(/onem\nc\n\.\.\/x\n$/);
  });

  test("does not run where an earlier run signed its result, whatever else the tree has", async () => {
    const { run, told } = world();
    const given = { command: MAKES, sees: SEES, shows: SHOWS };
    const first = await run(TREE, { ...given, key: OWN.privateKey });
    const other = { ...TREE, "src/a.ts": "two", "package.json": "{}" };
    const second = await run(other, given);
    expect(second).toMatchObject({
      exitCode: 0,
      output: "",
      broughtBefore: { setupMs: Math.round(first.durationMs) },
    });
    expect(second.shown).toBe(first.shown?.replace("onem", "twom"));
    expect(told.at(-1)).toContain("are used");
  });

  test("runs again where a file that it sees is another one", async () => {
    const { run } = world();
    const given = { command: MAKES, sees: SEES };
    await run(TREE, { ...given, key: OWN.privateKey });
    const result = await run({ ...TREE, "tools/b": "changed" }, given);
    expect(result.broughtBefore).toBeUndefined();
  });

  test("runs where the entry is not what was signed, in a tree that holds nothing of it", async () => {
    const { run, place } = world();
    const given = { command: MAKES, sees: SEES, shows: SHOWS };
    const first = await run(TREE, { ...given, key: OWN.privateKey });
    const [name = ""] = readdirSync(place);
    await swap(join(place, name), OTHER.privateKey);
    const second = await run(TREE, given);
    expect(second).toMatchObject({ exitCode: 0, shown: first.shown });
    expect(second.broughtBefore).toBeUndefined();
  });

  test("runs where a signed entry cannot be unpacked, with the files that it sees, and leaves the tree whole", async () => {
    const { run, place, told } = world();
    const given = { command: MAKES, sees: SEES, shows: `${SHOWS}; cat package-lock.json` };
    const first = await run(TREE, { ...given, key: OWN.privateKey });
    const [name = ""] = readdirSync(place);
    const file = join(place, name);
    writeFileSync(file, Buffer.concat([readFileSync(file).subarray(0, LABEL_BYTES), NO_ARCHIVE]));
    await swap(file, OWN.privateKey);
    const second = await run(TREE, given);
    expect(told.at(-1)).toMatch(/^Packages of an earlier setup are not used: /);
    expect(second).toMatchObject({ exitCode: 0, shown: first.shown });
    expect(second.broughtBefore).toBeUndefined();
  });

  test("runs again where a file that it sees can be executed now", async () => {
    const { run } = world();
    const given = { command: "./tools/a/t || true", sees: SEES };
    await run(TREE, { ...given, key: OWN.privateKey });
    const again = await run(TREE, { ...given, executable: ["tools/a/t"] });
    expect(again.broughtBefore).toBeUndefined();
  });

  test("ends where its workspace is closed meanwhile", async () => {
    const workspace = await open({ isolation: "bubblewrap" }, { a: "" });
    const running = workspace.run({
      command: "sleep 30",
      sees: ["a"],
      timeoutMs: 20_000,
      network: true,
    });
    await workspace.close();
    expect((await running).exitCode).toBeNull();
  });

  test("fails where it makes a file that the base has and it does not see", async () => {
    const { run } = world();
    const result = await run(TREE, {
      command: "mkdir src && echo mine > src/a.ts",
      sees: SEES,
      shows: "cat src/a.ts",
    });
    expect(result.exitCode).toBeNull();
    expect(result.output).toContain(
      "it made src/a.ts, which the base has and `from` does not name",
    );
    expect(result.shown).toBe("one");
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
