import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { findChromium } from "../../adapters/browser/find-chromium.ts";
import { foldersOfBrowser } from "../../adapters/browser/visitor.ts";
import { createSandbox } from "../../adapters/sandbox/sandbox.ts";
import type { Gathered } from "../../domain/loop/gathered.ts";
import { gatherProduct } from "../../gatherers/product/gather.ts";
import { ProductOptions } from "../../gatherers/product/options.ts";
import type { Workspace } from "../../ports/sandbox.ts";
import { noteText } from "../../wording/gathered/notes.ts";
import { sayRefusal } from "../../wording/refusals.ts";
import { keepPictures, lookAt } from "../../workers/run-loop/look.ts";
import { UsageError } from "../command/usage-error.ts";
import type { Gathering } from "./gathering.ts";
import { withCheckout } from "./open-checkout.ts";
import { readOptions } from "./read-options.ts";

/** The program and what it needs, at their places on this machine. */
const PROGRAM = new URL(
  `../../adapters/browser/visit-program${import.meta.filename.slice(-3)}`,
  import.meta.url,
).pathname;
const LONGEST_MS = 1_200_000;
const SETUP_MS = 1_200_000;

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
    read: asked.sandbox ? [...packages(), dirname(PROGRAM), ...foldersOfBrowser(chromium)] : [],
  });
  if ("refusal" in sandbox) throw new Error(sayRefusal(sandbox.refusal));
  return withCheckout(asked.repo, async ({ materialize }) => {
    const workspace = await sandbox.workspace(materialize);
    const stop = () => void workspace.close().catch(() => undefined);
    signal.addEventListener("abort", stop);
    try {
      await setUp(workspace, options);
      const looking = { options, chromium, program: PROGRAM, timeoutMs: LONGEST_MS };
      const looked = await lookAt(workspace, looking);
      const seen = await keepPictures(workspace, looked, (file, bytes) =>
        writeFile(join(output, file), bytes),
      );
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

async function setUp(workspace: Workspace, { setup }: ProductOptions): Promise<void> {
  if (setup === undefined) return;
  const ran = await workspace.run({ command: setup, timeoutMs: SETUP_MS, network: true });
  if (ran.exitCode !== 0) throw new Error(`${setup}: exit code ${ran.exitCode}\n${ran.output}`);
}
