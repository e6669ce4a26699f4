import type { Look } from "../look.ts";
import { keysAt, type Parsed, textAt } from "../parsed.ts";
import {
  type Command,
  readChain,
  readLoosely,
  valuesOf,
  withoutAssignments,
} from "../shell-text.ts";
import { type Kind, writes } from "./programs.ts";
import { kindOfScript, LONGEST_NAME, NAMES, PLACEHOLDER, usualName } from "./script-kinds.ts";

/** One entry of the manifest's `scripts`. */
export interface Script {
  readonly name: string;
  readonly text: string;
  /** Its commands, where it may be taken apart. */
  readonly parts: readonly Command[] | undefined;
  /** The workflow that runs it. */
  readonly workflow: string | undefined;
  readonly kind: Kind | undefined;
  /** Whether it rewrites what it judges. */
  readonly rewrites: boolean;
}

/** All scripts that have a name and a text. */
export function readScripts(look: Look, manifest: Parsed): readonly Script[] {
  const names = keysAt(manifest, "scripts");
  const known = new Set(names);
  const callers = new Map<string, string>();
  for (const { words, workflow } of look.ci) {
    const name = scriptCalled(words, known);
    if (name !== undefined && !callers.has(name)) callers.set(name, workflow);
  }
  return names.flatMap((name) => {
    const text = textAt(manifest, "scripts", name)?.trim();
    if (text === undefined || text === "" || PLACEHOLDER.test(text)) return [];
    if (name.length > LONGEST_NAME || /^-|\p{Cc}/u.test(name)) {
      look.note(
        `package.json has a script named ${JSON.stringify(name.slice(0, 60))}; it was left aside`,
      );
      return [];
    }
    const commands = readLoosely(text);
    return [
      {
        name,
        text,
        parts: readChain(text),
        workflow: callers.get(name),
        kind: kindOfScript({ name, commands, known }),
        rewrites: commands.some(writes),
      },
    ];
  });
}

/** The scripts of a kind, the best first: those that CI runs before the others, then by name. */
export function scriptsOfKind(scripts: readonly Script[], kind: Kind): readonly Script[] {
  const rank = ({ name, workflow, rewrites }: Script) => {
    const position = NAMES[kind].indexOf(usualName(name));
    const uncalled = workflow === undefined ? 1_000 : 0;
    // Without CI to tell, the plain name is what the owner types.
    const usual = name === kind ? -0.5 : 0;
    return uncalled + (rewrites ? 500 : 0) + (position === -1 ? 100 : usual === 0 ? position : 0);
  };
  return scripts
    .filter((script) => script.kind === kind)
    .toSorted((left, right) => rank(left) - rank(right));
}

/** The script at the end of `"test": "npm run test:unit"`; the script itself when it does something. */
export function resolveScript(script: Script, scripts: readonly Script[]): Script {
  const known = new Map(scripts.map((each) => [each.name, each]));
  const names = new Set(known.keys());
  const seen = new Set<string>();
  let found = script;
  while (!seen.has(found.name)) {
    seen.add(found.name);
    const [only, ...others] = found.parts ?? [];
    if (only === undefined || others.length > 0 || only.length > 3) break;
    const next = known.get(scriptCalled(only, names) ?? "");
    // Arguments of the call would be lost; `pretest` and `posttest` too.
    if (next === undefined || only.at(-1)?.value !== callName(only, next.name)) break;
    if (names.has(`pre${found.name}`) || names.has(`post${found.name}`)) break;
    found = next;
  }
  return found;
}

function callName(words: Command, name: string): string | undefined {
  const last = words.at(-1)?.value;
  return last === name || (name === "test" && (last === "t" || last === "tst")) ? last : undefined;
}

const SILENT = /^(?:--silent|-s|--if-present|--color)$/;

/** Options that lead to another package. */
const ELSEWHERE = /^(?:-w|--workspaces?|--filter|-F|-C|--prefix|--cwd|-r|--recursive|--dir)(?:=|$)/;

const OWN_VERB = /^(?:install|i|ci|add|exec|dlx|publish|pack|link|audit|workspaces?)$/;

/** The script of this manifest that a command runs; undefined when it runs none, or that of another package. */
export function scriptCalled(command: Command, known: ReadonlySet<string>): string | undefined {
  const values = valuesOf(withoutAssignments(command));
  const [program = "", ...words] = values[0] === "corepack" ? values.slice(1) : values;
  if (words.some((word) => ELSEWHERE.test(word))) return undefined;
  const [verb = "", name = ""] = words.filter((word) => !SILENT.test(word));
  const script = scriptOf(program, verb, name);
  return script !== undefined && known.has(script) ? script : undefined;
}

function scriptOf(program: string, verb: string, name: string): string | undefined {
  if (program === "node") return verb === "--run" ? name : undefined;
  if (!/^(?:npm|pnpm|yarn|bun)$/.test(program)) return undefined;
  if (verb === "run" || verb === "run-script") return name;
  // `bun test` is bun's own runner.
  if (/^(?:test|t|tst)$/.test(verb)) return program === "bun" ? undefined : "test";
  return program === "npm" || OWN_VERB.test(verb) ? undefined : verb;
}
