import { existsSync, realpathSync } from "node:fs";
import { delimiter, dirname, isAbsolute, join } from "node:path";

const SYSTEM_PATH = ["/usr/local/bin", "/usr/bin", "/bin"];

/** Where a command sees its folders: inside the sandbox, or on the host where there is none. */
export interface View {
  readonly workspace: string;
  /** Kept between the commands of one workspace and never collected: package caches, what `setup` fetched. */
  readonly cache: string;
  readonly temporary: string;
}

export const VIEW_INSIDE: View = { workspace: "/ws", cache: "/cache", temporary: "/tmp" };

/**
 * Everything a command finds in its environment; nothing of the worker's own gets there (threats RT-05). HOME is the
 * workspace, so each tool that keeps a store is sent to the cache folder by the variable it documents: a store in the
 * workspace would be taken for a change.
 */
export function environmentOf(options: {
  readonly path: string;
  readonly view: View;
  readonly additional?: Readonly<Record<string, string>>;
}): Readonly<Record<string, string>> {
  const { path, view, additional = {} } = options;
  for (const [name, value] of Object.entries(additional)) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || value.includes("\0")) {
      throw new Error(`${JSON.stringify(name)} is no environment variable that a command can get`);
    }
  }
  return {
    PATH: path,
    HOME: view.workspace,
    LANG: "C.UTF-8",
    TMPDIR: view.temporary,
    XDG_CACHE_HOME: `${view.cache}/xdg/cache`,
    XDG_CONFIG_HOME: `${view.cache}/xdg/config`,
    XDG_DATA_HOME: `${view.cache}/xdg/data`,
    XDG_STATE_HOME: `${view.cache}/xdg/state`,
    npm_config_cache: `${view.cache}/npm`,
    CARGO_HOME: `${view.cache}/cargo`,
    GOPATH: `${view.cache}/go`,
    GRADLE_USER_HOME: `${view.cache}/gradle`,
    ...additional,
  };
}

/** Host folders bound read-only at their own place: the config's toolchains and the Node that runs this worker. */
export interface Toolchains {
  readonly folders: readonly string[];
  /** Folders of the config that this machine has not. */
  readonly missing: readonly string[];
  /** Absolute path of the Node program. */
  readonly node: string;
  /** PATH of a command. */
  readonly path: string;
}

/** Throws with what is accepted when a folder of the config would show more than a toolchain. */
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
        dirname(node),
        ...entries.filter((entry) => isBelow(entry, [...folders, "/usr"])),
        ...SYSTEM_PATH,
      ]),
    ].join(delimiter),
  };
}

/** The folder of the program, and npm where it is installed beside it: never the folder above, which may be a home. */
function nodeFolders(node: string): readonly string[] {
  const npm = join(dirname(node), "../lib/node_modules/npm");
  return existsSync(npm) ? [dirname(node), npm] : [dirname(node)];
}

/** Bound whole they would show secrets, sockets or other people's files. */
const NEVER = ["/", "/etc", "/home", "/root", "/tmp", "/var", "/opt", "/mnt", "/srv", "/usr"];
const NEVER_BELOW = ["/proc", "/sys", "/dev", "/run", "/var/run"];

function refuseFolder(folder: string, secret: readonly string[]): void {
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
