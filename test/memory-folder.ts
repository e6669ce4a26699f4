import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Where Linux keeps files in memory, for everybody. */
const SHARED = "/dev/shm";
const NAME = /^millwright-tests-([1-9][0-9]*)$/;
/** What whole lines hold at once is less than a tenth of it. */
const ROOM = 4 * 1024 ** 3;

/**
 * A folder in memory for files that tests write and remove by ten thousands: looking for a free number of a file takes a disk a
 * fifth of what a whole line costs. None where somebody has said where temporary files belong, where there is no such place,
 * where it is small, and where no program runs from it, as in many containers.
 */
export function memoryFolder(): string | undefined {
  if (process.env.TMPDIR !== undefined) return undefined;
  const folder = join(SHARED, `millwright-tests-${process.pid}`);
  try {
    const { bavail, bsize } = statfsSync(SHARED);
    if (bavail * bsize < ROOM) return undefined;
    removeLeftBehind();
    mkdirSync(folder, { mode: 0o700 });
    const probe = join(folder, "probe");
    writeFileSync(probe, "#!/bin/sh\n", { mode: 0o700 });
    if (spawnSync(probe).status === 0) return folder;
    rmSync(folder, { recursive: true });
  } catch {
    // Not there, or not for us: then files stand where they stand everywhere.
  }
  return undefined;
}

/** Of a run that was killed: memory is too dear to keep them. */
function removeLeftBehind(): void {
  for (const name of readdirSync(SHARED)) {
    const pid = Number(NAME.exec(name)?.[1]);
    if (Number.isNaN(pid) || isAlive(pid)) continue;
    rmSync(join(SHARED, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
