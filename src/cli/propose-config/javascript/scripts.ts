import type { Look } from "../look.ts";
import { keysAt, type Parsed, textAt } from "../parsed.ts";
import {
  type Command,
  readChain,
  readLoosely,
  valuesOf,
  withoutAssignments,
} from "../shell-text.ts";
import { type Kind, programOf, writes } from "./programs.ts";
import { reportingOf } from "./runners.ts";
import { kindOfScript, LONGEST_NAME, NAMES, PLACEHOLDER, usualName } from "./script-kinds.ts";

/** One entry of the manifest's `scripts`. */
export interface Script {
  readonly name: string;
  readonly text: string;
  /** Its commands, where it may be taken apart. */
  readonly parts: readonly Command[] | undefined;
  /** Its parts are those of the scripts that it calls: arguments behind its name would not reach them. */
  readonly isTakenApart?: true;
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
    const name = scriptCalled(words.slice(programOf(words)?.position ?? 0), known);
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

/**
 * The script at the end of `"test": "npm run test:unit"`, also behind what measures coverage; the script itself when it does
 * something. Of several commands those that call a script with a test runner in it are taken apart, too.
 */
export function resolveScript(script: Script, scripts: readonly Script[]): Script {
  const known = new Map(scripts.map((each) => [each.name, each]));
  const seen = new Set<string>();
  let found = script;
  while (!seen.has(found.name)) {
    seen.add(found.name);
    const [only, ...others] = found.parts ?? [];
    if (only === undefined || others.length > 0) break;
    const next = calledAlone(only, known);
    // `pretest` and `posttest` would be lost.
    if (next === undefined || hasHooks(found.name, known)) break;
    found = next;
  }
  if (found.parts === undefined || found.parts.length < 2) return found;
  const parts = found.parts.flatMap((part) => {
    const called = calledAlone(part, known);
    if (called === undefined || hasHooks(called.name, known)) return [part];
    // Lint and kin have a check of their own.
    if (called.kind === "lint" || called.kind === "format" || called.kind === "types") return [];
    const runs = called.parts?.some((words) => reportingOf(words) !== undefined) ?? false;
    return (runs ? called.parts : undefined) ?? [part];
  });
  const isSame =
    parts.length === found.parts.length &&
    parts.every((part, index) => part === found.parts?.[index]);
  return isSame ? found : { ...found, parts, isTakenApart: true };
}

type Known = ReadonlyMap<string, Script>;

function hasHooks(name: string, known: Known): boolean {
  return known.has(`pre${name}`) || known.has(`post${name}`);
}

/** The script that a command calls and nothing else: arguments of the call would be lost. */
function calledAlone(command: Command, known: Known): Script | undefined {
  // Coverage is measured around the tests and says nothing of them: what it starts is what tells of each.
  const only = command.slice(programOf(command)?.position ?? 0);
  if (only.length > 3) return undefined;
  const next = known.get(scriptCalled(only, new Set(known.keys())) ?? "");
  return next !== undefined && only.at(-1)?.value === callName(only, next.name) ? next : undefined;
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
