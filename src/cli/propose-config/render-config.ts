import { Document, type Pair, type Scalar } from "yaml";
import { oneLine } from "./look.ts";
import type { ProposedCheck } from "./proposal.ts";
import type { ProposedConfig } from "./propose-config.ts";

const HEAD =
  "Proposed from what the repository holds. A check is useful once it has run on the base.";

/**
 * The proposal as the text of a config, with a comment on where each check was seen. `read` are folders of this machine
 * that hold toolchains, shown to the sandbox.
 */
export function renderConfig(
  proposed: ProposedConfig,
  { read }: { readonly read: readonly string[] },
): string {
  const document = new Document({
    version: 1,
    ...(proposed.harness.length === 0 ? {} : { harness: [...proposed.harness] }),
    checks: Object.fromEntries(
      byName(proposed.checks).map(([name, all]) => [name, entriesOf(all)]),
    ),
    ...(read.length === 0 ? {} : { sandbox: { read: [...read] } }),
  });
  const taken = proposed.taken === undefined ? [] : [`Made for ${proposed.taken}.`];
  document.commentBefore = commentOf([HEAD, ...taken, ...proposed.notes]);
  for (const [name, checks] of byName(proposed.checks)) {
    const key = keyOf(document, name);
    const seen = [...new Set(checks.map(({ because }) => because))].slice(0, MOST_SEEN);
    const cautions = new Set(checks.flatMap(({ caution }) => caution ?? []));
    const scoped = checks.some(({ paths }) => paths !== undefined) ? [SCOPED] : [];
    const lines = [`seen: ${seen.join(", ")}`, ...scoped, ...cautions];
    if (key !== undefined) key.commentBefore = commentOf(lines);
  }
  return document.toString({ lineWidth: 0 });
}

const MOST_SEEN = 5;
const SCOPED =
  "each runs for a change that touches its paths; a file in none of them runs every check";

/** Checks of one name, in order: a name with several, or with a scope, is a list. */
function byName(checks: readonly ProposedCheck[]) {
  const names = [...new Set(checks.map(({ name }) => name))];
  return names.map((name) => [name, checks.filter((check) => check.name === name)] as const);
}

function entriesOf(checks: readonly ProposedCheck[]): unknown {
  const [single] = checks;
  if (single !== undefined && checks.length === 1) return entryOf(single);
  return checks.map((check) => ({ ...fieldsOf(check) }));
}

function entryOf(check: ProposedCheck): unknown {
  const { run, report, timeoutSeconds, paths } = check;
  const isBare = report === undefined && timeoutSeconds === undefined && paths === undefined;
  return isBare ? run : fieldsOf(check);
}

function fieldsOf({ run, report, only, timeoutSeconds, paths }: ProposedCheck): object {
  return {
    run,
    ...(paths === undefined ? {} : { paths: [...paths] }),
    ...(report === undefined ? {} : { report }),
    ...(only === undefined ? {} : { only }),
    ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
  };
}

function keyOf(document: Document, name: string): Scalar | undefined {
  const checks = document.get("checks") as { readonly items?: readonly Pair[] } | undefined;
  const pair = checks?.items?.find(({ key }) => (key as Scalar).value === name);
  return pair?.key as Scalar | undefined;
}

/** Foreign text stays a comment: one line each. */
function commentOf(lines: readonly string[]): string {
  return lines.map((line) => ` ${oneLine(line)}`).join("\n");
}
