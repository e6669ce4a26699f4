import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { layApart } from "../../twin/lay-apart.ts";

/** What is taken down again, last set up first, whatever happens in between. */
export interface Scaffold {
  /** A temporary folder that goes with it. */
  readonly directory: string;
  add<Part extends { close(): Promise<void> }>(part: Part): Part;
  takeDown(): Promise<void>;
}

export async function raiseScaffold(name: string): Promise<Scaffold> {
  const directory = await mkdtemp(join(tmpdir(), `millwright-${name}-`));
  await layApart([directory]);
  const parts: { close(): Promise<void> }[] = [];
  return {
    directory,
    add(part) {
      parts.push(part);
      return part;
    },
    async takeDown() {
      for (const part of parts.splice(0).reverse()) await part.close().catch(() => undefined);
      await rm(directory, { recursive: true, force: true });
    },
  };
}
