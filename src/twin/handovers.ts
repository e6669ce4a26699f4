import { createHash } from "node:crypto";
import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Handover, KeptPicture, Twin } from "./shape.ts";

/** Files that the jobs handed over, read from the artifacts of the runs. */
export async function readHandovers(folder: string): Promise<readonly Handover[]> {
  const files = await Array.fromAsync(glob("*/*/*.json", { cwd: folder }));
  const found = files
    .map((path) => path.split("/"))
    .sort((left, right) => Number(left[1]) - Number(right[1]));
  return Promise.all(
    found.map(async ([run = "", artifact = "", name = ""]) => ({
      runId: Number(run),
      name,
      value: JSON.parse(await readFile(join(folder, run, artifact, name), "utf8")) as unknown,
    })),
  );
}

/** The pictures in the artifacts of the runs. */
async function readPictures(folder: string): Promise<readonly KeptPicture[]> {
  const files = await Array.fromAsync(glob("*/*/*.png", { cwd: folder }));
  return Promise.all(
    files.sort().map(async (path) => {
      const [run = "", , name = ""] = path.split("/");
      const bytes = await readFile(join(folder, path));
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      return { runId: Number(run), name, sha256 };
    }),
  );
}

/** Content of the artifacts of all runs, read again each time. */
export function artifactsIn(folder: string): Pick<Twin, "handovers" | "pictures"> {
  return { handovers: () => readHandovers(folder), pictures: () => readPictures(folder) };
}
