import type { Checkout, Past, Removal } from "../../ports/checkout.ts";
import { type Call, callOf } from "./calls.ts";
import type { Place } from "./finding.ts";
import type { Judged } from "./links.ts";
import { scriptsIn, targetsIn } from "./manifests.ts";
import type { Page } from "./page.ts";
import { foldersOf, joined, parentOf, upwards } from "./paths.ts";
import { type PlainCommand, shellBlocksOf } from "./shell-lines.ts";

interface CommandContext {
  readonly checkout: Checkout;
  readonly past: Past;
  /** The page is for people in a checkout of this repository. */
  readonly isOwn: boolean;
}

/**
 * Judges the names in a page's commands. A command may be about the reader's own project. So a name that this repository
 * never had is a finding only in a page about this repository, and a name that it lost is one anywhere.
 */
export async function judgeCommands(
  page: Page,
  context: CommandContext,
): Promise<readonly Judged[]> {
  const folders = foldersOf(context.checkout.files);
  const judged: Judged[] = [];
  for (const block of shellBlocksOf(page)) {
    judged.push(...Array.from({ length: block.unread }, () => "undecided" as const));
    judged.push(...(await judgeBlock(block.commands, page, { context, folders })));
  }
  return judged;
}

async function judgeBlock(
  commands: readonly PlainCommand[],
  page: Page,
  given: { readonly context: CommandContext; readonly folders: ReadonlySet<string> },
): Promise<readonly Judged[]> {
  const judged: Judged[] = [];
  let folder: string | undefined = "";
  for (const command of commands) {
    const call = callOf(command);
    if (call === undefined) continue;
    if (call.kind === "enters") folder = enter(folder, call.folder, given.folders);
    else if (folder === undefined) judged.push("undecided");
    else {
      const place = { page: page.path, line: command.line };
      const said = command.words.join(" ");
      judged.push(await judgeCall(call, { ...given.context, place, said, folder }));
    }
  }
  return judged;
}

/** The reader's folder afterwards; undefined outside the repository, and from then on. */
function enter(
  from: string | undefined,
  into: string,
  folders: ReadonlySet<string>,
): string | undefined {
  if (from === undefined || !/^[\w.]/.test(into)) return undefined;
  const folder = joined(from, into);
  return folder !== undefined && folders.has(folder) ? folder : undefined;
}

interface Standing extends CommandContext {
  readonly place: Place;
  readonly said: string;
  /** The reader's folder. */
  readonly folder: string;
}

function judgeCall(call: Exclude<Call, { kind: "enters" }>, at: Standing): Promise<Judged> {
  if (call.kind === "file") return judgeFile(call.path, at);
  return call.kind === "script" ? judgeScript(call.name, at) : judgeTarget(call.name, at);
}

async function judgeFile(path: string, at: Standing): Promise<Judged> {
  const { checkout, past, place, said, folder } = at;
  const places = placesOf(at).map((one) => joined(one, path));
  const paths = [joined(folder, path), ...places].filter((one) => one !== undefined);
  const there = [...checkout.files, ...checkout.elsewhere];
  if (
    paths.some((one) => there.includes(one) || there.some((file) => file.startsWith(`${one}/`)))
  ) {
    return "right";
  }
  for (const one of paths) {
    const removal = (await past.ignores(one)) ? undefined : await past.removed(one);
    if (removal !== undefined) return { kind: "file", ...place, command: said, path: one, removal };
  }
  return "undecided";
}

async function judgeScript(name: string, at: Standing): Promise<Judged> {
  const files = manifestsOf(at, ["package.json"]);
  const held = (text: string) => scriptsIn(text)?.includes(name) === true;
  return judgeName("script", name, { at, files, held, namesIn: scriptsIn, quoted: `"${name}"` });
}

async function judgeTarget(name: string, at: Standing): Promise<Judged> {
  const files = manifestsOf(at, ["GNUmakefile", "makefile", "Makefile"]);
  const held = (text: string) => targetsIn(text)?.includes(name) === true;
  return judgeName("target", name, { at, files, held, namesIn: targetsIn, quoted: `${name}:` });
}

interface Named {
  readonly at: Standing;
  readonly files: readonly string[];
  readonly held: (text: string) => boolean;
  /** Undefined if the names in a file are unknown. */
  readonly namesIn: (text: string) => readonly string[] | undefined;
  /** The text in the file at the name. */
  readonly quoted: string;
}

async function judgeName(kind: "script" | "target", name: string, asked: Named): Promise<Judged> {
  const { at, files, namesIn } = asked;
  const texts = await Promise.all(files.map((file) => at.checkout.read(file)));
  const read = texts.map((text) => (text === undefined ? undefined : namesIn(text)));
  if (files.length === 0 || read.some((names) => names === undefined)) return "undecided";
  const names = read.flatMap((one) => one ?? []);
  if (names.includes(name)) return "right";
  const removal = await removalOf(asked);
  if (removal === undefined && !at.isOwn) return "undecided";
  return {
    ...{ kind, ...at.place, command: at.said, name, files, names },
    ...(removal === undefined ? {} : { removal }),
  };
}

async function removalOf({ at, files, held, quoted }: Named): Promise<Removal | undefined> {
  for (const file of files) {
    const removal = await at.past.removedFrom(file, quoted, held);
    if (removal !== undefined) return removal;
  }
  return undefined;
}

/** Where the command may run: in the reader's folder, or else at the page, or above it. */
function placesOf({ folder, place }: Standing): readonly string[] {
  return folder === "" ? upwards(parentOf(place.page)) : [folder];
}

function manifestsOf(at: Standing, names: readonly string[]): readonly string[] {
  return placesOf(at)
    .flatMap((folder) => names.map((name) => joined(folder, name) ?? name))
    .filter((path) => at.checkout.files.includes(path));
}
