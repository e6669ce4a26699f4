import { existsSync } from "node:fs";
import { chmod, mkdir, readdir, realpath, symlink, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";

const PROGRAM = "bwrap";

/** Programs of jobs on machines without bubblewrap, as GitHub's are, while a package list is broken. */
export interface BrokenAptList {
  /** Writes a job's own files into a folder; returns the PATH of the job. */
  layFor(folder: string): Promise<string>;
}

/**
 * Hides bubblewrap from jobs: for each folder of the PATH that has it they see links to everything else, created once in
 * `folder`. `sudo apt-get install` restores it for the job that asks; nothing is installed, and nobody becomes root.
 */
export async function breakAptList(folder: string, path: string): Promise<BrokenAptList> {
  const entries = path.split(delimiter).filter((entry) => entry !== "");
  const holding = entries.find((entry) => existsSync(join(entry, PROGRAM)));
  const program = holding === undefined ? undefined : await realpath(join(holding, PROGRAM));
  const shown = new Map<string, string>();
  for (const entry of entries) {
    if (!existsSync(join(entry, PROGRAM))) continue;
    const place = await realpath(entry);
    if (!shown.has(place)) shown.set(place, await linkOthers(place, join(folder, `${shown.size}`)));
    shown.set(entry, shown.get(place) ?? entry);
  }
  const rest = entries.map((entry) => shown.get(entry) ?? entry);
  return {
    async layFor(own) {
      await mkdir(own, { recursive: true });
      const programs = { sudo: SUDO, "apt-get": aptGet(program) };
      for (const [name, script] of Object.entries(programs)) {
        await writeFile(join(own, name), script);
        await chmod(join(own, name), 0o755);
      }
      return [...new Set([own, ...rest])].join(delimiter);
    },
  };
}

async function linkOthers(from: string, to: string): Promise<string> {
  await mkdir(to, { recursive: true });
  const names = (await readdir(from)).filter((name) => name !== PROGRAM);
  await Promise.all(names.map((name) => symlink(join(from, name), join(to, name))));
  return to;
}

/** Only simulated: a job under this weather changes nothing on the machine. */
const SUDO = `#!/bin/bash
if [[ "$1" != apt-get ]]; then
  echo "sudo: $1: not played by the twin" >&2
  exit 1
fi
exec "$@"
`;

function aptGet(program: string | undefined): string {
  const quoted = program?.replaceAll("'", `'\\''`);
  const install =
    quoted === undefined ? "false" : `ln -sf '${quoted}' "$(dirname "$0")/${PROGRAM}"`;
  return `#!/bin/bash
case "$*" in
  update*)
    echo "E: Failed to fetch https://packages.example.com/InRelease  403  Forbidden" >&2
    exit 100
    ;;
  install*bubblewrap) ${install} || { echo "E: Unable to locate package bubblewrap" >&2; exit 100; } ;;
  *)
    echo "E: $*: not played by the twin" >&2
    exit 100
    ;;
esac
`;
}
