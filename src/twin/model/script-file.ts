import { LineCounter, parseDocument } from "yaml";
import { z } from "zod";
import { IN_WORDS } from "../../domain/text/say-fault.ts";
import { repeatTag } from "./repeat-tag.ts";
import {
  FaultTurn,
  RawTurn,
  ReplyTurn,
  type Script,
  type ScriptSession,
  Session,
  Shell,
  type Turn,
} from "./script.ts";
import { faultsOf, offsetOf, type Path, ScriptError, type ScriptFault } from "./script-faults.ts";

/** Reads a script. Throws a ScriptError that names file, line and the nearest known key. */
export function parseScript(text: string, file: string): Script {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    customTags: [repeatTag()],
  });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  if (document.errors.length > 0) {
    throw new ScriptError(document.errors.map(({ pos, message }) => `${at(pos[0])}: ${message}`));
  }
  const value: unknown = document.toJS({ maxAliasCount: 100 });
  return readScript(value, file, (path) => at(offsetOf(document, path)));
}

/**
 * A script from a value in code, for tests and attacks. Throws a ScriptError that names `name`, the place in the value
 * and the nearest known key.
 */
export function scriptOf(value: unknown, name: string): Script {
  return readScript(value, name, () => name);
}

function readScript(value: unknown, file: string, placeOf: (path: Path) => string): Script {
  const faults: ScriptFault[] = [];
  const shell = read(Shell, value, [], faults);
  const roles = new Map(
    Object.entries(shell?.roles ?? listsIn(value)).map(([role, list]) => [
      role,
      sessionsOf(list ?? [], ["roles", role], faults),
    ]),
  );
  if (shell === undefined || faults.length > 0) {
    const located = faults.map(
      ({ path, message }) =>
        `${placeOf(path)}: ${path.map(String).join(".") || "script"}: ${message}`,
    );
    throw new ScriptError(located);
  }
  return { file, models: shell.models, roles, owner: shell.owner };
}

/** The roles of a script with faults elsewhere, so that all faults are reported at once. */
function listsIn(value: unknown): Readonly<Record<string, readonly unknown[]>> {
  const roles = z.looseObject({ roles: z.record(z.string(), z.unknown()) }).safeParse(value);
  const entries = Object.entries(roles.data?.roles ?? {});
  return Object.fromEntries(
    entries.flatMap(([role, list]) => (Array.isArray(list) ? [[role, list as unknown[]]] : [])),
  );
}

/** A list of turns is one session; a list of lists, or of `{when, turns}`, is several. */
function sessionsOf(
  list: readonly unknown[],
  path: Path,
  faults: ScriptFault[],
): readonly ScriptSession[] {
  const isSession = (entry: unknown) =>
    Array.isArray(entry) || (typeof entry === "object" && entry !== null && "turns" in entry);
  if (!list.some(isSession)) return [{ turns: turnsOf(list, path, faults) }];
  return list.map((entry, index) => {
    const here = [...path, index];
    if (Array.isArray(entry)) return { turns: turnsOf(entry, here, faults) };
    const session = read(Session, entry, here, faults);
    const turns = turnsOf(session?.turns ?? [], [...here, "turns"], faults);
    return session?.when === undefined ? { turns } : { when: session.when, turns };
  });
}

function turnsOf(list: readonly unknown[], path: Path, faults: ScriptFault[]): readonly Turn[] {
  return list.flatMap((entry, index) => {
    return read(schemaOfTurn(entry), entry, [...path, index], faults) ?? [];
  });
}

function schemaOfTurn(entry: unknown): z.ZodType<Turn> {
  if (typeof entry !== "object" || entry === null) return ReplyTurn;
  if ("fault" in entry) return FaultTurn;
  return "raw" in entry ? RawTurn : ReplyTurn;
}

function read<Value>(
  schema: z.ZodType<Value>,
  value: unknown,
  path: Path,
  faults: ScriptFault[],
): Value | undefined {
  const parsed = schema.safeParse(value, IN_WORDS);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) faults.push(...faultsOf(issue, path, schema));
  return undefined;
}
