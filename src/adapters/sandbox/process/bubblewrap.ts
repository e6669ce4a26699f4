import { CREDENTIALS_FOLDER } from "../credentials/with-credentials.ts";
import { SERVICES_FOLDER } from "../services/start-services.ts";
import { VIEW_INSIDE } from "../toolchains/environment.ts";
import { isBelow, type Toolchains } from "../toolchains/toolchains.ts";
import type { ControlGroup } from "./control-group.ts";
import { isExecutable } from "./find-programs.ts";
import { hiddenKernelFiles } from "./kernel-files.ts";
import type { Launch, Limits } from "./supervise.ts";
import {
  gateFiles,
  INSIDE,
  networkFiles,
  ownFiles,
  type Place,
  systemFolders,
} from "./system-places.ts";

/**
 * Closes every descriptor above the namespace account and empties the environment. Node marks only the lowest
 * descriptors close-on-exec and bubblewrap closes none (threats RT-02); bash, because dash cannot address those above 9.
 * Then opens the system call filter, which bubblewrap reads and closes; without it, bubblewrap refuses to start. Enters
 * the control groups last, so that no part of bubblewrap is ever outside, and does not start it if that fails.
 */
const LAUNCHER =
  'cd /proc/self/fd; for n in *; do if [ "$n" -gt 3 ]; then eval "exec $n>&-"; fi; done; cd /; exec 4<"$1"; n=$2; shift 2; for ((; n > 0; n--)); do echo $$ > "$1/cgroup.procs" || { echo "launcher: outside of the control group" >&2; exit 1; }; shift; done; exec -c "$@"';

/** Joins the two outputs in order; the launcher's own output stays separate. */
export const JOIN_OUTPUTS = 'exec 2>&1; exec "$@"';

/** Needs of a command inside. */
interface Inside {
  readonly bubblewrap: string;
  readonly bash: string;
  readonly place: Place;
  readonly toolchains: Toolchains;
  readonly environment: Readonly<Record<string, string>>;
  readonly limits: Limits;
  readonly groups: readonly ControlGroup[];
  readonly command: readonly string[];
  /** A folder to show read-only at `/program`. */
  readonly program?: string;
  /** Files to show if the host's network is visible; undefined for none. */
  readonly network: readonly string[] | undefined;
  /** The folder of an open gate; undefined for none. */
  readonly gate: string | undefined;
  /** Whether services run beside it, which need a place for their data. */
  readonly services: boolean;
  /** The folder of the credentials; undefined for none. */
  readonly credentials: string | undefined;
  readonly input: boolean;
}

/** How one command runs inside: the reference arguments of bubblewrap (threats §4). */
export function launchInside(options: Inside): Launch {
  return {
    program: options.bash,
    arguments: [
      "--norc",
      "--noprofile",
      "-c",
      LAUNCHER,
      "launcher",
      options.place.filter,
      `${options.groups.length}`,
      ...options.groups.map(({ folder }) => folder),
      options.bubblewrap,
      ...insideOf(options),
    ],
    environment: {},
    directory: "/",
    namespace: true,
    groups: options.groups,
    input: options.input,
  };
}

/** Arguments of bubblewrap: shared and visible parts, and the command under its limits. */
function insideOf(options: Inside): readonly string[] {
  const { place, toolchains, environment, limits } = options;
  const readOnly = (folder: string) => ["--ro-bind", folder, folder];
  return [
    ...["--unshare-user", "--unshare-all", "--disable-userns", "--assert-userns-disabled"],
    ...["--uid", `${INSIDE.user}`, "--gid", `${INSIDE.group}`],
    ...(options.network === undefined ? [] : ["--share-net"]),
    ...["--die-with-parent", "--new-session", "--cap-drop", "ALL", "--clearenv"],
    ...Object.entries(environment).flatMap(([name, value]) => ["--setenv", name, value]),
    ...["--ro-bind", "/usr", "/usr", ...systemFolders()],
    ...["--ro-bind-try", "/etc/alternatives", "/etc/alternatives"],
    ...ownFiles(place, ["passwd", "group"]),
    ...(options.network === undefined
      ? ownFiles(place, ["hosts", "nsswitch.conf"])
      : networkFiles()),
    ...(options.gate === undefined ? [] : gateFiles(options.gate)),
    ...["--proc", "/proc", ...hiddenKernelFiles(), "--dev", "/dev"],
    ...["--size", `${limits.temporaryBytes}`, "--tmpfs", "/dev/shm"],
    ...["--size", `${limits.temporaryBytes}`, "--tmpfs", VIEW_INSIDE.temporary],
    ...(options.services ? ["--size", `${limits.temporaryBytes}`, "--tmpfs", SERVICES_FOLDER] : []),
    ...[...toolchains.folders, ...(options.network ?? [])].flatMap(readOnly),
    ...(options.credentials === undefined
      ? []
      : ["--ro-bind", options.credentials, CREDENTIALS_FOLDER]),
    ...(options.program === undefined ? [] : ["--ro-bind", options.program, PROGRAM_FOLDER]),
    ...["--bind", place.cache, VIEW_INSIDE.cache, "--bind", place.workspace, VIEW_INSIDE.workspace],
    // The root and /dev are unlimited memory of the host, so nothing inside writes there. Nor into /proc: under root
    // the owner of /proc/sys is the same inside, and needs no capability to set the kernel's core_pattern.
    ...["--remount-ro", "/dev", "--remount-ro", "/proc", "--remount-ro", "/"],
    ...["--chdir", VIEW_INSIDE.workspace],
    ...["--info-fd", "3", "--seccomp", "4", "--", ...limiter(limits), ...options.command],
  ];
}

export const PROGRAM_FOLDER = "/program";

/** Where a program of ours is visible inside, and the folder to show for it if necessary. */
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

/** Sets limits of the kernel for the program that it starts. */
export const LIMITER = "/usr/bin/prlimit";

/**
 * Limits of the kernel, if util-linux is installed. The process limit counts those of the sandbox's own user namespace,
 * and exempts root, for which there is a control group. No limit on address space, because engines reserve far more than
 * they use. At the worker's priority: a lower one starves beside other work, and a check then exceeds its time.
 */
function limiter(limits: Limits): readonly string[] {
  const bounds = [`--nproc=${limits.processes}`, `--fsize=${limits.fileBytes}`, "--core=0"];
  return isExecutable(LIMITER) ? [LIMITER, ...bounds, "--"] : [];
}
