import type { Look } from "./look.ts";
import type { ProposedCheck } from "./proposal.ts";

/** Targets by what they are for, the surest name first. None that people use to rewrite, deploy or install. */
const TARGETS: readonly (readonly [ProposedCheck["name"], readonly string[]])[] = [
  ["setup", ["setup", "deps", "bootstrap"]],
  ["format", ["format-check", "check-format", "fmt-check", "check-fmt"]],
  ["lint", ["lint", "check-lint", "vet"]],
  ["types", ["typecheck", "type-check", "types", "mypy"]],
  ["test", ["test", "tests", "unit-test", "test-unit", "check"]],
  ["build", ["build", "all"]],
];
const FILES = ["GNUmakefile", "makefile", "Makefile", "justfile", "Justfile", ".justfile"];

/**
 * Checks from the targets of a Makefile or justfile. With `all` false only those are taken that say what a language's
 * own tools would not: targets that CI calls, and `lint`, `types` and `test`.
 */
export function proposeTargets(
  look: Look,
  { all }: { readonly all: boolean },
): readonly ProposedCheck[] {
  const file = FILES.find((path) => look.has(path));
  if (file === undefined) return [];
  const isJust = /justfile$/i.test(file);
  const program = isJust ? "just" : "make";
  const text = look.text(file) ?? "";
  const targets = isJust ? recipesOf(text) : targetsOf(text);
  return TARGETS.flatMap(([name, names]) => {
    const called = names.find(
      (target) => targets.has(target) && callerOf(look, program, target) !== undefined,
    );
    const usual =
      all || ["lint", "types", "test"].includes(name)
        ? names.find((target) => targets.has(target))
        : undefined;
    const target = called ?? usual;
    if (target === undefined) return [];
    const workflow = callerOf(look, program, target);
    const because = `${look.place(file)} ${target}${workflow === undefined ? "" : `, which ${workflow} runs`}`;
    return [{ name, run: `${program} ${target}`, because }];
  });
}

function callerOf(look: Look, program: string, target: string): string | undefined {
  return look.ci.find(
    ({ words }) =>
      words[0]?.value === program && words.slice(1).some(({ value }) => value === target),
  )?.workflow;
}

function targetsOf(text: string): ReadonlySet<string> {
  return new Set(
    text
      .split(/\r?\n/)
      .flatMap((line) => /^([\w./-][\w./ -]*?)\s*::?(?![=:])/.exec(line)?.[1]?.split(/\s+/) ?? []),
  );
}

/** Recipes that run without arguments. */
function recipesOf(text: string): ReadonlySet<string> {
  return new Set(
    text
      .split(/\r?\n/)
      .flatMap(
        (line) => /^@?([A-Za-z_][\w-]*)(?:\s+[*+]?[\w-]+=[^:]*)*\s*:(?!=)/.exec(line)?.[1] ?? [],
      ),
  );
}
