import type { PlainCommand } from "./shell-lines.ts";

/** What a command names that has to be there before it runs. */
export type Call =
  | { readonly kind: "script"; readonly name: string }
  | { readonly kind: "target"; readonly name: string }
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "enters"; readonly folder: string };

/** Those that run scripts of the manifest alone: yarn and bun look among installed programs and files, too. */
const RUNNERS: readonly string[] = ["npm", "pnpm"];
/** Programs whose first operand is the file that they run. */
const INTERPRETERS: readonly string[] = [
  ...["node", "sh", "bash", "zsh", "python", "python3", "ruby", "perl", "php", "tsx", "ts-node"],
];
const NAME = /^[A-Za-z0-9][\w:.-]*$/;

/** What the command calls, by its program's manual; undefined where it calls nothing of the repository's, or nobody can say. */
export function callOf({ words }: PlainCommand): Call | undefined {
  const [program = "", ...rest] = words.slice(
    words.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word)),
  );
  if (program === "cd") return entered(rest);
  if (RUNNERS.includes(program)) return scriptOf(rest);
  if (program === "make") return targetOf(rest);
  if (program.startsWith("./")) return { kind: "file", path: program };
  const [first = ""] = rest;
  const names = INTERPRETERS.includes(program) && /^[\w.]/.test(first) && first.includes(".");
  return names ? { kind: "file", path: first } : undefined;
}

function entered(words: readonly string[]): Call {
  // Home, the folder before, more than one: nobody knows where that is.
  return { kind: "enters", folder: words.length === 1 ? (words[0] ?? "-") : "-" };
}

/** An option may say in which folder or workspace to look. */
function scriptOf(words: readonly string[]): Call | undefined {
  const [verb = "", name = ""] = words;
  const own = words.slice(0, words.includes("--") ? words.indexOf("--") : undefined);
  if (own.some((word) => word.startsWith("-"))) return undefined;
  if (verb === "run" || verb === "run-script") {
    return NAME.test(name) ? { kind: "script", name } : undefined;
  }
  // Without such a script, npm starts `server.js`, and restarts by stopping.
  return verb === "test" && own.length === 1 ? { kind: "script", name: verb } : undefined;
}

function targetOf(words: readonly string[]): Call | undefined {
  const [name = ""] = words;
  return words.length === 1 && NAME.test(name) ? { kind: "target", name } : undefined;
}
