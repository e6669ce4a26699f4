/** A word of a command line: as it was written, and as the shell would hand it on. */
export interface Word {
  readonly raw: string;
  readonly value: string;
  /** Whether any shell reads it alike: no expansion but of file names, no escape. */
  readonly plain: boolean;
}

/** One simple command of a command line. */
export type Command = readonly Word[];

const LONGEST = 4_000;
const TOKEN =
  /([ \t]+)|(&&|\|\||[;|&<>()\n])|((?:'[^'\n]*'|"(?:[^"\\\n]|\\.)*"|\\.|[^\s;|&<>()'"\\])+)/y;
const PART = /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^'"\\]+)/g;

interface Chain {
  readonly commands: readonly Command[];
  readonly operators: readonly string[];
}

/**
 * The commands of a line that are joined by `&&` alone, each made of plain words: what may be taken apart and put
 * together again. Undefined for everything else, which only runs whole.
 */
export function readChain(line: string): readonly Command[] | undefined {
  const chain = readCommands(line);
  if (chain === undefined || chain.operators.some((operator) => operator !== "&&"))
    return undefined;
  const { commands } = chain;
  const sound = commands.every((words) => words.length > 0 && words.every(({ plain }) => plain));
  return sound ? commands : undefined;
}

/** Every command of a line, whatever joins them: to recognize programs, not to run them. */
export function readLoosely(line: string): readonly Command[] {
  return (readCommands(line)?.commands ?? []).filter((words) => words.length > 0);
}

function readCommands(line: string): Chain | undefined {
  const text = line.trim();
  if (text === "" || text.length > LONGEST) return undefined;
  const commands: Word[][] = [[]];
  const operators: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const found = TOKEN.exec(text);
    if (found === null) return undefined;
    const [, , operator, word] = found;
    if (operator !== undefined) {
      operators.push(operator);
      commands.push([]);
    } else if (word !== undefined) commands.at(-1)?.push(readWord(word));
  }
  return { commands, operators };
}

function readWord(raw: string): Word {
  let value = "";
  let plain = !/^[#~!]/.test(raw);
  for (const [, single, double, escaped, bare] of raw.matchAll(PART)) {
    value += single ?? double ?? escaped ?? bare ?? "";
    if (escaped !== undefined || /[$`\\]/.test(double ?? "") || /[$`{}]/.test(bare ?? "")) {
      plain = false;
    }
  }
  return { raw, value, plain };
}

/** The words as they were written. */
export function writeCommand(words: Command): string {
  return words.map(({ raw }) => raw).join(" ");
}

export function valuesOf(words: Command): readonly string[] {
  return words.map(({ value }) => value);
}

/** A word that the shell hands on as it is. */
export function quote(value: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}

/** Without the assignments before the program, such as `CI=1`. */
export function withoutAssignments(words: Command): Command {
  const first = words.findIndex(({ value }) => !/^[A-Za-z_]\w*=/.test(value));
  return first === -1 ? [] : words.slice(first);
}
