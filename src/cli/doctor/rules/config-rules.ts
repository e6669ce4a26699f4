import { CHECK_NAMES } from "../../../domain/config/check.ts";
import type { Config } from "../../../domain/config/schema.ts";
import { partsOf, tellsTests } from "../../../domain/config/scoped-checks.ts";
import type { Facts } from "../facts.ts";
import type { Finding } from "../finding.ts";

const FILE = ".github/factory.yml";

/** The config: whether it can be read, and whether it lets anything be proven. */
export function configFindings({ config, has, matches }: Facts): readonly Finding[] {
  if (config.kind === "absent") {
    return [
      {
        about: "config",
        state: "warning",
        found: `there is no ${FILE}`,
        why: "Without checks nothing can be proven: the reviewer reads each change, and a person merges it.",
        mend: "`millwright init`",
      },
    ];
  }
  if (config.kind === "invalid") {
    return [
      {
        about: "config",
        state: "bad",
        found: config.fault,
        why: "A config that cannot be read refuses every issue.",
        mend: `Mend ${FILE}; its keys are in docs/reference/config.md`,
      },
    ];
  }
  const { checks, harness, mode, limits } = config.config;
  const missing = harness.filter((path) => !has(path));
  return [
    { about: "config", state: "good", found: `${FILE} can be read` },
    testFinding(checks.test),
    ...scopeFindings(checks, matches),
    ...(missing.length === 0 || missing.length === harness.length
      ? []
      : [
          {
            about: "harness",
            state: "warning" as const,
            found: `${missing.join(", ")} ${missing.length === 1 ? "is" : "are"} named and not there`,
            why: "An agent sees files that exist.",
            mend: `Write the file, or remove its line from ${FILE}`,
          },
        ]),
    {
      about: "mode",
      state: "good",
      found:
        mode === "staged"
          ? "staged: everything runs, and nothing is written to GitHub"
          : "live: pull requests are opened, and merged where trust allows it",
    },
    {
      about: "budget",
      state: "good",
      found: `at most $${limits.usdPerIssue} for an issue and $${limits.usdPerDay} a day for models, ${limits.wip} issues at a time`,
    },
  ];
}

function testFinding(test: Config["checks"]["test"]): Finding {
  if (test === undefined) {
    return {
      about: "tests",
      state: "bad",
      found: "checks.test is not set",
      why: "Only a named test proves a criterion. Without one, every criterion stays unproven.",
      mend: "Write checks.test (docs/how-to/write-factory-yml.md)",
    };
  }
  if (tellsTests(test))
    return { about: "tests", state: "good", found: "each test is read by its name" };
  return {
    about: "tests",
    state: "warning",
    found: "checks.test has no report",
    why: "The factory needs the names of tests to prove a criterion. Without a report, it sees the exit code alone.",
    mend: "Write checks.test.report (docs/how-to/write-factory-yml.md)",
  };
}

/** A scope that matches no file never makes its command run, and makes every other file one of no package. */
function scopeFindings(checks: Config["checks"], matches: Facts["matches"]): readonly Finding[] {
  return CHECK_NAMES.flatMap((name) =>
    partsOf(checks[name]).flatMap(({ run, paths }): Finding[] => {
      const lost = (paths ?? []).filter((glob) => !matches([glob]));
      if (lost.length === 0) return [];
      return [
        {
          about: `checks.${name}`,
          state: "warning",
          found: `${lost.join(", ")} ${lost.length === 1 ? "matches" : "match"} no file (${run})`,
          why: "A command with paths runs for changes of these files alone. If a name is misspelled, it never runs.",
          mend: `Mend checks.${name}.paths in ${FILE}`,
        },
      ];
    }),
  );
}
