import { fileOf, isSameFile } from "../compare/where-tests-stand.ts";

/** A file that the change writes or edits, with its text after it. */
export interface WrittenFile {
  readonly path: string;
  readonly text: string;
}

/** Where a test stands, as far as its name in the report and the tree tell. */
export interface TestPlace {
  readonly file?: string;
  /** Absent: not known. */
  readonly inChange?: boolean;
}

/**
 * @param tree paths of the changed tree
 * @param changed what the change writes there
 */
export function testPlaces(
  tree: readonly string[],
  changed: readonly WrittenFile[],
): (test: string) => TestPlace {
  const written = new Set(changed.map(({ path }) => path));
  const told = (candidates: readonly string[]): TestPlace => {
    const [only] = candidates;
    if (only !== undefined && candidates.length === 1) {
      return { file: only.slice(0, 300), inChange: written.has(only) };
    }
    // The report leaves a folder away that would tell them apart.
    return candidates.some((path) => written.has(path)) ? {} : { inChange: false };
  };
  return (test) => {
    const file = fileOf(test);
    const candidates = tree.filter((path) =>
      file === undefined ? holdsModule(test, path) : isSameFile(file, path),
    );
    if (candidates.length > 0) return told(candidates);
    const folder = packageFolder(test, tree);
    if (folder !== undefined) return inFolder(test, { folder, changed });
    const title = titleOf(test);
    const holder = changed.find(({ text }) => title !== "" && text.includes(title));
    return holder === undefined ? {} : { file: holder.path.slice(0, 300), inChange: true };
  };
}

/** By class (`shop.PriceTest$Deep`) or by module (`tests.test_prices`). */
function holdsModule(test: string, path: string): boolean {
  const parts = test.split(" > ");
  const place = (parts[0] ?? "").replace(/\$.*/, "").replaceAll(".", "/");
  if (parts.length < 2 || place.includes(" ")) return false;
  const bare = path.replace(/\.\w+$/, "");
  return bare === place || bare.endsWith(`/${place}`);
}

/** The folder of a Go package that has tests: the longest one in which the import path ends, the module's root else. */
function packageFolder(test: string, tree: readonly string[]): string | undefined {
  const [name = "", ...rest] = test.split(" > ");
  if (rest.length === 0 || name.includes(" ")) return undefined;
  const folders = new Set(
    tree.filter((path) => path.endsWith("_test.go")).map((path) => folderOf(path)),
  );
  const holding = [...folders].filter(
    (folder) => folder !== "" && (name === folder || name.endsWith(`/${folder}`)),
  );
  const longest = holding.sort((left, right) => right.length - left.length)[0];
  return longest ?? (folders.has("") ? "" : undefined);
}

function folderOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
}

function inFolder(
  test: string,
  { folder, changed }: { readonly folder: string; readonly changed: readonly WrittenFile[] },
): TestPlace {
  const near = changed.filter(({ path }) => folderOf(path) === folder);
  const holder = near.find(
    ({ path, text }) => path.endsWith("_test.go") && text.includes(`func ${titleOf(test)}(`),
  );
  if (holder !== undefined) return { file: holder.path.slice(0, 300), inChange: true };
  return {
    ...(folder === "" ? {} : { file: `${folder}/`.slice(0, 300) }),
    inChange: near.length > 0,
  };
}

/** The last part of a test's name, without parameters and subtests. */
export function titleOf(test: string): string {
  const last = test.split(" > ").at(-1) ?? "";
  return last.replace(/[[(/].*/s, "").trim();
}
