import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Handover } from "./shape.ts";

/** What the jobs handed over, read from the artifacts of the runs. */
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
