import type { Page } from "./page.ts";
import { codesOf } from "./page.ts";

/** A command of words that the shell takes literally. */
export interface PlainCommand {
  readonly line: number;
  readonly words: readonly string[];
}

/** A shell block in a page: commands in order, and the number of lines with more than plain words. */
export interface ShellBlock {
  readonly commands: readonly PlainCommand[];
  readonly unread: number;
}

/** Info strings of fences with commands of a POSIX shell. */
const SHELLS: readonly string[] = ["sh", "bash", "shell", "zsh", "console", "shell-session"];
/** Characters without a meaning for the shell (POSIX.1-2024, Shell Command Language, 2.2 and 2.3). */
const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;
/** Constructs that continue after the end of a line, so that a line alone means nothing. */
const GOES_ON =
  /\\$|<<|^[^'\n]*'(?:[^'\n]*'[^'\n]*')*[^'\n]*$|^[^"\n]*"(?:[^"\n]*"[^"\n]*")*[^"\n]*$/m;

/**
 * The blocks of a page. Reads only commands of plain words, because quotes, variables, pipes and conditions need a
 * shell. A block with something that continues after the end of a line is not read at all.
 */
export function shellBlocksOf(page: Page): readonly ShellBlock[] {
  return codesOf(page)
    .filter(({ lang }) => SHELLS.includes(lang?.toLowerCase() ?? ""))
    .map(({ value, position }) => blockOf(value, (position?.start.line ?? 0) + 1));
}

function blockOf(text: string, from: number): ShellBlock {
  const lines = text.split("\n").map((line, index) => ({ line: from + index, text: line }));
  const prompted = lines.filter((line) => /^\s*\$ /.test(line.text));
  // In a session, a line without a prompt is output.
  const typed = (prompted.length > 0 ? prompted : lines)
    .map(({ line, text: one }) => ({ line, text: withoutComment(one.replace(/^\s*\$ /, "")) }))
    .filter((line) => line.text.trim() !== "");
  if (GOES_ON.test(typed.map((line) => line.text).join("\n"))) {
    return { commands: [], unread: typed.length };
  }
  const read = typed.map(readLine);
  return {
    commands: read.flatMap((commands) => commands ?? []),
    unread: read.filter((commands) => commands === undefined).length,
  };
}

/** A comment begins at a `#` after the end of a word. */
function withoutComment(line: string): string {
  return line.replace(/(?:^|\s)#.*$/, "").trimEnd();
}

/** Commands joined by `&&` or `;`; undefined if one of them has more than plain words. */
function readLine(line: {
  readonly line: number;
  readonly text: string;
}): readonly PlainCommand[] | undefined {
  const commands = line.text
    .split(/&&|;/)
    .map((part) => part.trim().split(/\s+/))
    .filter(([first]) => first !== "");
  const arePlain = commands.every((words) => words.every((word) => PLAIN.test(word)));
  return arePlain ? commands.map((words) => ({ line: line.line, words })) : undefined;
}
