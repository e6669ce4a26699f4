import { talliesOf, totalOf } from "../../domain/evidence/tally.ts";
import type { CheckRun } from "../../domain/evidence.ts";
import { fileOf, isSameFile } from "../proof/compare/where-tests-stand.ts";
import type { TouchedTests } from "./old-tests.ts";

/**
 * Vanished tests that the change removed from a test file, by removal or renaming. Another attempt could not fix that,
 * so a person confirms it. Any other vanished test is a regression.
 */
export function removedTests(
  gone: readonly string[],
  runs: { readonly base: CheckRun; readonly withTests: CheckRun },
  touched: TouchedTests,
): readonly string[] {
  const [before, after] = [talliesOf(runs.base), talliesOf(runs.withTests)];
  const stillThere = (name: string) => totalOf(after(name)) >= totalOf(before(name));
  return gone.filter(
    (name) =>
      touched.sources.some(({ path }) => isIn(name, path)) ||
      (!stillThere(name) && touched.tests.some((file) => mayHold(file, name))),
  );
}

/** Whether the report places a test in a source file, which was never put on the base without the change. */
function isIn(name: string, path: string): boolean {
  const file = fileOf(name);
  return file === undefined
    ? name.startsWith("doc-tests ") && name.includes(`> ${path} `)
    : isSameFile(file, path);
}

function mayHold(
  { path, text }: { readonly path: string; readonly text: string },
  name: string,
): boolean {
  const file = fileOf(name);
  if (file !== undefined) return isSameFile(file, path);
  const parts = name.split(" > ");
  // By class (`shop.PriceTest$Deep`) or by module; by package or without a place, the title is searched for.
  const place = (parts[0] ?? "").replace(/\$.*/, "").replaceAll(".", "/");
  if (parts.length > 1 && path.replace(/\.\w+$/, "").endsWith(place)) return true;
  const title = (parts.at(-1) ?? "").replace(/[[(/].*/s, "").trim();
  return title !== "" && text.includes(title);
}
