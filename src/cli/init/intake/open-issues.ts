import { z } from "zod";
import { readNamedFile } from "../../command/named-file.ts";
import { UsageError } from "../../command/usage-error.ts";
import type { IssueText } from "../../rehearse/issue-file.ts";
import { type Gh, isSignedIn } from "../github/set-up.ts";

/** An issue of the repository, as `gh issue list --json number,title,body` tells it. */
const Listed = z.object({ number: z.int().positive(), title: z.string(), body: z.string() });
type Listed = z.infer<typeof Listed>;

/** What stood beside an issue when duplicates of it were looked for, or why nobody looked. */
export type Duplicates =
  | {
      /** How many open issues were compared. */
      readonly of: number;
      /** Whether there may be more than were told. */
      readonly isCut: boolean;
      /** Numbers of those with the same text. */
      readonly same: readonly number[];
    }
  | { readonly unknown: string };

/** As many as GitHub's search answers with. */
const MOST = 1_000;

/**
 * Open issues with the same text, by the law of the factory: the same title and body, line ends aside. That two texts are
 * alike says nothing.
 * @param own the number of the issue itself, where it is one of the repository
 */
export function duplicatesOf(
  issue: IssueText,
  { open, own }: { readonly open: readonly Listed[]; readonly own: number | undefined },
): Duplicates {
  const text = flat(issue);
  const others = open.filter(({ number }) => number !== own);
  const same = others.filter((other) => flat(other) === text).map(({ number }) => number);
  return { of: others.length, isCut: open.length >= MOST, same };
}

function flat({ title, body }: IssueText): string {
  return `${title.trim()}\n${body.replaceAll("\r\n", "\n").trim()}`;
}

/** The open issues, from a file that the caller names, else from GitHub where somebody is signed in with `gh`. */
export async function readOpenIssues(
  file: string | undefined,
  gh: Gh,
): Promise<readonly Listed[] | { readonly unknown: string }> {
  if (file !== undefined) {
    const read = listIn((await readNamedFile("--issues", file)).toString("utf8"));
    if (read === undefined) {
      throw new UsageError(
        `--issues: ${file} is no list of issues; make one with \`gh issue list --state open --limit ${MOST} --json number,title,body > ${file}\``,
      );
    }
    return read;
  }
  if (!(await isSignedIn(gh))) {
    return { unknown: "gh is not signed in here, and --issues names no file" };
  }
  const words = ["issue", "list", "--state", "open", "--limit", String(MOST)];
  const { code, stdout, stderr } = await gh([...words, "--json", "number,title,body"]);
  const read = code === 0 ? listIn(stdout) : undefined;
  const said = stderr.split("\n")[0]?.trim() || "its answer is too long; name a file with --issues";
  return read ?? { unknown: `gh did not list the issues: ${said}` };
}

function listIn(text: string): readonly Listed[] | undefined {
  try {
    return z.array(Listed).safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** One issue of the repository. @throws UsageError where gh does not tell it */
export async function readIssueOfNumber(number: number, gh: Gh): Promise<IssueText> {
  const { code, stdout, stderr } = await gh([
    ...["issue", "view", String(number), "--json", "number,title,body"],
  ]);
  const [issue] = code === 0 ? (listIn(`[${stdout}]`) ?? []) : [];
  if (issue !== undefined) return issue;
  throw new UsageError(
    `--issue: gh does not tell issue ${number} (${stderr.split("\n")[0]?.trim() || "no answer"}); name a file of Markdown instead`,
  );
}
