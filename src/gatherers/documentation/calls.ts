import type { PlainCommand } from "./shell-lines.ts";

/** What a command names that has to be there before it runs. */
export type Call =
  | { readonly kind: "script"; readonly name: string }
  | { readonly kind: "target"; readonly name: string }
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "enters"; readonly folder: string };

/** Scripts that npm runs without `run` (npm-test, npm-start, npm-stop, npm-restart). */
const SHORT: readonly string[] = ["test", "start", "stop", "restart"];
const RUNNERS: readonly string[] = ["npm", "pnpm", "yarn", "bun"];
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
  if (RUNNERS.includes(program)) return scriptOf(program, rest);
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

/** Options before the name may say in which folder to look. */
function scriptOf(program: string, [verb = "", name = ""]: readonly string[]): Call | undefined {
  if (verb === "run" || verb === "run-script") {
    return NAME.test(name) ? { kind: "script", name } : undefined;
  }
  const isShort = program !== "bun" && SHORT.includes(verb) && name === "";
  // Without such a script, npm and its kin start `server.js` or restart by stopping.
  return isShort && verb === "test" ? { kind: "script", name: verb } : undefined;
}

function targetOf(words: readonly string[]): Call | undefined {
  const [name = ""] = words;
  return words.length === 1 && NAME.test(name) ? { kind: "target", name } : undefined;
}
