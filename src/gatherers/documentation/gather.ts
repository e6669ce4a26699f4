import { z } from "zod";
import type { Gathered } from "../../domain/loop/gathered.ts";
import { matchesAny } from "../../domain/path.ts";
import type { Checkout, Past } from "../../ports/checkout.ts";
import type { Syntax } from "../../ports/syntax.ts";
import { documentationItems } from "../../wording/gathered/documentation.ts";
import { judgeCommands } from "./commands.ts";
import type { DocumentationFinding } from "./finding.ts";
import { withoutPast } from "./ignores.ts";
import { judgeImports, packagesIn } from "./imports.ts";
import { type Judged, judgeLinks } from "./links.ts";
import { pageOf } from "./page.ts";

const Globs = z.array(z.string().min(1).max(200)).max(100);

/** Options of a loop file about the pages to read. */
export const DocumentationOptions = z.strictObject({
  /** Globs of the pages to read. */
  pages: Globs.default([
    ...["*.md", "docs/**/*.md", "doc/**/*.md", "documentation/**/*.md", ".github/**/*.md"],
    "**/README.md",
  ]),
  /** Globs of pages to leave out, such as fixtures of tests. */
  except: Globs.default([]),
  /**
   * Globs of pages for people in a checkout of this repository, where a script that never existed is a finding. By
   * default the places in which GitHub looks for contributing guides, and `AGENTS.md`.
   */
  own: Globs.default(["{,.github/,docs/}CONTRIBUTING.md", "AGENTS.md"]),
});
export type DocumentationOptions = z.infer<typeof DocumentationOptions>;

/** GitHub shows these in other places, and their links are relative to those. */
const TEMPLATES = ["**/{ISSUE,PULL_REQUEST}_TEMPLATE/**", "**/{issue,pull_request}_template*"];

export interface DocumentationGiven {
  readonly checkout: Checkout;
  /** Undefined: there is no history here. */
  readonly past: Past | undefined;
  readonly syntax: Syntax;
  readonly options: DocumentationOptions;
}

/** The documentation gardener: claims of pages that the tree, its history or its syntax trees contradict. No model. */
export async function gatherDocumentation(given: DocumentationGiven): Promise<Gathered> {
  const { checkout, syntax, options } = given;
  const past = given.past ?? withoutPast(checkout);
  const paths = checkout.files.filter(
    (path) =>
      matchesAny(path, options.pages) && !matchesAny(path, [...options.except, ...TEMPLATES]),
  );
  const packages = await packagesIn(checkout);
  const links: Judged[] = [];
  const commands: Judged[] = [];
  const imports: Judged[] = [];
  for (const path of paths) {
    const page = pageOf(path, (await checkout.read(path)) ?? "");
    links.push(...(await judgeLinks(page, { checkout, past })));
    const isOwn = matchesAny(path, options.own);
    commands.push(...(await judgeCommands(page, { checkout, past, isOwn })));
    imports.push(...(await judgeImports(page, { checkout, syntax, packages })));
  }
  const all = [...links, ...commands, ...imports];
  return documentationItems(all.filter(isFinding), {
    pages: paths.length,
    links: links.length,
    commands: commands.length,
    imports: imports.length,
    undecided: all.filter((one) => one === "undecided").length,
  });
}

function isFinding(judged: Judged): judged is DocumentationFinding {
  return typeof judged === "object";
}
