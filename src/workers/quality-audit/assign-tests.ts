import type { SourceArea } from "./areas.ts";

/** A test's place: the path or class before the first ` > ` of its name. */
function placeOf(name: string): string {
  return name.replace(/ > .*/s, "");
}

/**
 * The areas of a test, from its place alone. First the area with a source file of the same stem (`test/quote.test.ts`
 * and `src/quote.ts`) that shares most folders with it, then the area named by a folder of the place. A place may be a
 * path, a Python module (`tests.test_quote.TestNorway`) or a class (`com.example.QuoteTest`).
 */
export function createAssignment(
  areas: readonly SourceArea[],
): (place: string) => readonly string[] {
  const stems = new Map<string, { readonly area: string; readonly folders: readonly string[] }[]>();
  for (const area of areas) {
    for (const file of area.files) {
      const folders = file.split("/");
      const stem = stemOf(folders.pop() ?? "");
      stems.set(stem, [...(stems.get(stem) ?? []), { area: area.name, folders }]);
    }
  }
  return (name) => {
    const segments = segmentsOf(placeOf(name));
    const folders = new Set(segments.map((segment) => segment.toLowerCase()));
    const byFolder = areas
      .filter(({ name: area }) => folders.has(area.slice(area.lastIndexOf("/") + 1).toLowerCase()))
      .map(({ name: area }) => area);
    // A class of a Python module follows the module: the file may be any segment from the end.
    for (const segment of segments.toReversed().slice(0, 3)) {
      const found = nearest(stems.get(stemOf(segment)) ?? [], folders);
      // A stem like `index` is everywhere. Without a shared folder the named folder decides.
      if (found.shared > 0 || (found.areas.length > 0 && byFolder.length === 0)) return found.areas;
    }
    return byFolder;
  };
}

function segmentsOf(place: string): readonly string[] {
  if (place.includes("/")) return place.split("/");
  return /\.[cm]?[jt]sx?$|\.py$|\.go$|\.rb$/.test(place) ? [place] : place.split(".");
}

/** `quote.test.ts`, `test_quote`, `quote_test.go`, `QuoteTest`, `QuoteSpec` and `Quote.java` all have the stem `quote`. */
function stemOf(fileName: string): string {
  return fileName
    .replace(/\.[a-z0-9]{1,6}$/i, "")
    .replace(/([._-](test|tests|spec|e2e|cy)|(?<=[a-z0-9])(Tests?|TestCase|Spec|IT))$/, "")
    .replace(/^(tests?[_-]|Test(?=[A-Z]))/, "")
    .toLowerCase();
}

function nearest(
  candidates: readonly { readonly area: string; readonly folders: readonly string[] }[],
  place: ReadonlySet<string>,
): { readonly areas: readonly string[]; readonly shared: number } {
  const count = (folders: readonly string[]) =>
    folders.filter((folder) => place.has(folder.toLowerCase())).length;
  const shared = candidates.reduce((most, { folders }) => Math.max(most, count(folders)), 0);
  const best = candidates.filter(({ folders }) => count(folders) === shared);
  return { areas: [...new Set(best.map(({ area }) => area))], shared };
}
