import type { ObjectId } from "../../domain/digest.ts";
import { CODEOWNERS, type OwnersOf, readOwners } from "../../domain/github/code-owners.ts";
import type { Repository, TreeEntry } from "../../ports/repository.ts";
import type { Syntax } from "../../ports/syntax.ts";
import { isTestFile } from "../checks/test-files.ts";
import { isSourceFile } from "./areas.ts";
import { ADVISORY_REPORTS, type AdvisoryReport, readAdvisories } from "./reading/advisories.ts";
import { type Repeated, repeatedLines } from "./reading/duplicates.ts";
import { MUTATION_REPORTS, type MutationReport, readMutants } from "./reading/mutants.ts";
import { LOCKFILE, type Locked, readLocked } from "./reading/packages.ts";
import { hasGrammar, readSyntax, type SyntaxFacts } from "./reading/syntax-facts.ts";
import { countWrittenTests } from "./static-tests.ts";

/** Facts from the files of a commit alone. */
export interface Survey {
  /** Every path of the commit. */
  readonly paths: readonly string[];
  /** Lines of each source file. */
  readonly lines: ReadonlyMap<string, number>;
  /** Tests written in each test file, if any. */
  readonly writtenTests: ReadonlyMap<string, number>;
  /** Lines of source files that also occur elsewhere. */
  readonly repeated: ReadonlyMap<string, Repeated>;
  /** Facts from the syntax trees of source files, as far as they were read. */
  readonly syntax: ReadonlyMap<string, SyntaxFacts>;
  /** Every how many-th file of a known language was read: 1 means all. */
  readonly syntaxStep: number;
  readonly ownersOf: OwnersOf;
  readonly mutants: MutationReport | undefined;
  /** `unreadable`: there is a file, but no such report. Undefined if there is none. */
  readonly advisories: AdvisoryReport | "unreadable" | undefined;
  /** Undefined if no lockfile says it. */
  readonly locked: Locked | undefined;
}

/** Larger files are data, whatever their name; in bytes. */
const MAXIMUM_BYTES = 1_000_000;
/** The largest lockfile or report, in bytes. */
const MAXIMUM_PAPER_BYTES = 50_000_000;
/** Concurrent reads: enough to keep git busy, few enough for memory. */
const AT_ONCE = 32;
/** Text to parse, in UTF-16 units: about ten seconds. Beyond that only every second file is read, or every third. */
const SYNTAX_UNITS = 8_000_000;

/** Where the files of a commit are read. */
interface Place {
  readonly repository: Pick<Repository, "list" | "read">;
  readonly commit: ObjectId;
}

/** Reads the source and test files of a commit from git objects. */
export async function survey(
  repository: Place["repository"],
  commit: ObjectId,
  syntax: Syntax,
): Promise<Survey> {
  const place = { repository, commit };
  const entries = (await repository.list(commit)).filter(({ type }) => type === "blob");
  const { sources, writtenTests } = await readFiles(entries, place);
  const papers = async (paths: readonly string[]) => {
    const found = paths.flatMap((path) => entries.find((entry) => entry.path === path) ?? [])[0];
    if (found === undefined || (found.size ?? 0) > MAXIMUM_PAPER_BYTES) return undefined;
    const text = await readText(found.path, place);
    return text === undefined ? undefined : { path: found.path, text };
  };
  const owners = await papers(CODEOWNERS);
  const mutants = await papers(MUTATION_REPORTS);
  const advisories = await papers(ADVISORY_REPORTS);
  const lockfile = await papers([LOCKFILE]);
  return {
    paths: entries.map(({ path }) => path),
    lines: new Map([...sources].map(([path, text]) => [path, countLines(text)])),
    writtenTests,
    repeated: repeatedLines(sources),
    ...(await readTrees(sources, syntax)),
    ownersOf: readOwners(owners?.text ?? ""),
    mutants: mutants && readMutants(mutants.path, mutants.text),
    advisories: advisories && (readAdvisories(advisories.path, advisories.text) ?? "unreadable"),
    locked: lockfile && readLocked(lockfile.text),
  };
}

/** The sources sorted by path, whatever the order in which they were read. */
async function readFiles(entries: readonly TreeEntry[], place: Place) {
  const wanted = entries.filter(
    ({ path, mode, size }) =>
      mode.startsWith("100") &&
      (size ?? 0) <= MAXIMUM_BYTES &&
      (isSourceFile(path) || isTestFile(path)),
  );
  const sources = new Map<string, string>();
  const writtenTests = new Map<string, number>();
  for (let begin = 0; begin < wanted.length; begin += AT_ONCE) {
    await Promise.all(
      wanted.slice(begin, begin + AT_ONCE).map(async ({ path }) => {
        const text = await readText(path, place);
        if (text === undefined) return;
        if (isSourceFile(path)) sources.set(path, text);
        else writtenTests.set(path, countWrittenTests(path, text));
      }),
    );
  }
  const inOrder = [...sources].sort(([left], [right]) => (left < right ? -1 : 1));
  return { sources: new Map(inOrder), writtenTests };
}

async function readText(path: string, { repository, commit }: Place): Promise<string | undefined> {
  const bytes = await repository.read(commit, path);
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
}

/** The same files on every machine: the choice depends only on their lengths and the order of their paths. */
async function readTrees(
  sources: ReadonlyMap<string, string>,
  syntax: Syntax,
): Promise<Pick<Survey, "syntax" | "syntaxStep">> {
  const readable = [...sources].filter(([path]) => hasGrammar(path));
  const units = readable.reduce((sum, [, text]) => sum + text.length, 0);
  const step = Math.max(1, Math.ceil(units / SYNTAX_UNITS));
  const facts = new Map<string, SyntaxFacts>();
  for (const [index, [path, text]] of readable.entries()) {
    if (index % step !== 0) continue;
    const read = await readSyntax(syntax, { path, text });
    if (read !== undefined) facts.set(path, read);
  }
  return { syntax: facts, syntaxStep: step };
}

function countLines(text: string): number {
  const ends = text.split("\n").length - 1;
  return text !== "" && !text.endsWith("\n") ? ends + 1 : ends;
}
