import type { ChangedFile } from "../../domain/change-set.ts";

/** A file of a change from git's bytes: as text if it is UTF-8, so that people can read the change. */
export function writtenFile(path: string, mode: string, bytes: Uint8Array): ChangedFile {
  const head = { path, mode: mode === "100755" ? "100755" : "100644" } as const;
  const buffer = Buffer.from(bytes);
  const text = buffer.toString("utf8");
  return Buffer.from(text).equals(buffer)
    ? { ...head, encoding: "utf-8", content: text }
    : { ...head, encoding: "base64", content: buffer.toString("base64") };
}
