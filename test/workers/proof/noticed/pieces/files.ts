import type { ChangedFile } from "../../../../../src/domain/change-set.ts";
import type { FileVersions } from "../../../../../src/workers/proof/noticed/hunks.ts";

const version = (text: string) => ({
  bytes: new TextEncoder().encode(text),
  mode: "100644" as const,
});

export function fileOf(path: string, before: string | undefined, after: string): FileVersions {
  return {
    path,
    ...(before === undefined ? {} : { before: version(before) }),
    after: version(after),
  };
}

export function contentOf(file: ChangedFile): string {
  if ("deleted" in file) throw new Error("expected a file");
  return Buffer.from(file.content, file.encoding).toString();
}
