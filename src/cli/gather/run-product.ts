import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { findChromium } from "../../adapters/browser/find-chromium.ts";
import { createSandbox } from "../../adapters/sandbox/sandbox.ts";
import type { Gathered } from "../../domain/loop/gathered.ts";
import { gatherProduct } from "../../gatherers/product/gather.ts";
import { ProductOptions } from "../../gatherers/product/options.ts";
import { Seen } from "../../gatherers/product/seen.ts";
import type { Workspace } from "../../ports/sandbox.ts";
import { noteText } from "../../wording/gathered/notes.ts";
import { sayRefusal } from "../../wording/refusals.ts";
import { UsageError } from "../command/usage-error.ts";
import type { Gathering } from "./gathering.ts";
import { withCheckout } from "./open-checkout.ts";
import { readOptions } from "./read-options.ts";

/** The program and what it needs, at their places on this machine. */
const PROGRAM = new URL(
  `../../adapters/browser/visit-program${import.meta.filename.slice(-3)}`,
  import.meta.url,
).pathname;
/** Without its configuration a browser draws every letter as a box. */
const FONTS = ["/etc/fonts"];
/** In the workspace. */
const FOLDER = ".millwright-visit";
const LONGEST_MS = 1_200_000;
const SETUP_MS = 1_200_000;
const MOST_BYTES = 20_000_000;

/**
 * Starts the application of a checkout's commit in the sandbox, without a network, and looks at it with a browser beside it.
 * @throws with what to install where there is no browser or no sandbox, and with what the application said where it does not start
 */
export async function runProduct({ asked, context, signal, note }: Gathering): Promise<Gathered> {
  if (asked.options === undefined) throw new UsageError(noteText("no-pages"));
  const options = await readOptions(asked.options, ProductOptions);
  const chromium = findChromium(context.environment);
  if (chromium === undefined) throw new Error(noteText("no-browser"));
  const output = asked.output ?? resolve(".gathered");
  await mkdir(output, { recursive: true });
  const sandbox = await createSandbox({
    isolation: asked.sandbox ? "bubblewrap" : "none",
    read: asked.sandbox ? [...packages(), dirname(PROGRAM), ...FONTS] : [],
  });
  if ("refusal" in sandbox) throw new Error(sayRefusal(sandbox.refusal));
  return withCheckout(asked.repo, async ({ materialize }) => {
    const workspace = await sandbox.workspace(materialize);
    const stop = () => void workspace.close().catch(() => undefined);
    signal.addEventListener("abort", stop);
    try {
      const looked = await look(workspace, { options, chromium });
      const seen = await keepPictures(workspace, looked, output);
      if (seen.notReady !== undefined) throw new Error(`${options.start}: ${seen.notReady}`);
      for (const host of new Set(seen.pages.flatMap(({ blocked }) => blocked))) {
        note(`${noteText("blocked")} ${host}`);
      }
      return gatherProduct(seen, (file) => join(output, file));
    } finally {
      signal.removeEventListener("abort", stop);
      await workspace.close();
    }
  });
}

/** Where they are installed, beside this project or above it. */
function packages(): readonly string[] {
  const { resolve: find } = createRequire(import.meta.url);
  return ["playwright-core", "axe-core"].map((name) => dirname(find(`${name}/package.json`)));
}

async function look(
  workspace: Workspace,
  { options, chromium }: { readonly options: ProductOptions; readonly chromium: string },
): Promise<Seen> {
  const { setup, ...request } = options;
  if (setup !== undefined) {
    const ran = await workspace.run({ command: setup, timeoutMs: SETUP_MS, network: true });
    if (ran.exitCode !== 0) throw new Error(`${setup}: exit code ${ran.exitCode}\n${ran.output}`);
  }
  const ran = await workspace.run({
    command: `node --disable-warning=ExperimentalWarning '${PROGRAM}' "$@"`,
    arguments: [JSON.stringify({ ...request, chromium }), FOLDER],
    timeoutMs: LONGEST_MS,
  });
  const bytes = await workspace.readFile(`${FOLDER}/seen.json`, MOST_BYTES);
  if (bytes === undefined) throw new Error(`${noteText("not-seen")}\n${ran.output}`);
  return Seen.parse(JSON.parse(new TextDecoder().decode(bytes)));
}

/** A picture counts as what its bytes are, whatever was said of them inside. */
async function keepPictures(workspace: Workspace, seen: Seen, output: string): Promise<Seen> {
  const pages = seen.pages.map(async ({ picture, ...page }) => {
    const bytes = await workspace.readFile(`${FOLDER}/${page.name}.png`, MOST_BYTES);
    if (picture === undefined || bytes === undefined) return page;
    const file = `${page.name}.png`;
    await writeFile(join(output, file), bytes);
    return { ...page, picture: { file, sha256: createHash("sha256").update(bytes).digest("hex") } };
  });
  return { ...seen, pages: await Promise.all(pages) };
}
