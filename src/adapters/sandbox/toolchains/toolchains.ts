import { existsSync, readdirSync, realpathSync } from "node:fs";
import { delimiter, dirname, isAbsolute, join } from "node:path";
import { isProgram } from "./find-program.ts";

const SYSTEM_PATH = ["/usr/local/bin", "/usr/bin", "/bin"];

/** Host folders bound read-only at their own place: the config's toolchains and the Node that runs this worker. */
export interface Toolchains {
  readonly folders: readonly string[];
  /** Folders of the config that this machine does not have. */
  readonly missing: readonly string[];
  /** Absolute path of the Node program. */
  readonly node: string;
  /** PATH of a command. */
  readonly path: string;
}

/** Throws with the accepted form if a folder of the config would show more than a toolchain. */
export function findToolchains(options: {
  readonly read: readonly string[];
  readonly node: string;
  readonly path: string;
  readonly secret: readonly string[];
}): Toolchains {
  const node = realpathSync(options.node);
  for (const folder of options.read) refuseFolder(folder, options.secret);
  const present = options.read.filter((folder) => existsSync(folder));
  for (const folder of present) refuseFolder(realpathSync(folder), options.secret);
  const folders = [...present, ...nodeFolders(node)].filter((folder) => !isBelow(folder, ["/usr"]));
  const entries = options.path.split(delimiter).filter(isAbsolute);
  return {
    folders,
    missing: options.read.filter((folder) => !existsSync(folder)),
    node,
    path: [
      ...new Set([
        ...entries.filter((entry) => isBelow(entry, present)),
        ...present.flatMap(programFolders),
        dirname(node),
        ...entries.filter((entry) => isBelow(entry, [...folders, "/usr"])),
        ...SYSTEM_PATH,
      ]),
    ].join(delimiter),
  };
}

/** Programs of a config folder: in its `bin`, or in itself, if it is a `bin` folder. */
function programFolders(folder: string): readonly string[] {
  return [join(folder, "bin"), folder].filter(holdsPrograms);
}

function holdsPrograms(folder: string): boolean {
  try {
    return readdirSync(folder).some((name) => isProgram(join(folder, name)));
  } catch {
    return false;
  }
}

/** The folder of the program, and npm if it is installed beside it: never the folder above, which may be a home. */
function nodeFolders(node: string): readonly string[] {
  const npm = join(dirname(node), "../lib/node_modules/npm");
  return existsSync(npm) ? [dirname(node), npm] : [dirname(node)];
}

/** Bound whole they would show secrets, sockets or other people's files. */
const NEVER = ["/", "/etc", "/home", "/root", "/tmp", "/var", "/opt", "/mnt", "/srv", "/usr"];
const NEVER_BELOW = ["/proc", "/sys", "/dev", "/run", "/var/run"];

/** Throws if a folder would show more than a toolchain; `secret` are places that it must not contain. */
export function refuseFolder(folder: string, secret: readonly string[]): void {
  const plain = folder.replace(/\/+$/, "") || "/";
  const fault =
    !isAbsolute(folder) || plain.split("/").includes("..")
      ? "is not an absolute path"
      : NEVER.includes(plain) || isBelow(plain, NEVER_BELOW)
        ? "holds more than a toolchain"
        : secret.some(
              (path) =>
                isBelow(path, [plain]) ||
                isBelow(plain, [join(path, ".git"), join(path, "_runner_file_commands")]),
            )
          ? "holds the worker's own files"
          : undefined;
  if (fault !== undefined) throw new Error(`sandbox.read: ${JSON.stringify(folder)} ${fault}`);
}

export function isBelow(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => path === folder || path.startsWith(`${folder}/`));
}
