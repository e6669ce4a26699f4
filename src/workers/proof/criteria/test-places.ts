import { fileOf, isSameFile } from "../compare/where-tests-stand.ts";

/** A file that the change writes or edits, with its new text. */
export interface WrittenFile {
  readonly path: string;
  readonly text: string;
}

/** Where a test is, as far as its name in the report and the tree tell. */
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
  const python = tree.filter((path) => path.endsWith(".py"));
  const told = (candidates: readonly string[]): TestPlace => {
    const [only] = candidates;
    if (only !== undefined && candidates.length === 1) {
      return { file: only.slice(0, 300), inChange: written.has(only) };
    }
    // The report omits a folder that would distinguish them.
    return candidates.some((path) => written.has(path)) ? {} : { inChange: false };
  };
  return (test) => {
    const file = fileOf(test);
    const named = tree.filter((path) =>
      file === undefined ? holdsModule(test, path) : isSameFile(file, path),
    );
    const candidates = named.length > 0 ? named : filesOfClass(test, python);
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
  const place = firstPart(test)?.replace(/\$.*/, "").replaceAll(".", "/");
  return place !== undefined && isSameFile(place, path.replace(/\.\w+$/, ""));
}

/**
 * pytest joins the module and the classes in it by the same dot (`tests.test_prices.TestRates.TestDeep`): of all beginnings
 * the longest that is a file. Source: https://docs.pytest.org/en/stable/reference/reference.html#confval-junit_family
 */
function filesOfClass(test: string, python: readonly string[]): readonly string[] {
  const words = /^(\w+(?:\.\w+)+) > /.exec(test)?.[1]?.split(".") ?? [];
  for (let count = words.length - 1; count > 0; count -= 1) {
    const file = `${words.slice(0, count).join("/")}.py`;
    const found = python.filter((path) => isSameFile(file, path));
    if (found.length > 0) return found;
  }
  return [];
}

/** The class, module or package that a name begins with; a sentence there is a title. */
function firstPart(test: string): string | undefined {
  return /^(\S+) > /.exec(test)?.[1];
}

/** The folder of a Go package with tests: the longest one that the import path ends in, or else the module's root. */
function packageFolder(test: string, tree: readonly string[]): string | undefined {
  const name = firstPart(test);
  if (name === undefined) return undefined;
  const folders = new Set(
    tree.filter((path) => path.endsWith("_test.go")).map((path) => folderOf(path)),
  );
  const holding = [...folders].filter((folder) => folder === "" || isSameFile(folder, name));
  return holding.toSorted((left, right) => right.length - left.length)[0];
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

function inFolder(
  test: string,
  { folder, changed }: { readonly folder: string; readonly changed: readonly WrittenFile[] },
): TestPlace {
  const near = changed.filter(({ path }) => path.endsWith("_test.go") && folderOf(path) === folder);
  const holder = near.find(({ text }) => text.includes(`func ${titleOf(test)}(`));
  if (holder !== undefined) return { file: holder.path.slice(0, 300), inChange: true };
  return {
    ...(folder === "" ? {} : { file: `${folder}/`.slice(0, 300) }),
    // If no text contains it, a helper of such a file may create it.
    inChange: near.length > 0,
  };
}

/** The last part of a test's name, without parameters and subtests. */
export function titleOf(test: string): string {
  return test
    .replace(/^.* > /s, "")
    .replace(/[[(/].*/s, "")
    .trim();
}
