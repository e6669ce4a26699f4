import type { Look } from "../look.ts";
import type { ProposedCheck } from "../proposal.ts";
import { type Command, quote, writeCommand } from "../shell-text.ts";
import type { PackageManager } from "./managers.ts";
import { type Kind, kindOf, programOf, WRITING_FLAG, writes } from "./programs.ts";
import { resolveScript, type Script, scriptsOfKind } from "./scripts.ts";
import { checkOfTests, isOtherCheck } from "./test-check.ts";

/** What the checks of a manifest are made from. */
export interface Package {
  readonly look: Look;
  readonly manager: PackageManager;
  readonly scripts: readonly Script[];
}

/** The check of one kind: by a script that CI runs, by a command that CI runs, by a script with the usual name. */
export function checkOfKind(package_: Package, kind: Kind): ProposedCheck | undefined {
  const { scripts } = package_;
  const candidates = scriptsOfKind(scripts, kind);
  const called = candidates.filter(({ workflow }) => workflow !== undefined);
  const others = candidates.filter(({ workflow }) => workflow === undefined);
  return (
    firstOf(called, (script) => checkOfScript(package_, kind, script)) ??
    checkOfCi(package_, kind) ??
    firstOf(others, (script) => checkOfScript(package_, kind, script))
  );
}

function firstOf<Item, Result>(
  items: readonly Item[],
  make: (item: Item) => Result | undefined,
): Result | undefined {
  for (const item of items) {
    const made = make(item);
    if (made !== undefined) return made;
  }
  return undefined;
}

function checkOfScript(package_: Package, kind: Kind, script: Script): ProposedCheck | undefined {
  const { look, manager, scripts } = package_;
  const because = seenIn(look, script);
  if (kind === "test") {
    const resolved = resolveScript(script, scripts);
    return checkOfTests(
      package_,
      { ...resolved, preScript: preScriptOf(resolved, scripts) },
      because,
    );
  }
  if (!script.rewrites) return { name: kind, run: `${manager.run} ${quote(script.name)}`, because };
  const [only, ...more] = script.parts ?? [];
  const judging = only === undefined || more.length > 0 ? undefined : judgingForm(only);
  if (judging === undefined) {
    look.note(
      `${look.place("package.json")} scripts.${script.name} rewrites files and was not proposed as ${kind}; add a script that only judges`,
    );
    return undefined;
  }
  return {
    name: kind,
    run: `${manager.execute} ${judging}`,
    because: `${because}, in the form that changes nothing`,
  };
}

/** `pretest`, unless all that it does has a check of its own. */
function preScriptOf({ name }: Script, scripts: readonly Script[]): string | undefined {
  const preScript = scripts.find((each) => each.name === `pre${name}`);
  const isCovered = preScript?.parts?.every(isOtherCheck) ?? false;
  return isCovered ? undefined : preScript?.name;
}

export function seenIn(look: Look, { name, workflow }: Script): string {
  const seen = `${look.place("package.json")} scripts.${name}`;
  return workflow === undefined ? seen : `${seen}, which ${workflow} runs`;
}

/** `prettier --write .` as `prettier --check .`, `eslint --fix src` as `eslint src`. */
export function judgingForm(command: Command): string | undefined {
  const program = programOf(command);
  if (program === undefined || program.position > 0) return undefined;
  const kept = command.filter(({ value }) => !WRITING_FLAG.test(value));
  const [first, ...rest] = kept;
  if (first === undefined) return undefined;
  if (program.name === "prettier" || program.name === "oxfmt") {
    const others = rest.filter(({ value }) => value !== "--check");
    return `${program.name} --check ${writeCommand(others)}`.trim();
  }
  return writeCommand(kept);
}

/** A tool that CI calls without a script, such as `npx eslint .`. */
function checkOfCi(package_: Package, kind: Kind): ProposedCheck | undefined {
  const { look, manager } = package_;
  const found = look.ci.find(
    ({ words }) =>
      kindOf(words) === kind &&
      !writes(words) &&
      words.every(({ plain }) => plain) &&
      isTool(words),
  );
  if (found === undefined) return undefined;
  const program = programOf(found.words);
  const bare = found.words.slice(program?.position ?? 0);
  const because = `${found.workflow} runs it`;
  if (kind === "test") {
    const text = writeCommand(bare);
    return checkOfTests(package_, { name: "", text, parts: [bare] }, because);
  }
  return { name: kind, run: `${manager.execute} ${writeCommand(bare)}`, because };
}

/** Programs that `node_modules/.bin` holds. */
function isTool(words: Command): boolean {
  return !/^(?:node|npm|pnpm|yarn|bun)$/.test(words[0]?.value ?? "");
}
