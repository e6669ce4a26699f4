import { mkdir, rm, statfs } from "node:fs/promises";
import { basename, join } from "node:path";

/** The folders of one job, all new, removed when it ends or when the runner closes. */
export interface JobFolders {
  readonly root: string;
  readonly workspace: string;
  readonly temp: string;
  readonly tools: string;
  readonly actions: string;
  readonly home: string;
  readonly commands: string;
}

export async function createJobFolders(
  scratch: string,
  job: { readonly id: number; readonly repository: string },
): Promise<JobFolders> {
  const root = join(scratch, "jobs", String(job.id));
  const name = basename(job.repository);
  const temp = join(root, "_temp");
  const folders = {
    root,
    workspace: join(root, name, name),
    temp,
    tools: join(root, "_tool"),
    actions: join(root, "_actions"),
    home: join(root, "home"),
    commands: join(temp, "_runner_file_commands"),
  };
  await Promise.all(Object.values(folders).map((folder) => mkdir(folder, { recursive: true })));
  return folders;
}

/** Removes them, unless more than `keepAbove` bytes of their disk are free: then they are removed with the scratch folder. */
export async function removeJobFolders(folders: JobFolders, keepAbove: number): Promise<void> {
  const { bavail, bsize } = await statfs(folders.root);
  if (bavail * bsize > keepAbove) return;
  // Killed programs may still be closing their files.
  await rm(folders.root, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}
