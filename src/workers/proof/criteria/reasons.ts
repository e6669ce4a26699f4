import type { NamedTest, Reason } from "../../../domain/evidence/proof.ts";
import { PROOF_TIMES } from "../../../domain/evidence/repeats.ts";
import type { TestComparison } from "../../../domain/evidence.ts";

/** Why named tests do not prove a criterion; empty if they do. */
export function reasonsByTests(
  kind: "changes" | "keeps" | "gone",
  tests: readonly NamedTest[],
  comparison: TestComparison,
): readonly Reason[] {
  switch (kind) {
    case "changes": {
      // One that was seen to turn often enough is sufficient; the others are shown as they are.
      const failToPass = new Set(comparison.failToPass);
      const turns = (test: NamedTest) => isOne(test) && failToPass.has(test.name);
      if (tests.some((test) => turns(test) && timesOf(test) >= PROOF_TIMES)) return [];
      return tests.map((test) =>
        turns(test)
          ? { code: "not-repeated", about: test.name, times: timesOf(test) }
          : reasonOf(test, withoutTurning),
      );
    }
    case "keeps": {
      const altered = new Set(comparison.altered ?? []);
      return tests.flatMap((test): Reason[] => {
        if (altered.has(test.name)) return [{ code: "altered", about: test.name }];
        const passes = test.base === "passed" && test.change === "passed";
        return passes ? [] : [reasonOf(test, withoutStaying)];
      });
    }
    case "gone":
      return tests.flatMap((test): Reason[] => {
        if (test.change !== "not-there") return [{ code: "still-there", about: test.name }];
        return test.base === "not-there" ? [{ code: "never-there", about: test.name }] : [];
      });
  }
}

/** A name of several tests, or of a flaky one, proves nothing. */
function isOne({ base, change }: NamedTest): boolean {
  return [base, change].every((seen) => seen !== "not-told-apart" && seen !== "flaky");
}

/** A test that was not repeated was seen once. */
function timesOf({ times = 1 }: NamedTest): number {
  return times;
}

type Code = Reason["code"];

function reasonOf(test: NamedTest, onBase: (base: NamedTest["base"]) => Code): Reason {
  return { code: onChange(test) ?? onBase(test.base), about: test.name };
}

/** Its fault on the change, if any. */
function onChange(test: NamedTest): Code | undefined {
  if (!isOne(test)) {
    return [test.base, test.change].includes("flaky") ? "flaky" : "not-told-apart";
  }
  switch (test.change) {
    case "not-there":
      return "not-in-report";
    case "skipped":
      return "skipped";
    case "passed":
      return undefined;
    default:
      return "fails-on-change";
  }
}

function withoutTurning(base: NamedTest["base"]): Code {
  return base === "passed" ? "passes-on-base" : "never-seen-failing";
}

function withoutStaying(base: NamedTest["base"]): Code {
  return base === "not-there" || base === "skipped" ? "not-there-on-base" : "fails-on-base";
}
