import { accessSync, constants, existsSync, lstatSync, readlinkSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { VIEW_INSIDE } from "../toolchains/environment.ts";
import { isBelow, type Toolchains } from "../toolchains/toolchains.ts";
import type { Launch, Limits } from "./supervise.ts";

/** The first `bwrap` on PATH, by its absolute name; undefined when there is none. */
export function findBubblewrap(path: string | undefined = process.env.PATH): string | undefined {
  return (path ?? "")
    .split(delimiter)
    .filter(isAbsolute)
    .map((folder) => join(folder, "bwrap"))
    .find(isExecutable);
}

/** The host folders of one workspace. */
export interface Place {
  readonly workspace: string;
  readonly cache: string;
  readonly temporary: string;
  /** Stubs of `passwd`, `group`, `hosts` and `nsswitch.conf`. */
  readonly accounts: string;
  /** The file of the system call filter; none where there is no sandbox. */
  readonly filter: string;
}

/**
 * Closes every descriptor above the account of the namespace and empties the environment. Node marks only the lowest
 * descriptors close-on-exec and bubblewrap closes none (threats RT-02); bash, because dash cannot address those above 9.
 * Then opens the system call filter, which bubblewrap reads and closes; without it, bubblewrap refuses to start.
 */
const LAUNCHER =
  'cd /proc/self/fd; for n in *; do if [ "$n" -gt 3 ]; then eval "exec $n>&-"; fi; done; cd /; exec 4<"$1"; shift; exec -c "$@"';

/** Joins the two outputs in order; what the launcher says stays on its own. */
export const JOIN_OUTPUTS = 'exec 2>&1; exec "$@"';

/** Read-only files without which names and certificates do not resolve; only where a network was asked for. */
const NETWORK_FILES = ["/etc/resolv.conf", "/etc/hosts", "/etc/nsswitch.conf"];
/** Where certificates lie: seen by commands with a network, besides /usr and the toolchains. */
export const CERTIFICATE_FOLDERS = ["/etc/ssl", "/etc/pki", "/etc/ca-certificates"];
/** The keys of the host's own servers, which its root may read. */
const PRIVATE_KEYS = ["/etc/ssl/private", "/etc/pki/tls/private"];

/** How one command runs inside: the reference arguments of bubblewrap (threats §4). */
export function launchInside(options: {
  readonly bubblewrap: string;
  readonly bash: string;
  readonly place: Place;
  readonly toolchains: Toolchains;
  readonly environment: Readonly<Record<string, string>>;
  readonly limits: Limits;
  readonly command: readonly string[];
  /** A folder to show read-only at `/program`. */
  readonly program?: string;
  /** Files to show where the host's network is to be seen; undefined for none. */
  readonly network: readonly string[] | undefined;
  readonly input: boolean;
}): Launch {
  const { place, toolchains, environment, limits } = options;
  const readOnly = (folder: string) => ["--ro-bind", folder, folder];
  const inside = [
    ...["--unshare-user", "--unshare-all", "--disable-userns", "--assert-userns-disabled"],
    ...(options.network === undefined ? [] : ["--share-net"]),
    ...["--die-with-parent", "--new-session", "--cap-drop", "ALL", "--clearenv"],
    ...Object.entries(environment).flatMap(([name, value]) => ["--setenv", name, value]),
    ...["--ro-bind", "/usr", "/usr", ...systemFolders()],
    ...["--ro-bind-try", "/etc/alternatives", "/etc/alternatives"],
    ...ownFiles(place, ["passwd", "group"]),
    ...(options.network === undefined
      ? ownFiles(place, ["hosts", "nsswitch.conf"])
      : networkFiles()),
    ...["--proc", "/proc", "--dev", "/dev"],
    ...["--size", `${limits.temporaryBytes}`, "--tmpfs", "/dev/shm"],
    ...["--size", `${limits.temporaryBytes}`, "--tmpfs", VIEW_INSIDE.temporary],
    ...[...toolchains.folders, ...(options.network ?? [])].flatMap(readOnly),
    ...(options.program === undefined ? [] : ["--ro-bind", options.program, PROGRAM_FOLDER]),
    ...["--bind", place.cache, VIEW_INSIDE.cache, "--bind", place.workspace, VIEW_INSIDE.workspace],
    // The root and /dev are memory of the host without a bound: nothing inside writes there. Nor into /proc: under root
    // the owner of /proc/sys is the same inside, and needs no capability to set the kernel's core_pattern.
    ...["--remount-ro", "/dev", "--remount-ro", "/proc", "--remount-ro", "/"],
    ...["--chdir", VIEW_INSIDE.workspace],
    ...["--info-fd", "3", "--seccomp", "4", "--", ...limiter(limits), ...options.command],
  ];
  return {
    program: options.bash,
    arguments: [
      "--norc",
      "--noprofile",
      "-c",
      LAUNCHER,
      "launcher",
      place.filter,
      options.bubblewrap,
      ...inside,
    ],
    environment: {},
    directory: "/",
    namespace: true,
    input: options.input,
  };
}

/** Files of /etc that say the same in every sandbox, whatever the host's own say. */
function ownFiles(place: Place, names: readonly string[]): readonly string[] {
  return names.flatMap((name) => ["--ro-bind", join(place.accounts, name), `/etc/${name}`]);
}

function networkFiles(): readonly string[] {
  const shown = [...NETWORK_FILES, ...CERTIFICATE_FOLDERS];
  const hidden = PRIVATE_KEYS.filter((folder) => existsSync(folder));
  return [
    ...shown.flatMap((file) => ["--ro-bind-try", file, file]),
    ...hidden.flatMap((folder) => [
      ...["--perms", "0000", "--size", "4096", "--tmpfs", folder, "--remount-ro", folder],
    ]),
  ];
}

export const PROGRAM_FOLDER = "/program";

/** Where a program of ours is seen inside, and the folder to show for it if none shows it yet. */
export function placeProgram(
  program: string,
  folders: readonly string[],
): { readonly path: string; readonly folder: string | undefined } {
  if (isBelow(program, [...folders, "/usr"])) return { path: program, folder: undefined };
  const slash = program.lastIndexOf("/");
  return {
    path: `${PROGRAM_FOLDER}${program.slice(slash)}`,
    folder: program.slice(0, slash) || "/",
  };
}

/**
 * Kernel limits where util-linux is there; the watch of the supervisor holds everywhere, and alone against root, whom
 * the kernel exempts from the limit on processes. No limit on address space: engines reserve far more than they use.
 * The lowest priority, because the namespace's first process has to get the processor among all others in order to die.
 */
function limiter(limits: Limits): readonly string[] {
  const [nice, prlimit] = ["/usr/bin/nice", "/usr/bin/prlimit"];
  const bounds = [`--nproc=${limits.processes}`, `--fsize=${limits.fileBytes}`, "--core=0"];
  return [
    ...(isExecutable(nice) ? [nice, "-n", "19"] : []),
    ...(isExecutable(prlimit) ? [prlimit, ...bounds, "--"] : []),
  ];
}

/** `/bin`, `/lib` and kin are links into /usr on most systems and folders on others. */
function systemFolders(): readonly string[] {
  return ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"].flatMap((folder) => {
    const state = lstatSync(folder, { throwIfNoEntry: false });
    if (state === undefined) return [];
    if (state.isSymbolicLink()) return ["--symlink", readlinkSync(folder), folder];
    return ["--ro-bind", folder, folder];
  });
}

/** The host's bash; the sandbox speaks no other shell. */
export function findBash(): string {
  const found = ["/usr/bin/bash", "/bin/bash", "/usr/local/bin/bash"].find((path) =>
    existsSync(path),
  );
  if (found === undefined) throw new Error("bash was not found; commands are bash command lines");
  return found;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
