import { basename } from "node:path";
import { parse } from "yaml";
import { cut } from "../../domain/text/cut.ts";
import { readNamedFile } from "../command/named-file.ts";
import { UsageError } from "../command/usage-error.ts";

/** An issue as a person would file it. GitHub's bounds: 256 characters of title, 65,536 of body. */
export interface IssueText {
  readonly title: string;
  readonly body: string;
}

const LONGEST_TITLE = 256;
const LONGEST_BODY = 65_536;

/**
 * Reads an issue from Markdown. The title is `title` of a front matter, or the first heading, or the first line.
 * Everything else is the body, byte for byte. Text that cannot be an issue on GitHub either gets a sentence as answer.
 */
export function readIssueText(
  bytes: Uint8Array,
  name: string,
): IssueText | { readonly fault: string } {
  const decoded = decode(bytes);
  if (decoded === undefined || decoded.includes("\0")) return { fault: "is no UTF-8 text" };
  if (decoded.trim() === "") return { fault: "is empty: write what is wrong, or what is wanted" };
  const { title, text } = takeFrontMatter(decoded);
  const issue = title === undefined ? takeTitle(text, name) : { title, body: text };
  const body = issue.body.replace(/^(?:[ \t]*\r?\n)+/, "").trimEnd();
  if (body.length > LONGEST_BODY) {
    return {
      fault: `has ${body.length} characters; an issue on GitHub holds at most ${LONGEST_BODY}: shorten it`,
    };
  }
  return { title: cutTitle(issue.title), body };
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The block that issue templates begin with. A line of dashes that opens no YAML map is a rule, and stays. */
function takeFrontMatter(text: string): { readonly title?: string; readonly text: string } {
  const match = /^---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/.exec(text);
  if (match === null) return { text };
  const keys = readMap(match[1] ?? "");
  if (keys === undefined) return { text };
  const rest = text.slice(match[0].length);
  const title = "title" in keys && typeof keys.title === "string" ? keys.title.trim() : "";
  return title === "" ? { text: rest } : { title, text: rest };
}

function readMap(yaml: string): object | undefined {
  try {
    const value: unknown = parse(yaml, { maxAliasCount: 0 });
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function takeTitle(text: string, name: string): IssueText {
  const lines = text.split("\n");
  const index = lines.findIndex((line) => line.trim() !== "");
  const first = lines[index]?.trim() ?? "";
  const heading = /^#{1,6}[ \t]+(.*?)[ \t]*#*$/.exec(first)?.[1];
  const words = wordsOf(heading ?? first);
  const title = words === "" ? name : words;
  // A line that was more than a title stays where it was: nothing of what a person wrote is lost.
  const whole = heading !== undefined || (words === first && words.length <= LONGEST_TITLE);
  return { title, body: whole ? lines.slice(index + 1).join("\n") : text };
}

/** What a line says without the marks of lists, tasks, quotes and tables; of an image its alternative text. */
function wordsOf(line: string): string {
  return line
    .replace(/!\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/^(?:[-*+>|]|\d+[.)])[ \t]*(?:\[[ xX]\][ \t]*)?/, "")
    .replace(/[ \t]*\|[ \t]*/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}

function cutTitle(title: string): string {
  return cut(title.replace(/\s+/g, " "), LONGEST_TITLE);
}

/** The issue in a file that the caller names. @throws UsageError that says what is wrong with it */
export async function readIssue(path: string): Promise<IssueText> {
  const bytes = await readNamedFile("--issue", path);
  const issue = readIssueText(bytes, basename(path));
  if ("fault" in issue) throw new UsageError(`--issue: ${path} ${issue.fault}`);
  return issue;
}
