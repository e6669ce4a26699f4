// Builds every action to one bundle (`actions/<name>/dist`). `--check` builds elsewhere and compares bytes and file lists;
// `--only a,b` restricts it. The output of ncc is the same on every machine, so a difference is a difference in source.
import { execFile } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import { minify } from "terser";
import { libraryBeside, packagedPath } from "../src/adapters/syntax/grammar-files.ts";
import { WORKERS } from "../src/domain/order.ts";
import { GRAMMARS } from "../src/ports/syntax.ts";
import { readArguments } from "./arguments.mjs";

const { values } = readArguments(
  "npm run build --",
  {
    check: { says: "builds elsewhere, and fails if a byte differs" },
    only: { type: "string", value: "names", says: "some bundles, separated by commas" },
  },
  { says: "Builds every action to one bundle." },
);

const run = promisify(execFile);
const compress = promisify(brotliCompress);
/** For a grammar: the best quality takes half a minute for C# alone and saves a tenth. */
const QUALITY = 9;
const root = new URL("..", import.meta.url).pathname;

/** Bundles: the entry, and the folder of its output. */
const BUNDLES = [
  ...["control", "conformance", "probe-sandbox", "prove", ...WORKERS].map((name) => ({
    name,
    entry: `build/actions/${name}.js`,
    out: `actions/${name}/dist`,
  })),
  {
    name: "toolbox",
    entry: "build/adapters/toolbox/toolbox.js",
    out: "actions/implement/dist/toolbox",
  },
  {
    name: "visit",
    entry: "build/adapters/browser/visit-program.js",
    out: "actions/run-loop/dist/visit",
    // A repository with a product loop installs these itself: they are as large as all actions together, and it chooses the version.
    external: ["playwright-core", "axe-core"],
  },
];

/** A bundle inside the folder of another: neither build changes the other's files. */
const INSIDE = { implement: "toolbox/", "run-loop": "visit/" };

const { check } = values;
const only = values.only?.split(",");
const wanted = BUNDLES.filter(({ name }) => only === undefined || only.includes(name));
const stage = mkdtempSync(join(tmpdir(), "millwright-build-"));
let failed = false;

try {
  // TypeScript first, once for all: ncc then reads plain JavaScript and checks no types, which `npm run types` does.
  await run(
    process.execPath,
    [join(root, "node_modules/typescript/bin/tsc"), "--project", "tsconfig.build.json"],
    { cwd: root },
  );
  const queue = [...wanted];
  await Promise.all([build(queue), build(queue)]);
  for (const bundle of wanted) if (check) compare(bundle);
} finally {
  rmSync(stage, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;

async function build(queue) {
  for (let bundle = queue.shift(); bundle !== undefined; bundle = queue.shift()) {
    const out = check ? join(stage, bundle.name) : join(root, bundle.out);
    if (!check) clean(out, bundle);
    const ncc = join(root, "node_modules/@vercel/ncc/dist/ncc/cli.js");
    const started = performance.now();
    await run(
      process.execPath,
      [
        ...[ncc, "build", bundle.entry, "-o", out, "--minify", "--no-cache", "--quiet"],
        ...(bundle.external ?? []).flatMap((name) => ["--external", name]),
      ],
      { cwd: root, maxBuffer: 2 ** 26 },
    );
    await minifyChunks(out);
    if (bundle.name === "verify") await compressGrammars(out);
    const bytes = filesOf(out, bundle).reduce(
      (sum, file) => sum + statSync(join(out, file)).size,
      0,
    );
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`${bundle.name.padEnd(18)} ${String(bytes).padStart(9)} bytes  ${seconds} s`);
  }
}

/** ncc minifies the entry, but not the lazily loaded chunks (the model SDK). */
async function minifyChunks(out) {
  for (const name of readdirSync(out).filter((file) => /^[0-9]+\.index\.js$/.test(file))) {
    const path = join(out, name);
    const { code } = await minify(readFileSync(path, "utf8"), { module: true });
    writeFileSync(path, code);
  }
}

/** The parser and its grammars, each read if a change has a file of its language. An eighth of their packages' size. */
async function compressGrammars(out) {
  const { resolve } = createRequire(import.meta.url);
  mkdirSync(join(out, "grammars"), { recursive: true });
  const library = readFileSync(libraryBeside(resolve(packagedPath("parser"))), "utf8");
  const { code } = await minify(library, { module: true });
  writeFileSync(join(out, "grammars/parser.js"), code);
  await Promise.all(
    ["parser", ...GRAMMARS].map(async (name) => {
      const bytes = readFileSync(resolve(packagedPath(name)));
      const options = { params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY } };
      writeFileSync(join(out, "grammars", `${name}.wasm.br`), await compress(bytes, options));
    }),
  );
}

function filesOf(directory, bundle) {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
    .filter((file) => !(bundle.name in INSIDE) || !file.startsWith(INSIDE[bundle.name]))
    .sort();
}

function clean(out, bundle) {
  try {
    for (const file of filesOf(out, bundle)) rmSync(join(out, file));
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
}

function compare(bundle) {
  const built = join(stage, bundle.name);
  const committed = join(root, bundle.out);
  const expected = filesOf(built, bundle);
  const found = filesOf(committed, bundle);
  const differing = expected.filter(
    (file) =>
      !found.includes(file) ||
      !readFileSync(join(built, file)).equals(readFileSync(join(committed, file))),
  );
  const surplus = found.filter((file) => !expected.includes(file));
  for (const file of [...differing, ...surplus]) {
    failed = true;
    console.error(
      `${join(bundle.out, file)} is not what its sources build: run \`npm run build\` and commit it`,
    );
  }
}
