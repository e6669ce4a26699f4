import type { Gathered } from "../../domain/loop/gathered.ts";
import { gatherProduct } from "../../gatherers/product/gather.ts";
import type { ProductOptions } from "../../gatherers/product/options.ts";
import type { Workspace } from "../../ports/sandbox.ts";
import { noteText } from "../../wording/gathered/notes.ts";
import { keepPictures, lookAt } from "./look.ts";

/** Needs of a look at a running application, besides the sandbox. */
export interface Visitor {
  /** The browser's program on this machine; undefined if there is none. */
  readonly chromium: string | undefined;
  /** The text of the visiting program. It finds playwright-core and axe-core where `setup` put them. */
  readonly program: () => Promise<string>;
  /** Keeps a picture, and returns its place in words. */
  readonly keep: (file: string, bytes: Uint8Array) => Promise<string>;
}

/** Below the folder whose `node_modules` it needs. */
const PROGRAM = ".millwright/visit.mjs";

/**
 * Faults that a browser finds in the application of a workspace after `setup`. Each finding names the picture of its
 * page. @throws if there is no browser, or the application does not start
 */
export async function gatherProductIn(
  workspace: Workspace,
  about: {
    readonly options: ProductOptions;
    readonly visitor: Visitor;
    readonly timeoutMs: number;
  },
): Promise<Gathered> {
  const { options, visitor, timeoutMs } = about;
  const { chromium } = visitor;
  if (chromium === undefined) throw new Error(noteText("no-browser"));
  const content = await visitor.program();
  await workspace.write([{ path: PROGRAM, mode: "100644", encoding: "utf-8", content }]);
  const looked = await lookAt(workspace, { options, chromium, program: PROGRAM, timeoutMs });
  const places = new Map<string, string>();
  const seen = await keepPictures(workspace, looked, async (file, bytes) => {
    places.set(file, await visitor.keep(file, bytes));
  });
  return gatherProduct(seen, (file) => places.get(file) ?? file);
}
