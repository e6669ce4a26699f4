import { Document, type Pair, type Scalar } from "yaml";
import { oneLine } from "./look.ts";
import type { ProposedCheck } from "./proposal.ts";
import type { ProposedConfig } from "./propose-config.ts";

const HEAD =
  "Proposed by looking at the repository. A check is of use once it has run on the base.";

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
    checks: Object.fromEntries(proposed.checks.map((check) => [check.name, entryOf(check)])),
    ...(read.length === 0 ? {} : { sandbox: { read: [...read] } }),
  });
  const taken = proposed.taken === undefined ? [] : [`Made for ${proposed.taken}.`];
  document.commentBefore = commentOf([HEAD, ...taken, ...proposed.notes]);
  for (const check of proposed.checks) {
    const key = keyOf(document, check.name);
    const caution = check.caution === undefined ? [] : [check.caution];
    if (key !== undefined) key.commentBefore = commentOf([`seen: ${check.because}`, ...caution]);
  }
  return document.toString({ lineWidth: 0 });
}

function entryOf({ run, report, only, timeoutSeconds }: ProposedCheck): unknown {
  if (report === undefined && timeoutSeconds === undefined) return run;
  return {
    run,
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
