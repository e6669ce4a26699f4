import { gitAsPerson } from "../../source/resolve-base.ts";
import { blobId } from "../record.ts";

/** Where init writes. */
const PLACES = [".github", "AGENTS.md", "quality.md"];

/**
 * Files that git stores with LF and shows in the work tree with CRLF, by `text` and `eol` of gitattributes or the person's
 * `core.autocrlf`: nobody changed their lines. A file whose stored bytes differ by more is left out.
 * Source: https://git-scm.com/docs/gitattributes#_text
 */
export async function shownWithCrlf(
  root: string,
  read: (path: string) => Uint8Array | undefined,
): Promise<ReadonlySet<string>> {
  const listed = await gitAsPerson(root, ["ls-files", "--eol", "-z", "--", ...PLACES]);
  const paths = listed.stdout
    .toString("utf8")
    .split("\0")
    .filter((line) => /\sw\/crlf\s/.test(line))
    .map((line) => line.slice(line.indexOf("\t") + 1))
    // Git reads one path per line.
    .filter((path) => !path.includes("\n"));
  if (paths.length === 0) return new Set();
  const input = `${paths.join("\n")}\n`;
  const hashed = await gitAsPerson(root, ["hash-object", "--stdin-paths"], input);
  const ids = hashed.stdout.toString("utf8").split("\n");
  return new Set(
    paths.filter((path, index) => {
      const bytes = read(path);
      return bytes !== undefined && blobId(withLf(bytes)) === ids[index];
    }),
  );
}

export function withLf(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(
    Buffer.from(Buffer.from(bytes).toString("latin1").replaceAll("\r\n", "\n"), "latin1"),
  );
}

export function withCrlf(text: string): string {
  return text.replaceAll(/\r?\n/g, "\r\n");
}
