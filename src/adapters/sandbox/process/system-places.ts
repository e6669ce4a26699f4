import { existsSync, lstatSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { GATE_FOLDER } from "../gate/relay.ts";

/** The host folders of one workspace. */
export interface Place {
  readonly workspace: string;
  readonly cache: string;
  readonly temporary: string;
  /** Stubs of `passwd`, `group`, `hosts` and `nsswitch.conf`. */
  readonly accounts: string;
  /** The file of the system call filter; none without a sandbox. */
  readonly filter: string;
}

/**
 * User of commands inside: the worker's own numbers, or another user if the worker is root, as which programs refuse to
 * run (PostgreSQL) or behave differently (npm, tar). Outside it stays the same user.
 */
export const INSIDE = { user: process.getuid?.() || 1_000, group: process.getgid?.() || 1_000 };

/** Read-only files for resolving names and checking certificates; only with a network. */
const NETWORK_FILES = ["/etc/resolv.conf", "/etc/hosts", "/etc/nsswitch.conf"];

/** Certificate folders, visible to commands with a network besides /usr and the toolchains. */
export const CERTIFICATE_FOLDERS = ["/etc/ssl", "/etc/pki", "/etc/ca-certificates"];

/** Keys of the host's own servers, which its root may read. */
const PRIVATE_KEYS = ["/etc/ssl/private", "/etc/pki/tls/private"];

/** Files of /etc with the same content in every sandbox, whatever the host's. */
export function ownFiles(place: Place, names: readonly string[]): readonly string[] {
  return names.flatMap((name) => ["--ro-bind", join(place.accounts, name), `/etc/${name}`]);
}

export function networkFiles(): readonly string[] {
  return shownFiles([...NETWORK_FILES, ...CERTIFICATE_FOLDERS]);
}

/** The socket of a gate and the certificates; names are resolved outside. */
export function gateFiles(folder: string): readonly string[] {
  return ["--ro-bind", folder, GATE_FOLDER, ...shownFiles(CERTIFICATE_FOLDERS)];
}

function shownFiles(shown: readonly string[]): readonly string[] {
  const hidden = PRIVATE_KEYS.filter((folder) => existsSync(folder));
  return [
    ...shown.flatMap((file) => ["--ro-bind-try", file, file]),
    ...hidden.flatMap((folder) => [
      ...["--perms", "0000", "--size", "4096", "--tmpfs", folder, "--remount-ro", folder],
    ]),
  ];
}

/** `/bin`, `/lib` and similar are links into /usr on most systems and folders on others. */
export function systemFolders(): readonly string[] {
  return ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"].flatMap((folder) => {
    const state = lstatSync(folder, { throwIfNoEntry: false });
    if (state === undefined) return [];
    if (state.isSymbolicLink()) return ["--symlink", readlinkSync(folder), folder];
    return ["--ro-bind", folder, folder];
  });
}
