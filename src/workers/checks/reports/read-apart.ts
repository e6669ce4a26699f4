import { z } from "zod";
import { TestReportFormat } from "../../../domain/config/test-report.ts";
import { TestResult } from "../../../domain/evidence.ts";
import type { ReadApart } from "../../../ports/sandbox.ts";
import { type ReportSource, readTests, type TestsReading } from "./read-tests.ts";

/** Larger reports, in bytes, are read in a process of their own. For smaller ones, starting it costs more. */
const BYTES_HERE = 1_000_000;

/** Reports of one run; the bytes of the sources follow one another. */
const Task = z.strictObject({
  format: TestReportFormat,
  roots: z.array(z.string()),
  sources: z.array(
    z.strictObject({
      path: z.string().optional(),
      bytes: z.int().nonnegative(),
      /** Output is text already; a file states its own encoding. */
      isText: z.boolean(),
    }),
  ),
});

const Answer = z.union([
  z.strictObject({ tests: z.array(TestResult) }),
  z.strictObject({ problem: z.string() }),
]);

interface Reports {
  readonly format: TestReportFormat;
  readonly sources: readonly ReportSource[];
  readonly roots: readonly string[];
}

/**
 * Reads large reports. If they exhaust the memory or time of the process that reads them, the result is a problem in
 * words (threats RT-10).
 */
export async function readTestsApart(
  { format, sources, roots }: Reports,
  readApart: ReadApart | undefined,
): Promise<TestsReading> {
  const contents = sources.map(({ content }) =>
    typeof content === "string" ? new TextEncoder().encode(content) : content,
  );
  const bytes = contents.reduce((sum, { length }) => sum + length, 0);
  if (readApart === undefined || bytes <= BYTES_HERE) return readTests(format, sources, roots);
  const task: z.infer<typeof Task> = {
    format,
    roots: [...roots],
    sources: sources.map(({ path, content }, index) => ({
      ...(path === undefined ? {} : { path }),
      bytes: contents[index]?.length ?? 0,
      isText: typeof content === "string",
    })),
  };
  const end = await readApart(
    joined([new TextEncoder().encode(JSON.stringify(task)), ...contents]),
  );
  if ("died" in end) return { problem: `more than a reader can take (${end.died})` };
  try {
    return Answer.parse(JSON.parse(new TextDecoder().decode(end.answer)));
  } catch {
    return { problem: "unreadable: its reader gave no answer" };
  }
}

/** In the other process: the answer to a task. */
export function answerReports(task: Uint8Array): Uint8Array {
  const view = new DataView(task.buffer, task.byteOffset);
  const begin = LENGTH + view.getUint32(0);
  const head = new TextDecoder().decode(task.subarray(LENGTH, begin));
  const { format, roots, sources } = Task.parse(JSON.parse(head));
  let at = begin;
  const given = sources.map(({ path, bytes, isText }): ReportSource => {
    const part = task.subarray(at, at + bytes);
    at += bytes;
    const content = isText ? new TextDecoder("utf-8", { ignoreBOM: true }).decode(part) : part;
    return { ...(path === undefined ? {} : { path }), content };
  });
  return new TextEncoder().encode(JSON.stringify(readTests(format, given, roots)));
}

/** Bytes that hold the length of the first part. */
const LENGTH = 4;

function joined(parts: readonly [Uint8Array, ...Uint8Array[]]): Uint8Array {
  const all = new Uint8Array(LENGTH + parts.reduce((sum, { length }) => sum + length, 0));
  new DataView(all.buffer).setUint32(0, parts[0].length);
  let at = LENGTH;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
