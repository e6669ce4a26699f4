import { refuseChangedPath } from "../../domain/change-set.ts";
import { CHECK_NAMES, type CheckName } from "../../domain/config/check.ts";
import type { Config } from "../../domain/config/schema.ts";
import { tellsTests } from "../../domain/config/scoped-checks.ts";
import type { Contract, Criterion } from "../../domain/contract.ts";
import { foldPath } from "../../domain/path.ts";

/** One reason to reject a contract: where, why, and an acceptable form. For a model and for people. */
export interface LintFault {
  readonly where: string;
  readonly reason: string;
  readonly accepted: string;
}

/**
 * Every fault of a contract, in reading order; without one it can be worked on and proven under this config. Expects a
 * normalized contract.
 */
export function lintContract(contract: Contract, config: Config): readonly LintFault[] {
  const checks = checkNamesOf(config);
  return [
    ...contract.acceptance.flatMap((criterion) => lintKind(criterion, config)),
    ...lintRepeated(contract.acceptance),
    ...lintChecks(contract.checks, checks),
    ...lintPaths(contract.boundaries.paths),
    ...lintPowers(contract),
  ];
}

/** Checks that a contract may name: those of the config, without `setup`, which proves nothing. */
export function checkNamesOf(config: Config): readonly CheckName[] {
  return CHECK_NAMES.filter((name) => name !== "setup" && config.checks[name] !== undefined);
}

/**
 * Whether this kind of criterion could be proven. Tests have to be named in a report to be seen: so `changes`, `keeps`
 * and `gone` need a `test` check with a report, and `command` needs a check that could be named.
 */
function lintKind(
  { id, kind }: Pick<Criterion, "id" | "kind">,
  config: Config,
): readonly LintFault[] {
  const checks = checkNamesOf(config);
  const faultOf = (reason: string, accepted: string) => [{ where: id, reason, accepted }];
  const configured = `configured: ${listed(checks)}`;
  if (kind === "judgement") return [];
  if (kind === "command") {
    const accepted = `judgement, or a check in .github/factory.yml; ${configured}`;
    return checks.length > 0 ? [] : faultOf(`no check could prove it by "${kind}"`, accepted);
  }
  if (config.checks.test === undefined) {
    const accepted = `judgement, or \`checks.test\` in .github/factory.yml; ${configured}`;
    return faultOf(`no test could show it as "${kind}"`, accepted);
  }
  // Contracts older than the kinds name no tests either.
  if (kind === "test" || tellsTests(config.checks.test)) return [];
  return faultOf(
    `no test could be named for "${kind}": \`checks.test\` has no report`,
    "command or judgement, or a `report` of `checks.test` in .github/factory.yml",
  );
}

function lintRepeated(acceptance: readonly Criterion[]): readonly LintFault[] {
  const first = new Map<string, string>();
  return acceptance.flatMap(({ id, statement }) => {
    const key = statement
      .toLowerCase()
      .replace(/[\s.]+/g, " ")
      .trim();
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, id);
      return [];
    }
    return [{ where: id, reason: `says the same as ${earlier}`, accepted: "each criterion once" }];
  });
}

function lintChecks(named: readonly string[], checks: readonly CheckName[]): readonly LintFault[] {
  return named
    .filter((name) => !checks.some((known) => known === name))
    .map((name) => ({
      where: "checks",
      reason: `the config has no check "${name}"`,
      accepted: listed(checks),
    }));
}

/** More wildcards than a boundary needs make matching slow (threats IN-06). */
const MAXIMUM_WILDCARDS = 8;

function lintPaths(paths: readonly string[]): readonly LintFault[] {
  if (paths.length === 0) {
    return [
      {
        where: "boundaries.paths",
        reason: "no path may change, so nothing can be done",
        accepted: "at least one path or glob, like src/search/** and test/search/**",
      },
    ];
  }
  return paths.flatMap((glob) => {
    const reason = faultOfGlob(glob);
    const accepted = "a relative path or glob of names, *, **, ? and {a,b}";
    return reason === undefined ? [] : [{ where: "boundaries.paths", reason, accepted }];
  });
}

function faultOfGlob(glob: string): string | undefined {
  if (/^!|[?*+@!]\(/.test(glob)) return `"${glob}" negates or is an extended glob`;
  if (glob.split(/\*+|\?|\{/).length > MAXIMUM_WILDCARDS + 1) {
    return `"${glob}" has more than ${MAXIMUM_WILDCARDS} wildcards`;
  }
  if (foldPath(glob).split("/").includes(".git")) return `"${glob}" enters .git`;
  const plain = glob.replace(/[*?{},[\]]/g, "x").replace(/\/$/, "");
  // The change set refuses forbidden names for new files, because an existing file with one may be repaired.
  const refusal = refuseChangedPath(plain, () => true);
  return refusal === undefined ? undefined : `"${glob}" holds ${refusal.found}`;
}

/** A contract can only narrow the config, and the config has no key yet that grants any of these. */
function lintPowers(contract: Contract): readonly LintFault[] {
  const powers = [
    { where: "tools.mcp", asked: contract.tools.mcp },
    { where: "boundaries.network", asked: contract.boundaries.network },
    { where: "boundaries.secrets", asked: contract.boundaries.secrets },
  ];
  return powers
    .filter(({ asked }) => asked.length > 0)
    .map(({ where, asked }) => ({
      where,
      reason: `asks for ${listed(asked)}, which the config does not grant`,
      accepted: "an empty list; what cannot be done without it belongs into `stop`",
    }));
}

function listed(values: readonly string[]): string {
  return values.length === 0 ? "none" : values.map((value) => `"${value}"`).join(", ");
}
