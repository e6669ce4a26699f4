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
  /** The file of the system call filter; none where there is no sandbox. */
  readonly filter: string;
}

/**
 * Who commands are inside: the worker's own numbers, and anybody else's where it is root, whom programs refuse to be run by
 * (PostgreSQL) or treat otherwise (npm, tar). Outside it stays the same user.
 */
export const INSIDE = { user: process.getuid?.() || 1_000, group: process.getgid?.() || 1_000 };

/** Read-only files without which names and certificates do not resolve; only where a network was asked for. */
const NETWORK_FILES = ["/etc/resolv.conf", "/etc/hosts", "/etc/nsswitch.conf"];

/** Where certificates lie: seen by commands with a network, besides /usr and the toolchains. */
export const CERTIFICATE_FOLDERS = ["/etc/ssl", "/etc/pki", "/etc/ca-certificates"];

/** The keys of the host's own servers, which its root may read. */
const PRIVATE_KEYS = ["/etc/ssl/private", "/etc/pki/tls/private"];

/** Files of /etc that say the same in every sandbox, whatever the host's own say. */
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

/** `/bin`, `/lib` and kin are links into /usr on most systems and folders on others. */
export function systemFolders(): readonly string[] {
  return ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"].flatMap((folder) => {
    const state = lstatSync(folder, { throwIfNoEntry: false });
    if (state === undefined) return [];
    if (state.isSymbolicLink()) return ["--symlink", readlinkSync(folder), folder];
    return ["--ro-bind", folder, folder];
  });
}
