import type { PlainCommand } from "./shell-lines.ts";

/** A name in a command that has to exist before it runs. */
export type Call =
  | { readonly kind: "script"; readonly name: string }
  | { readonly kind: "target"; readonly name: string }
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "enters"; readonly folder: string };

/** Those that only run scripts of the manifest; yarn and bun also look among installed programs and files. */
const RUNNERS: readonly string[] = ["npm", "pnpm"];
/** Programs that run the file in their first operand. */
const INTERPRETERS: readonly string[] = [
  ...["node", "sh", "bash", "zsh", "python", "python3", "ruby", "perl", "php", "tsx", "ts-node"],
];
const NAME = /^[A-Za-z0-9][\w:.-]*$/;

/** The target of a command, by its program's manual; undefined if it calls nothing of the repository, or it is unknown. */
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
  // Home, the previous folder, or several: the place is unknown.
  return { kind: "enters", folder: words.length === 1 ? (words[0] ?? "-") : "-" };
}

/** An option may name the folder or workspace to look in. */
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
