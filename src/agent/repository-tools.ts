import { z } from "zod";
import type { ObjectId } from "../domain/digest.ts";
import { matchesAny } from "../domain/path.ts";
import { showBytes } from "../domain/text/show-bytes.ts";
import type { ModelTool } from "../ports/model.ts";
import type { Repository, TreeEntry } from "../ports/repository.ts";
import { makeNameVisible, makeVisible } from "./prompt/envelope.ts";

/** Characters of one answer; about 4,000 tokens. */
const ANSWER_LIMIT = 16_000;
const LISTED = 400;
const HITS = 100;
const LINE_LIMIT = 400;
/** Files above this are no source text for a search, in bytes. */
const SEARCHED_BYTES = 500_000;
/** The most bytes that one search reads. */
const SEARCH_BYTES = 40_000_000;

const ListInput = z.strictObject({
  glob: z.string().min(1).max(200).default("**").describe('like "src/**/*.ts"'),
});
const ReadInput = z.strictObject({
  path: z.string().min(1).max(300),
  from: z.int().positive().default(1).describe("first line"),
  to: z.int().positive().optional().describe("last line"),
});
const SearchInput = z.strictObject({
  text: z.string().min(2).max(200).describe("plain text, no pattern; case does not matter"),
  glob: z.string().min(1).max(200).default("**"),
});

/**
 * Read-only tools for the git objects of one commit: `list_files`, `read_file`, `search`. They read no work tree and
 * accept no pattern that could run for ever. Every answer is limited, and hidden characters are made visible.
 */
export function repositoryTools(repository: Repository, commit: ObjectId): readonly ModelTool[] {
  const files = async (glob: string): Promise<readonly TreeEntry[]> => {
    const entries = (await repository.list(commit)).filter(({ type }) => type === "blob");
    return glob === "**" ? entries : entries.filter(({ path }) => matchesAny(path, [glob]));
  };
  return [
    tool("list_files", "Lists the files of the repository whose path matches a glob.", {
      schema: ListInput,
      run: async ({ glob }) => list(await files(glob)),
    }),
    tool("read_file", "Reads a text file of the repository, with line numbers.", {
      schema: ReadInput,
      run: (input) => read(repository, commit, input),
    }),
    tool("search", "Finds a plain text in the files whose path matches a glob.", {
      schema: SearchInput,
      run: async ({ text, glob }) => search(repository, commit, { text, files: await files(glob) }),
    }),
  ];
}

function tool<Input>(
  name: string,
  description: string,
  body: { readonly schema: z.ZodType<Input>; run(input: Input): Promise<string> },
): ModelTool {
  const { $schema: _dialect, ...inputSchema } = z.toJSONSchema(body.schema, { io: "input" });
  return {
    name,
    description,
    inputSchema,
    async run(input) {
      const parsed = body.schema.safeParse(input);
      if (!parsed.success) {
        const faults = parsed.error.issues.map(
          ({ path, message }) => `${path.join(".")}: ${message}`,
        );
        throw new Error(`${name}: ${faults.join("; ")}`);
      }
      return await body.run(parsed.data);
    },
  };
}

function list(entries: readonly TreeEntry[]): string {
  if (entries.length === 0) return "no file matches";
  const lines = entries
    .slice(0, LISTED)
    .map(({ path, size }) => `${makeNameVisible(path)} (${size} bytes)`);
  if (entries.length > LISTED) lines.push(`… ${entries.length - LISTED} more: narrow the glob`);
  return linesWithin(lines, "narrow the glob");
}

async function read(
  repository: Repository,
  commit: ObjectId,
  range: z.infer<typeof ReadInput>,
): Promise<string> {
  const file = await repository.resolve(commit, range.path);
  const bytes = file === undefined ? undefined : await repository.read(commit, file);
  if (bytes === undefined)
    throw new Error(`read_file: ${await absence(repository, commit, range)}`);
  if (isBinary(bytes)) return `${range.path} is not text (${bytes.byteLength} bytes)`;
  const all = showBytes(bytes).split("\n");
  const last = Math.min(range.to ?? all.length, all.length);
  if (range.from > all.length) return `${range.path} has ${all.length} lines`;
  const lines = all
    .slice(range.from - 1, last)
    .map((line, index) => `${range.from + index}\t${makeVisible(line.replace(/\r$/, ""))}`);
  return linesWithin(lines, `the file has ${all.length} lines: ask for a range with from and to`);
}

async function absence(
  repository: Repository,
  commit: ObjectId,
  { path }: { readonly path: string },
): Promise<string> {
  const entry = (await repository.list(commit)).find((one) => one.path === path);
  if (entry?.mode === "120000") return `${path} is a link that leads to no file of the repository`;
  if (entry?.mode === "160000") return `${path} is a submodule, whose files are not here`;
  return `there is no file ${path}`;
}

async function search(
  repository: Repository,
  commit: ObjectId,
  query: { readonly text: string; readonly files: readonly TreeEntry[] },
): Promise<string> {
  const needle = query.text.toLowerCase();
  const hits: string[] = [];
  let bytes = 0;
  for (const { path, size } of query.files) {
    if (hits.length >= HITS || bytes > SEARCH_BYTES) break;
    if (size === null || size > SEARCHED_BYTES) continue;
    bytes += size;
    const content = await repository.read(commit, path);
    if (content !== undefined && !isBinary(content)) hits.push(...hitsIn(path, content, needle));
  }
  if (hits.length === 0) return "no hits";
  const shown = hits.slice(0, HITS);
  if (hits.length > HITS) shown.push("… more hits: narrow the glob or the text");
  return linesWithin(shown, "narrow the glob or the text");
}

function hitsIn(path: string, content: Uint8Array, needle: string): readonly string[] {
  const text = showBytes(content);
  if (!text.toLowerCase().includes(needle)) return [];
  return text.split("\n").flatMap((line, index) => {
    if (!line.toLowerCase().includes(needle)) return [];
    return `${makeNameVisible(path)}:${index + 1}: ${makeVisible(line.trim().slice(0, LINE_LIMIT))}`;
  });
}

function isBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 8_000).includes(0);
}

/** Whole lines up to the limit, with a count of the rest and how to read it. */
function linesWithin(lines: readonly string[], advice: string): string {
  let length = 0;
  const shown = lines
    .map((line) => line.slice(0, ANSWER_LIMIT))
    .filter((line) => {
      length += line.length + 1;
      return length <= ANSWER_LIMIT;
    });
  const left = lines.length - shown.length;
  return left === 0 ? shown.join("\n") : `${shown.join("\n")}\n… (${left} more lines; ${advice})`;
}
