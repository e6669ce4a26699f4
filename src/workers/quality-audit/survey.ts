import type { ObjectId } from "../../domain/digest.ts";
import type { Repository } from "../../ports/repository.ts";
import { isTestFile } from "../checks/test-files.ts";
import { isSourceFile } from "./areas.ts";
import { countWrittenTests } from "./static-tests.ts";

/** What the files of a commit say by themselves. */
export interface Survey {
  /** Every path of the commit. */
  readonly paths: readonly string[];
  /** Lines of each source file. */
  readonly lines: ReadonlyMap<string, number>;
  /** Tests written in each test file, where there are any. */
  readonly writtenTests: ReadonlyMap<string, number>;
}

/** Larger files are data, whatever they are called; in bytes. */
const MAXIMUM_BYTES = 1_000_000;
/** Reads at a time: enough to keep git busy, few enough to hold in memory. */
const AT_ONCE = 32;

/** Reads the source and test files of a commit from git objects. */
export async function survey(repository: Repository, commit: ObjectId): Promise<Survey> {
  const entries = (await repository.list(commit)).filter(({ type }) => type === "blob");
  const wanted = entries.filter(
    ({ path, mode, size }) =>
      mode.startsWith("100") &&
      (size ?? 0) <= MAXIMUM_BYTES &&
      (isSourceFile(path) || isTestFile(path)),
  );
  const lines = new Map<string, number>();
  const writtenTests = new Map<string, number>();
  for (let begin = 0; begin < wanted.length; begin += AT_ONCE) {
    await Promise.all(
      wanted.slice(begin, begin + AT_ONCE).map(async ({ path }) => {
        const bytes = await repository.read(commit, path);
        if (bytes === undefined) return;
        if (isSourceFile(path)) lines.set(path, countLines(bytes));
        else writtenTests.set(path, countWrittenTests(path, new TextDecoder().decode(bytes)));
      }),
    );
  }
  return { paths: entries.map(({ path }) => path), lines, writtenTests };
}

function countLines(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) if (byte === 0x0a) count += 1;
  return bytes.length > 0 && bytes.at(-1) !== 0x0a ? count + 1 : count;
}
