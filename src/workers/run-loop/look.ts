import { digestOf } from "../../domain/digest.ts";
import type { ProductOptions } from "../../gatherers/product/options.ts";
import { Seen } from "../../gatherers/product/seen.ts";
import type { Workspace } from "../../ports/sandbox.ts";
import { noteText } from "../../wording/gathered/notes.ts";

/** In the workspace: what the program saw. */
const FOLDER = ".millwright-visit";
const MOST_BYTES = 20_000_000;

export interface Looking {
  readonly options: ProductOptions;
  /** The browser's path for commands of the workspace. */
  readonly chromium: string;
  /** The visiting program's path for them. */
  readonly program: string;
  readonly timeoutMs: number;
}

/**
 * Starts the application in the workspace, without a network, and looks at its pages in a browser. @throws with the
 * output if nothing was seen
 */
export async function lookAt(workspace: Workspace, looking: Looking): Promise<Seen> {
  const { program, chromium, timeoutMs } = looking;
  const { setup: _, ...request } = looking.options;
  const ran = await workspace.run({
    command: `node --disable-warning=ExperimentalWarning '${program}' "$@"`,
    arguments: [JSON.stringify({ ...request, chromium }), FOLDER],
    timeoutMs,
  });
  const bytes = await workspace.readFile(`${FOLDER}/seen.json`, MOST_BYTES);
  if (bytes === undefined) throw new Error(`${noteText("not-seen")}\n${ran.output}`);
  const seen = Seen.parse(JSON.parse(new TextDecoder().decode(bytes)));
  if (seen.notReady !== undefined) throw new Error(`${request.start}: ${seen.notReady}`);
  return seen;
}

/** Keeps each picture. Its bytes decide its type, not its declaration inside. */
export async function keepPictures(
  workspace: Workspace,
  seen: Seen,
  keep: (file: string, bytes: Uint8Array) => Promise<void>,
): Promise<Seen> {
  const pages = seen.pages.map(async ({ picture, ...page }) => {
    const file = `${page.name}.png`;
    const bytes = await workspace.readFile(`${FOLDER}/${file}`, MOST_BYTES);
    if (picture === undefined || bytes === undefined) return page;
    await keep(file, bytes);
    return { ...page, picture: { file, sha256: digestOf(bytes) } };
  });
  return { ...seen, pages: await Promise.all(pages) };
}
