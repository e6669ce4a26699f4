import type { Measure } from "../../../domain/quality.ts";
import { COMPLEX } from "../reading/complexity.ts";
import type { SyntaxFacts } from "../reading/syntax-facts.ts";
import { type Facts, measured, missing, type Part, share } from "./part.ts";

/** Basis of one of these measures: items in a file, and which of them are bad. */
interface Kind {
  readonly name: Measure["name"];
  readonly what: string;
  readonly things: (
    facts: SyntaxFacts,
  ) => readonly { readonly line: number; readonly weight: number }[];
  /** Whether the share counts those with a weight, or the others. */
  readonly of: "weighty" | "others";
}

const KINDS: readonly Kind[] = [
  {
    name: "complexity",
    what: "functions",
    things: ({ functions }) =>
      functions.map(({ line, complexity }) => ({
        line,
        weight: complexity > COMPLEX ? complexity : 0,
      })),
    of: "weighty",
  },
  {
    name: "dropped-errors",
    what: "handlers",
    things: ({ handlers }) =>
      handlers.map(({ line, isEmpty }) => ({ line, weight: isEmpty ? 1 : 0 })),
    of: "weighty",
  },
  {
    name: "documentation",
    what: "declarations",
    things: ({ declarations }) =>
      declarations.map(({ line, isDocumented }) => ({ line, weight: isDocumented ? 0 : 1 })),
    of: "others",
  },
];

export function measureSyntax(part: Part, { survey }: Facts): readonly Measure[] {
  const read = part.files.flatMap((path) => {
    const facts = survey.syntax.get(path);
    return facts === undefined ? [] : [{ path, facts }];
  });
  const each = survey.syntaxStep === 1 ? "" : `, each file of ${survey.syntaxStep}`;
  return KINDS.map(({ name, what, things, of }) => {
    const all = read.flatMap(({ path, facts }) =>
      things(facts).map(({ line, weight }) => ({ at: `${path}:${line}`, weight })),
    );
    if (all.length === 0) return missing(name, `no ${what} in a language whose grammar is known`);
    const weighty = all.filter(({ weight }) => weight > 0);
    const count = of === "weighty" ? weighty.length : all.length - weighty.length;
    const source = `syntax trees of its files${each}`;
    return measured(name, { source, ...share(count, all.length, what), where: weighty });
  });
}

export function measureDuplication(part: Part, { survey }: Facts): Measure {
  if (part.lines === 0) return missing("duplication", "there is no source");
  const found = part.files.flatMap((path) => {
    const repeated = survey.repeated.get(path);
    return repeated === undefined ? [] : [{ path, ...repeated }];
  });
  const lines = found.reduce((sum, file) => sum + file.lines, 0);
  return measured("duplication", {
    source: "lines of all source files, compared",
    ...share(lines, part.lines, "lines"),
    where: found.map(({ path, first, lines: weight }) => ({ at: `${path}:${first}`, weight })),
  });
}

export function measureOwned(part: Part, { survey }: Facts): Measure {
  if (part.files.length === 0) return missing("owned", "there is no source");
  // The config's owner has the whole area.
  const owner = part.area?.owner ?? null;
  if (owner !== null)
    return measured("owned", { value: 100, source: `\`quality.areas\`: ${owner}` });
  const bare = part.files.filter((path) => survey.ownersOf(path).length === 0);
  return measured("owned", {
    source: "CODEOWNERS",
    ...share(part.files.length - bare.length, part.files.length, "files"),
    where: bare.map((at) => ({ at, weight: 1 })),
  });
}
