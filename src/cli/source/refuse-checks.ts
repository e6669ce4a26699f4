import { TEST_REPORT_FORMATS } from "../../domain/config/test-report.ts";
import type { ProposedConfig } from "../propose-config/propose-config.ts";
import type { Progress } from "../shared/progress.ts";
import type { Terminal } from "../shared/terminal.ts";
import type { TriedCheck } from "./try-checks.ts";

const UNTRIED = "or go on without trying them with --no-try";

/**
 * A config that somebody wrote and that cannot tell a good change from a bad one: nothing is paid for then. A check that
 * fails on the base, and says so, is a change's to mend.
 * @throws Error with what fails and what to do
 */
export function refuseUnusable(
  tried: readonly TriedCheck[],
  about: { readonly name: string; readonly progress: Progress; readonly terminal: Terminal },
): void {
  const { name, progress, terminal } = about;
  const setup = tried.find(({ run }) => run.name === "setup");
  if (setup !== undefined && !setup.keep) {
    throw stopped(`${name}: setup fails on the base, and without it no check can run`, [setup]);
  }
  const broken = tried.filter(({ isBroken }) => isBroken);
  if (broken.length > 0) {
    const does = broken.length === 1 ? "a check gives" : `${broken.length} checks give`;
    throw stopped(
      `${name}: ${does} no answer on the base, and would give none on a change`,
      broken,
    );
  }
  const checks = tried.filter(({ run }) => run.name !== "setup");
  const failing = checks.filter(({ keep }) => !keep);
  if (failing.length === 0) return;
  if (failing.length === checks.length) {
    throw stopped(`${name}: no check passes on the base, so nothing can be proven`, failing);
  }
  const names = failing.map(({ run }) => run.name).join(", ");
  const each = failing.length === 1 ? "it passes" : "they pass";
  progress.fact(
    "",
    terminal.style("yellow", `${names} on the base: no change is accepted unless ${each} with it`),
  );
}

function stopped(why: string, checks: readonly TriedCheck[]): Error {
  const lines = checks.map(({ run, said }) => `  ${run.name}: ${said}\n    ${run.command}`);
  return new Error(
    [
      `${why}. No model was asked.`,
      ...lines,
      `Mend the command or the base and try again, ${UNTRIED}.`,
    ].join("\n"),
  );
}

const EXAMPLE = `  version: 1
  checks:
    setup: the command that installs what the tests need; it alone has a network
    test: { run: the command that runs the tests, report: { format: tap } }`;

/**
 * A proposal of which nothing is left.
 * @throws Error with what to write
 */
export function refuseEmpty(kept: ProposedConfig, proposed: ProposedConfig): void {
  if (kept.checks.some(({ name }) => name !== "setup")) return;
  const why =
    proposed.checks.length === 0
      ? "no check was found"
      : "none of the checks that were found works on the base";
  throw new Error(
    [
      `Nothing can be proven: ${why}. No model was asked.`,
      `Write a file like this one, with the format of your report (${TEST_REPORT_FORMATS.join(", ")}), and pass it with --config FILE:`,
      EXAMPLE,
      "docs/how-to/write-factory-yml.md has one for each of the common languages.",
    ].join("\n"),
  );
}
