import type { Page } from "./page.ts";
import { codesOf } from "./page.ts";

/** A command of words that the shell takes as they are. */
export interface PlainCommand {
  readonly line: number;
  readonly words: readonly string[];
}

/** A block of shell in a page: commands in order, and how many of its lines say more than plain words. */
export interface ShellBlock {
  readonly commands: readonly PlainCommand[];
  readonly unread: number;
}

/** The info strings of fences that hold commands of a POSIX shell. */
const SHELLS: readonly string[] = ["sh", "bash", "shell", "zsh", "console", "shell-session"];
/** Characters that the shell gives no meaning to (POSIX.1-2024, Shell Command Language, 2.2 and 2.3). */
const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;
/** What goes on over the end of a line, so that a line says nothing by itself. */
const GOES_ON =
  /\\$|<<|^[^'\n]*'(?:[^'\n]*'[^'\n]*')*[^'\n]*$|^[^"\n]*"(?:[^"\n]*"[^"\n]*")*[^"\n]*$/m;

/**
 * The blocks of a page. Only commands whose every word is plain are read: what quotes, variables, pipes and conditions come to
 * needs a shell. A block in which something goes on over the end of a line is not read at all.
 */
export function shellBlocksOf(page: Page): readonly ShellBlock[] {
  return codesOf(page)
    .filter(({ lang }) => SHELLS.includes(lang?.toLowerCase() ?? ""))
    .map(({ value, position }) => blockOf(value, (position?.start.line ?? 0) + 1));
}

function blockOf(text: string, from: number): ShellBlock {
  const lines = text.split("\n").map((line, index) => ({ line: from + index, text: line }));
  const prompted = lines.filter((line) => /^\s*\$ /.test(line.text));
  // In a session, what has no prompt is what a command said.
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

/** A comment begins at a `#` before which a word has ended. */
function withoutComment(line: string): string {
  return line.replace(/(?:^|\s)#.*$/, "").trimEnd();
}

/** Commands joined by `&&` or `;`; undefined where one of them has more than plain words. */
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
