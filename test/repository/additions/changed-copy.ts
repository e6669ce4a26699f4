import { cp, mkdir, mkdtemp, readFile, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Addition, Edit } from "./addition.ts";

/** What the proofs import; the rest of `test` is not needed for them. */
const COPIED = ["src", "test/control", "test/domain", "test/fakes", "test/workers"];
const ALONE = ["package.json", "tsconfig.json", "test/repository/bundles.ts"];

/** A copy of the project in a temporary folder with all the additions in it. The caller removes it. */
export async function copyWith(root: string, additions: readonly Addition[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "millwright-additions-"));
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  for (const path of [...COPIED, ...ALONE]) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await cp(join(root, path), join(folder, path), { recursive: true });
  }
  for (const [index, { edits, proof }] of additions.entries()) {
    for (const edit of edits) await apply(folder, edit);
    await writeFile(join(folder, `proof-${index}.ts`), proof);
  }
  return folder;
}

async function apply(folder: string, edit: Edit): Promise<void> {
  const path = join(folder, edit.file);
  if ("content" in edit) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, edit.content, { flag: "wx" });
    return;
  }
  const text = await readFile(path, "utf8");
  const parts = text.split(edit.find);
  if (parts.length !== 2) {
    throw new Error(`${edit.file}: found ${parts.length - 1} times, expected once: ${edit.find}`);
  }
  await writeFile(path, parts.join(edit.replace));
}
