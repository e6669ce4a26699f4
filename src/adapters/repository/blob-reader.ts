import type { ChildProcessWithoutNullStreams } from "node:child_process";
import type { Socket } from "node:net";
import type { ObjectId } from "../../domain/digest.ts";
import { type GitHome, startGit } from "./git.ts";

/** GitHub refuses larger files; a larger object is an attack on memory (bytes). */
export const MAXIMUM_BLOB_BYTES = 100_000_000;

/** One long-lived `git cat-file --batch`: a process per question would cost 4 ms each. */
export interface BlobReader {
  /** The content of blobs in order, one at a time; each must be taken before the next is read. */
  read(ids: readonly string[]): AsyncGenerator<Buffer, void>;
  /** The id of the tree that a name leads to: a whole id, and what it has to be. Rejects where there is none. */
  treeOf(name: string): Promise<ObjectId>;
  close(): void;
}

interface Batch {
  readonly process: ChildProcessWithoutNullStreams;
  readonly bytes: ByteSource;
}

export function createBlobReader(home: GitHome): BlobReader {
  let batch: Batch | undefined;
  let turn: Promise<void> = Promise.resolve();
  const open = (): Batch => {
    if (batch === undefined || batch.process.exitCode !== null || batch.process.killed) {
      batch = startBatch(home);
    }
    return batch;
  };
  // Answers come in the order of the questions, so one list of them holds the process until it is answered.
  async function* ask<Answer>(
    names: readonly string[],
    take: (bytes: ByteSource, name: string) => Promise<Answer>,
  ): AsyncGenerator<Answer, void> {
    const before = turn;
    let release = () => {};
    turn = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    const current = open();
    let answered = 0;
    hold(current.process, true);
    try {
      current.process.stdin.write(names.map((name) => `${name}\n`).join(""));
      for (const name of names) {
        const answer = await take(current.bytes, name);
        answered += 1;
        yield answer;
      }
    } finally {
      hold(current.process, false);
      // Answers nobody took would be read as those of the next question.
      if (answered < names.length) current.process.kill("SIGKILL");
      release();
    }
  }
  return {
    read: (ids) => ask(ids, readBlob),
    treeOf: async (name) => {
      for await (const id of ask([name], readTreeId)) return id;
      throw new Error(`git did not answer ${name}`);
    },
    close: () => batch?.process.kill("SIGKILL"),
  };
}

function startBatch(home: GitHome): Batch {
  const process = startGit(home, ["cat-file", "--batch"]);
  process.unref();
  // Its death shows as the end of its output, where the reader is told.
  process.on("error", () => {});
  process.stderr.resume();
  hold(process, false);
  return { process, bytes: createByteSource(process.stdout) };
}

/** While nobody waits for an answer the process must not keep the worker alive. */
function hold(process: ChildProcessWithoutNullStreams, waiting: boolean): void {
  for (const stream of [process.stdin, process.stdout, process.stderr]) {
    const socket = stream as Socket;
    if (waiting) socket.ref();
    else socket.unref();
  }
}

async function readBlob(bytes: ByteSource, id: string): Promise<Buffer> {
  return (await readObject(bytes, { name: id, kind: "blob" })).content;
}

async function readTreeId(bytes: ByteSource, name: string): Promise<ObjectId> {
  return (await readObject(bytes, { name, kind: "tree" })).id;
}

async function readObject(
  bytes: ByteSource,
  { name, kind }: { readonly name: string; readonly kind: "blob" | "tree" },
): Promise<{ readonly id: ObjectId; readonly content: Buffer }> {
  const header = await bytes.line();
  const [, id = "", found, digits] = /^([0-9a-f]{40,64}) (\w+) (\d+)$/.exec(header) ?? [];
  if (found !== kind) {
    throw new Error(`git has no ${kind} ${name}: it answered ${header.slice(0, 200)}`);
  }
  const size = Number(digits);
  if (size > MAXIMUM_BLOB_BYTES) {
    throw new Error(`${kind} ${name} has ${size} bytes, at most ${MAXIMUM_BLOB_BYTES} are read`);
  }
  const content = await bytes.exactly(size);
  await bytes.exactly(1);
  return { id, content };
}

interface ByteSource {
  line(): Promise<string>;
  exactly(count: number): Promise<Buffer>;
}

function createByteSource(stream: NodeJS.ReadableStream): ByteSource {
  const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let rest: Buffer = Buffer.alloc(0);
  const more = async (): Promise<Buffer> => {
    const next = await chunks.next();
    if (next.done) throw new Error("git cat-file ended before it had answered");
    return next.value;
  };
  return {
    line: async () => {
      let end = rest.indexOf(10);
      while (end < 0) {
        rest = Buffer.concat([rest, await more()]);
        end = rest.indexOf(10);
      }
      const line = rest.subarray(0, end).toString("utf8");
      rest = rest.subarray(end + 1);
      return line;
    },
    exactly: async (count) => {
      const parts = [rest];
      let length = rest.length;
      while (length < count) {
        const chunk = await more();
        parts.push(chunk);
        length += chunk.length;
      }
      const whole = parts.length === 1 ? rest : Buffer.concat(parts);
      rest = whole.subarray(count);
      return whole.subarray(0, count);
    },
  };
}
