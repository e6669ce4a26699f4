import { globOf } from "../packages/packages.ts";
import type { ProposedCheck } from "../proposal.ts";
import type { ProposedProject } from "./project.ts";

/** How a check of a project went, as far as it tells whether two runs are the same. */
export interface Outcome {
  readonly name: string;
  readonly command: string;
  readonly status: string;
  readonly tests?: readonly { readonly name: string; readonly status: string }[] | undefined;
}

/**
 * The checks of a project with the folder that they are about. Proven by running them: a check that says the same, test by
 * test, where the folders of all other projects are missing cannot feel a change of theirs. One that says something else is
 * for every change, and so is one of a project in the root, whose files are everybody's, unless it names its packages.
 */
export function scopedTo(
  project: ProposedProject,
  runs: { readonly whole: readonly Outcome[]; readonly apart: readonly Outcome[] },
): readonly ProposedCheck[] {
  const { folder, checks } = project;
  const own = folder === "" ? undefined : [globOf(folder)];
  const saidBy = (outcomes: readonly Outcome[], { name, run }: ProposedCheck) => {
    const found = outcomes.find((one) => one.name === name && one.command === run);
    return found === undefined ? undefined : said(found);
  };
  return checks.map((check) => {
    const { paths = own, ...rest } = check;
    if (check.name === "setup" || paths === undefined) return check;
    const whole = saidBy(runs.whole, check);
    return whole !== undefined && whole === saidBy(runs.apart, check) ? { ...rest, paths } : rest;
  });
}

function said({ status, tests }: Outcome): string {
  const each = (tests ?? []).map(({ name, status: one }) => JSON.stringify([name, one]));
  return JSON.stringify([status, tests !== undefined, each.toSorted()]);
}
