import { createHash } from "node:crypto";
import { access, mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { deflate } from "node:zlib";

const compress = promisify(deflate);

let written = 0;

/**
 * Lays an object where git lays it (gitrepository-layout(5), `objects/[0-9a-f][0-9a-f]`), named by the digest of its bytes: a
 * process for each of them is most of what a line costs.
 */
export async function writeObject(
  gitDirectory: string,
  kind: "blob" | "commit" | "tree",
  content: Buffer,
): Promise<string> {
  const bytes = Buffer.concat([Buffer.from(`${kind} ${content.length}\0`), content]);
  const id = createHash("sha1").update(bytes).digest("hex");
  const path = join(gitDirectory, "objects", id.slice(0, 2), id.slice(2));
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (isThere) return id;
  await mkdir(dirname(path), { recursive: true });
  // Whole or not at all, also for whoever looks meanwhile; git sweeps such names itself.
  written += 1;
  const unready = join(gitDirectory, "objects", `tmp_obj_${process.pid}_${written}`);
  await writeFile(unready, await compress(bytes), { mode: 0o444 });
  await rename(unready, path);
  return id;
}
