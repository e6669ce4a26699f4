import { readFile } from "node:fs/promises";
import { UsageError } from "./usage-error.ts";

/** What a person reads in place of the code that the system gave (errno(3)). */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  ENOTDIR: "a part of the path is a file, not a folder",
  EISDIR: "it is a folder, expected a file",
  EACCES: "this user has no right to",
  EPERM: "this user has no right to",
  EROFS: "the disk can only be read",
  EEXIST: "a part of the path is a file, not a folder",
  ENOSPC: "the disk is full",
  ELOOP: "its links lead in a circle",
  ENAMETOOLONG: "the path is too long",
};

/** Why the system refused a path, in words. */
export function systemReason(error: NodeJS.ErrnoException): string {
  return REASONS[error.code ?? ""] ?? error.message;
}

/** The bytes of a file that an option names. Throws UsageError with the option, the path and the reason in words. */
export async function readNamedFile(option: string, path: string): Promise<Buffer> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${option}: ${path} cannot be read: ${systemReason(error)}`);
  });
}
