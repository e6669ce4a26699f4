import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { open } from "node:fs/promises";
import { Transform, type TransformCallback } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createZstdCompress, createZstdDecompress } from "node:zlib";
import { LABEL_BYTES } from "../../../domain/dependencies/kept-packages.ts";
import type { Digest } from "../../../domain/digest.ts";

/**
 * One file: a label of a fixed size, then folders below a root as compressed tar. The label is written last, because it
 * has the digest of the rest, and read first, so that nothing unsigned is decompressed.
 */
export async function pack(
  { root, names }: { readonly root: string; readonly names: readonly string[] },
  file: string,
): Promise<{ readonly digest: Digest; readonly bytes: number }> {
  const hash = createHash("sha256");
  let bytes = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  const tar = startTar(["-C", root, "-cf", "-", "--", ...names]);
  tar.child.stdin.end();
  const out = createWriteStream(file, { start: LABEL_BYTES });
  await Promise.all([pipeline(tar.child.stdout, createZstdCompress(), count, out), tar.ended]);
  return { digest: hash.digest("hex"), bytes };
}

export async function writeLabel(file: string, label: string): Promise<void> {
  const whole = Buffer.alloc(LABEL_BYTES, " ");
  if (whole.write(label) !== Buffer.byteLength(label)) throw new Error("the label is too long");
  const handle = await open(file, "r+");
  try {
    await handle.write(whole, 0, LABEL_BYTES, 0);
  } finally {
    await handle.close();
  }
}

/** The label, and the digest of all bytes after it. Nothing is interpreted. */
export async function readArchive(
  file: string,
): Promise<{ readonly label: string; readonly digest: Digest }> {
  const handle = await open(file, "r");
  try {
    const whole = Buffer.alloc(LABEL_BYTES);
    const { bytesRead } = await handle.read(whole, 0, LABEL_BYTES, 0);
    const hash = createHash("sha256");
    const behind = createReadStream(file, { start: LABEL_BYTES });
    await pipeline(behind, hash);
    return { label: whole.toString("utf8", 0, bytesRead), digest: hash.digest("hex") };
  } finally {
    await handle.close();
  }
}

/** Only for bytes with a valid label: they are this project's own. */
export async function unpack(file: string, root: string): Promise<void> {
  const tar = startTar(["-C", root, "-xpf", "-", "--no-same-owner"]);
  const behind = createReadStream(file, { start: LABEL_BYTES });
  tar.child.stdout.resume();
  const written = pipeline(behind, createZstdDecompress(), tar.child.stdin).catch(unlessClosed);
  await Promise.all([written, tar.ended]);
}

/** tar ends at the mark that ends an archive, possibly before its input does. Its exit tells whether it read everything. */
function unlessClosed(error: NodeJS.ErrnoException): void {
  if (error.code !== "ERR_STREAM_PREMATURE_CLOSE" && error.code !== "EPIPE") throw error;
}

function startTar(arguments_: readonly string[]) {
  const child = spawn("tar", [...arguments_], { cwd: "/", env: { PATH: "/usr/bin:/bin" } });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said = `${said}${chunk}`.slice(-500);
  });
  const ended = new Promise<void>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`tar ended with ${code}: ${said.trim()}`));
    });
  });
  return { child, ended };
}
