import { foldPath } from "../path.ts";

/** The nature of a file by its name alone, if the name shows that it is harmless; anything else is `other`. */
export type Nature = "prose" | "picture" | "test" | "other";

/** Prose that runs nothing when it is built: not `.mdx`, `.qmd`, `.rmd` or `.livemd`, which contain programs. */
const PROSE =
  /\.(?:md|markdown|mdown|mkd|rst|adoc|asciidoc|org|textile|creole|pod|rdoc|wiki|mediawiki)$/;
/**
 * Plain text counts as prose only by its name, because many tools read a `.txt` as a list. `VERSION` does not count,
 * because builds read it, and neither does `INSTALL`, which is a text in one project and a program in another.
 */
const PROSE_NAME =
  /^(?:readme|licen[cs]e|copying|notice|authors|contributors|maintainers|changelog|changes|history|news|thanks|credits|todo|faq|copyright|patents|security|support)(?:[-_][\w-]+)*(?:\.txt)?$/;
/** Not `.svg`, which may contain a program. */
const PICTURE = /\.(?:png|jpe?g|gif|webp|avif|bmp|ico)$/;
/** By the conventions of the runners: a file that one of them collects by its name. */
const TEST: readonly RegExp[] = [
  /[._-](?:test|tests|spec)\.[cm]?[jt]sx?$/, // vitest, jest, node --test
  /^test_[^/]*\.py$|_test\.py$/, // pytest
  /_test\.go$/, // go test
  /_(?:test|spec)\.rb$/, // minitest, RSpec
  /test\.php$/, // PHPUnit
  /tests?\.(?:java|kt|groovy|scala|cs|fs|vb|swift)$/, // surefire, dotnet test, XCTest
  /_test\.(?:c|cc|cpp|dart|exs)$/, // googletest, dart test, ExUnit
];

export function natureOf(path: string): Nature {
  const folded = foldPath(path);
  const name = folded.slice(folded.lastIndexOf("/") + 1);
  if (PROSE.test(name) || PROSE_NAME.test(name)) return "prose";
  if (PICTURE.test(name)) return "picture";
  return TEST.some((pattern) => pattern.test(name)) ? "test" : "other";
}

/** A test's place in its report: `test/a.test.ts > adds`, `com.example.PriceTest > adds`, `example.com/rates > TestAdds`. */
function placeOf(test: string): string {
  const [first = ""] = test.split(" > ");
  return foldPath(first.replace(/ \([^()]*\)$/, ""));
}

/**
 * Whether a runner reported tests of this file: by its path, its class or module, or for Go its package. A name alone
 * makes no test: a file that no runner collects is an ordinary program.
 */
export function isReported(path: string, tests: readonly string[]): boolean {
  const folded = foldPath(path);
  const stem = folded.replace(/\.\w+$/, "");
  const module = stem.replaceAll("/", ".");
  const folder = folded.includes("/") ? folded.slice(0, folded.lastIndexOf("/")) : "";
  return tests.some((test) => {
    const place = placeOf(test);
    if (place === "") return false;
    if (place === folded || folded.endsWith(`/${place}`) || place.endsWith(`/${folded}`))
      return true;
    if (place === module || module.endsWith(`.${place}`)) return true;
    return folded.endsWith("_test.go") && (folder === "" || place.endsWith(`/${folder}`));
  });
}
