import type { Checkout } from "../../ports/checkout.ts";
import type { Syntax } from "../../ports/syntax.ts";
import { exportsOf } from "./exports.ts";
import type { Judged } from "./links.ts";
import { isObject, jsonIn } from "./manifests.ts";
import { codesOf, type Page } from "./page.ts";
import { joined, parentOf } from "./paths.ts";

/** A package of the repository, by its manifest. */
export interface LocalPackage {
  readonly name: string;
  readonly folder: string;
  readonly manifest: string;
  /** Subpaths of `exports`, as Node reads it (packages, "Subpath exports"); absent if every file is open. */
  readonly subpaths?: Readonly<Record<string, unknown>>;
  /** Target of `main`. */
  readonly main: string | undefined;
}

export async function packagesIn(checkout: Checkout): Promise<readonly LocalPackage[]> {
  const paths = checkout.files.filter((path) => /(?:^|\/)package\.json$/.test(path));
  const read = await Promise.all(
    paths.map(async (path) => packageOf(path, (await checkout.read(path)) ?? "")),
  );
  const found = read.filter((one) => one !== undefined);
  // Two of one name are fixtures, and which is meant is unknown.
  return found.filter((one) => found.filter(({ name }) => name === one.name).length === 1);
}

function packageOf(path: string, text: string): LocalPackage | undefined {
  const manifest = jsonIn(text);
  const name: unknown = manifest === undefined ? undefined : Reflect.get(manifest, "name");
  if (manifest === undefined || typeof name !== "string" || name === "") return undefined;
  const open: unknown = Reflect.get(manifest, "exports");
  const main: unknown = Reflect.get(manifest, "main");
  return {
    ...{ name, folder: parentOf(path), manifest: path },
    main: typeof main === "string" ? main : undefined,
    ...(open === undefined || open === null ? {} : { subpaths: subpathsOf(open) }),
  };
}

/** Anything but an object of subpaths stands for the package itself. */
function subpathsOf(open: unknown): Readonly<Record<string, unknown>> {
  const isMap = isObject(open) && Object.keys(open).some((key) => key.startsWith("."));
  return isMap ? { ...open } : { ".": open };
}

interface Statement {
  readonly line: number;
  readonly text: string;
  readonly specifier: string;
  /** Names in braces; none for an import of everything. */
  readonly names: readonly string[];
}

const LANGUAGES: readonly string[] = [
  ...["js", "javascript", "mjs", "cjs", "jsx", "ts", "typescript", "mts", "tsx"],
];
const IMPORT =
  /^import\s+(?:type\s+)?(?:[\w$]+\s*,\s*)?(?:\{(?<names>[^{}]*)\}|\*\s*as\s+[\w$]+|[\w$]+)\s*from\s*(?<quote>["'])(?<specifier>[^"'\n]+)\k<quote>/gm;

function statementsOf(page: Page): readonly Statement[] {
  return codesOf(page)
    .filter(({ lang }) => LANGUAGES.includes(lang?.toLowerCase() ?? ""))
    .flatMap(({ value, position }) =>
      [...value.matchAll(IMPORT)].map((found) => ({
        line: (position?.start.line ?? 0) + value.slice(0, found.index).split("\n").length,
        text: found[0].replace(/\s+/g, " "),
        specifier: found.groups?.specifier ?? "",
        names: namesIn(found.groups?.names ?? ""),
      })),
    );
}

/** The module's name in `name` and `name as other`. */
function namesIn(braces: string): readonly string[] {
  return braces
    .replace(/\/\*.*?\*\/|\/\/[^\n]*/gs, "")
    .split(",")
    .map((one) => one.trim().replace(/^type\s+/, ""))
    .flatMap((one) => /^[\w$]+(?=\s+as\s|$)/.exec(one)?.[0] ?? [])
    .filter((name) => name !== "default");
}

interface ImportContext {
  readonly checkout: Checkout;
  readonly syntax: Syntax;
  readonly packages: readonly LocalPackage[];
}

/** Judges the imports of a page's examples from packages of this repository. */
export async function judgeImports(
  page: Page,
  { checkout, syntax, packages }: ImportContext,
): Promise<readonly Judged[]> {
  const judged: Judged[] = [];
  for (const statement of statementsOf(page)) {
    const found = packages.find(
      ({ name }) => statement.specifier === name || statement.specifier.startsWith(`${name}/`),
    );
    if (found === undefined) continue;
    const place = { page: page.path, line: statement.line, statement: statement.text };
    const subpath = `.${statement.specifier.slice(found.name.length)}`;
    const closed = closedSubpath(found, subpath);
    if (closed !== undefined) {
      const { names, name } = closed;
      judged.push({ kind: "subpath", ...place, file: found.manifest, names, name });
      continue;
    }
    judged.push(...(await judgeNames(statement, { found, subpath, place, checkout, syntax })));
  }
  return judged;
}

/** A subpath that `exports` does not open: Node refuses to import it (ERR_PACKAGE_PATH_NOT_EXPORTED). */
function closedSubpath({ subpaths }: LocalPackage, subpath: string) {
  if (subpaths === undefined) return undefined;
  const names = Object.keys(subpaths);
  const open = names.some((key) => {
    const [before = "", after] = key.split("*");
    if (after === undefined)
      return key === subpath || (key.endsWith("/") && subpath.startsWith(key));
    return subpath.startsWith(before) && subpath.endsWith(after);
  });
  return open ? undefined : { names, name: subpath };
}

async function judgeNames(
  { names }: Statement,
  asked: {
    readonly found: LocalPackage;
    readonly subpath: string;
    readonly place: { readonly page: string; readonly line: number; readonly statement: string };
    readonly checkout: Checkout;
    readonly syntax: Syntax;
  },
): Promise<readonly Judged[]> {
  const { found, subpath, place, checkout, syntax } = asked;
  if (names.length === 0) return ["right"];
  const entries = entriesOf(found, subpath).filter((path) => checkout.files.includes(path));
  const exported = await Promise.all(entries.map((path) => exportsOf(path, { checkout, syntax })));
  const sure = exported.filter((one) => one !== undefined);
  // Types may be in a file of their own, so a name of either is right.
  const [file] = entries;
  if (file === undefined || sure.length < exported.length) return ["undecided"];
  const known = new Set(sure.flatMap((one) => [...one]));
  return names.map((name) => {
    if (known.has(name)) return "right";
    return { kind: "export", ...place, name, file, names: [...known] };
  });
}

/** Files in the conditions of an entry, whatever the condition. */
function entriesOf({ subpaths, main, folder }: LocalPackage, subpath: string): readonly string[] {
  const target = subpaths === undefined ? (subpath === "." ? main : undefined) : subpaths[subpath];
  return leavesOf(target).flatMap((path) => joined(folder, path) ?? []);
}

function leavesOf(target: unknown): readonly string[] {
  if (typeof target === "string") return [target];
  return isObject(target) ? Object.values(target).flatMap(leavesOf) : [];
}
